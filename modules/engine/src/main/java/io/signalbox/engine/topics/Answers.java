package io.signalbox.engine.topics;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;

/** Waits for an admin client's answers; each call of it has a time-out of its own. */
final class Answers {
  private Answers() {}

  /**
   * The answer.
   *
   * @throws KafkaException that the broker or the client gave instead
   */
  static <T> T of(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
    }
  }
}
