package io.signalbox.worker;

import io.signalbox.events.connection.Connection;
import io.signalbox.events.connection.DeviceToken;
import io.signalbox.reactive.EventSerializer;
import io.signalbox.reactive.RecordSender;
import java.time.InstantSource;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
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
  private final DeviceToken token;
  private final Scheduler timer;

  WorkerRuntime(Connection connection, Producer<String, SpecificRecord> producer) {
    this.connection = connection;
    this.sender = new RecordSender<>(producer, "signalbox-reports");
    this.token = DeviceToken.of(connection, InstantSource.system());
    this.timer = Schedulers.newSingle("signalbox-heartbeats", true);
  }

  /** Opens one; close it after the last of its workers. */
  public static WorkerRuntime open(Connection connection) {
    // Reports are small and somebody waits for each; those of a millisecond share a request, which
    // costs the broker as much as they do.
    Map<String, Object> defaults =
        Map.of(ProducerConfig.LINGER_MS_CONFIG, 1, ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    return new WorkerRuntime(connection, EventSerializer.producer(connection, defaults));
  }

  Connection connection() {
    return connection;
  }

  RecordSender<String, SpecificRecord> sender() {
    return sender;
  }

  DeviceToken token() {
    return token;
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
