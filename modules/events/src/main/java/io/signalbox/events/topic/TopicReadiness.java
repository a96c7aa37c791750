package io.signalbox.events.topic;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Waits until topics created a moment ago can be written to.
 *
 * <p>The broker answers a creation before the leaders of all partitions are ready. An idempotent
 * producer that writes in between can lose batches (OutOfOrderSequence, then a time-out), so
 * whoever creates topics waits here before anything is produced to them.
 */
public final class TopicReadiness {
  private static final int ONE_CALL_MILLIS = 1_000;
  private static final long PAUSE_MILLIS = 10;

  private TopicReadiness() {}

  /**
   * Returns once the leader of every partition of the topics answers for its offsets.
   *
   * @throws TimeoutException if they don't within the time; the message names the topics
   * @throws InterruptException if the thread is interrupted
   * @throws org.apache.kafka.common.KafkaException if Kafka refuses, as without authorisation
   */
  public static void await(Admin admin, Collection<String> topics, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!ready(admin, topics)) {
      if (System.nanoTime() - deadline >= 0) {
        throw new TimeoutException(
            "The topics "
                + new TreeSet<>(topics)
                + " were not ready within "
                + timeout.toMillis()
                + " ms; is a broker missing or a topic not created?");
      }
      pause();
    }
  }

  private static boolean ready(Admin admin, Collection<String> topics) {
    try {
      Map<String, TopicDescription> described =
          admin
              .describeTopics(topics, new DescribeTopicsOptions().timeoutMs(ONE_CALL_MILLIS))
              .allTopicNames()
              .get();
      Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
      described.forEach((topic, description) ->
          description
              .partitions()
              .forEach(p ->
                  partitions.put(new TopicPartition(topic, p.partition()), OffsetSpec.latest())));
      admin
          .listOffsets(partitions, new ListOffsetsOptions().timeoutMs(ONE_CALL_MILLIS))
          .all()
          .get();
      return true;
    } catch (ExecutionException e) {
      return refusedForNow(e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /** What another try can mend: a leader not chosen yet, a broker that is slow to answer. */
  private static boolean refusedForNow(ExecutionException e) {
    if (e.getCause() instanceof RetriableException) {
      return false;
    }
    throw e.getCause() instanceof RuntimeException cause
        ? cause
        : new org.apache.kafka.common.KafkaException(e.getCause());
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
