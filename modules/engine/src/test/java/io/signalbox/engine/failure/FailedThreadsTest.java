package io.signalbox.engine.failure;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.signalbox.events.registry.RegistryUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class FailedThreadsTest {
  private final List<Throwable> fatal = new ArrayList<>();

  private static Exception outage() {
    return new StreamsException(
        new SerializationException(new RegistryUnavailableException("it is down")));
  }

  @Test
  void outageReplacesTheThreadAndAnythingElseEndsTheEngine() {
    try (FailedThreads threads = new FailedThreads(Duration.ofMillis(1), fatal::add)) {
      assertEquals(REPLACE_THREAD, threads.handle(outage()));
      assertEquals(List.of(), fatal);
      Exception bug = new StreamsException(new IllegalStateException("a bug"));
      assertEquals(SHUTDOWN_CLIENT, threads.handle(bug));
      assertEquals(List.of(bug), fatal);
    }
  }

  @Test
  void closingEndsTheWait() {
    FailedThreads threads = new FailedThreads(Duration.ofDays(1), fatal::add);
    threads.close();
    assertEquals(REPLACE_THREAD, threads.handle(outage()));
  }

  @Test
  void recordIsKeptWhileTheRegistryIsAwayAndADeadLetterWhenItIsAtFault() {
    UndecodableRecords handler = new UndecodableRecords();
    handler.configure(Map.of(UndecodableRecords.TOPIC_CONFIG, "dead"));
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("topic", 3, 17, null, new byte[] {1});
    assertEquals(
        DeserializationExceptionHandler.Result.FAIL,
        handler.handleError(null, record, outage()).result());
    DeserializationExceptionHandler.Response response =
        handler.handleError(null, record, new SerializationException("garbage"));
    assertEquals(DeserializationExceptionHandler.Result.RESUME, response.result());
    assertEquals("dead", response.deadLetterQueueRecords().getFirst().topic());
  }
}
