package io.signalbox.bench.latency;

import io.signalbox.events.Assignment;
import io.signalbox.events.connection.Connection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Sees assignments when a worker's own consumer has them. A consumer beside it would take a part of
 * the machine that is measured.
 */
final class LaneReads implements AutoCloseable {
  private static final String ID_CONFIG = "signalbox.bench.reads";

  /** Consumers are made from settings that are texts, so who is told is found by a name. */
  private static final Map<String, Consumer<Assignment>> TOLD = new ConcurrentHashMap<>();

  private final String id = UUID.randomUUID().toString();

  private LaneReads() {}

  /** Tells that consumer of each assignment, on the worker's reading thread. */
  static LaneReads to(Consumer<Assignment> told) {
    LaneReads reads = new LaneReads();
    TOLD.put(reads.id, told);
    return reads;
  }

  /** The connection by which workers are seen. */
  Connection seenOn(Connection connection) {
    String consumer = "consumer.";
    return connection
        .with(consumer + ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, Interceptor.class.getName())
        .with(consumer + ID_CONFIG, id);
  }

  @Override
  public void close() {
    TOLD.remove(id);
  }

  /** The worker's consumer makes one. */
  public static final class Interceptor implements ConsumerInterceptor<String, Assignment> {
    private Consumer<Assignment> told = assignment -> {};

    @Override
    public void configure(Map<String, ?> configs) {
      told = TOLD.getOrDefault(String.valueOf(configs.get(ID_CONFIG)), told);
    }

    @Override
    public ConsumerRecords<String, Assignment> onConsume(
        ConsumerRecords<String, Assignment> records) {
      records.forEach(record -> told.accept(record.value()));
      return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}
  }
}
