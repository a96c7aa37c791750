package io.signalbox.worker;

import io.signalbox.events.connection.Connection;
import io.signalbox.reactive.EventSerializer;
import io.signalbox.reactive.RecordSender;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * What the workers of one process share: a producer and a timer. A worker that is built from a
 * connection has one of its own; a fleet of simulated devices has one for all.
 */
public final class WorkerRuntime implements AutoCloseable {
  private final Connection connection;
  private final RecordSender<String, SpecificRecord> sender;
  private final Scheduler timer;

  private WorkerRuntime(Connection connection) {
    this.connection = connection;
    // Reports are small and somebody waits for each: they leave at once and batch under load.
    Map<String, Object> hurry =
        Map.of(ProducerConfig.LINGER_MS_CONFIG, 0, ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    this.sender =
        new RecordSender<>(EventSerializer.producer(connection, hurry), "signalbox-reports");
    this.timer = Schedulers.newSingle("signalbox-heartbeats", true);
  }

  /** Opens one; close it after the last of its workers. */
  public static WorkerRuntime open(Connection connection) {
    return new WorkerRuntime(connection);
  }

  Connection connection() {
    return connection;
  }

  RecordSender<String, SpecificRecord> sender() {
    return sender;
  }

  Scheduler timer() {
    return timer;
  }

  /** Sends what waits and closes the producer; at most ten seconds. */
  @Override
  public void close() {
    timer.dispose();
    sender.close();
  }
}
