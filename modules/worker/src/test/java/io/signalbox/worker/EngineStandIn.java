package io.signalbox.worker;

import io.signalbox.devkit.EmbeddedBroker;
import io.signalbox.events.Assignment;
import io.signalbox.events.DeviceTelemetry;
import io.signalbox.events.ExecutionTrace;
import io.signalbox.events.TaskEvent;
import io.signalbox.events.connection.Connection;
import io.signalbox.events.topic.TopicReadiness;
import io.signalbox.reactive.EventSerializer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The engine's side of the topics, by hand: writes assignments, reads what workers say. */
final class EngineStandIn implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final EmbeddedBroker broker = EmbeddedBroker.start();
  private final Connection connection =
      Connection.of(broker.bootstrapServers(), "mock://" + broker.clusterId());
  private final Admin admin = Admin.create(connection.adminConfig());
  private final Producer<String, SpecificRecord> producer;
  private final List<KafkaConsumer<?, ?>> readers = new ArrayList<>();

  EngineStandIn() throws ExecutionException, InterruptedException {
    var topics = connection.topics();
    create(topics.taskEvents(), 1);
    create(topics.deviceTelemetry(), 1);
    create(topics.executionTraces(), 1);
    producer = EventSerializer.producer(connection, Map.of());
  }

  Connection connection() {
    return connection;
  }

  /** Creates the lanes of a device class. */
  void lanes(String deviceClass, int count) throws ExecutionException, InterruptedException {
    create(connection.topics().assignments(deviceClass), count);
  }

  private void create(String topic, int partitions)
      throws ExecutionException, InterruptedException {
    admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
    TopicReadiness.await(admin, List.of(topic), LIMIT);
  }

  /** Writes an assignment to its lane. */
  void write(Assignment assignment) throws ExecutionException, InterruptedException {
    write(assignment, "00-" + "ab".repeat(16) + "-" + "cd".repeat(8) + "-01");
  }

  private void write(Assignment assignment, String traceparent)
      throws ExecutionException, InterruptedException {
    String topic = connection.topics().assignments(assignment.getDeviceClass());
    producer
        .send(
            new ProducerRecord<>(
                topic,
                assignment.getLane(),
                assignment.getDeviceId(),
                assignment,
                List.of(
                    new RecordHeader(
                        "traceparent", traceparent.getBytes(StandardCharsets.US_ASCII)))))
        .get();
  }

  Reader<TaskEvent> taskEvents() {
    return reader(TaskEvent.class, connection.topics().taskEvents());
  }

  Reader<DeviceTelemetry> telemetry() {
    return reader(DeviceTelemetry.class, connection.topics().deviceTelemetry());
  }

  Reader<ExecutionTrace> traces() {
    return reader(ExecutionTrace.class, connection.topics().executionTraces());
  }

  private <T extends SpecificRecord> Reader<T> reader(Class<T> type, String topic) {
    KafkaConsumer<String, T> consumer =
        new KafkaConsumer<>(
            connection.consumerConfig(),
            new StringDeserializer(),
            connection.serde(type).deserializer());
    TopicPartition only = new TopicPartition(topic, 0);
    consumer.assign(List.of(only));
    consumer.seekToBeginning(List.of(only));
    readers.add(consumer);
    return new Reader<>(consumer);
  }

  /** The offset a class's workers have committed on a lane, or -1. */
  long committed(String deviceClass, int lane) throws ExecutionException, InterruptedException {
    String group = connection.topics().prefix() + "workers.p." + deviceClass;
    OffsetAndMetadata offset =
        admin
            .listConsumerGroupOffsets(group)
            .partitionsToOffsetAndMetadata()
            .get()
            .get(new TopicPartition(connection.topics().assignments(deviceClass), lane));
    return offset == null ? -1 : offset.offset();
  }

  @Override
  public void close() {
    readers.forEach(KafkaConsumer::close);
    producer.close();
    admin.close();
    broker.close();
  }

  /** Reads one topic from its beginning. */
  static final class Reader<T> {
    private final KafkaConsumer<String, T> consumer;
    private final List<T> seen = new ArrayList<>();

    private Reader(KafkaConsumer<String, T> consumer) {
      this.consumer = consumer;
    }

    /** The first record, read before or yet to come, that is wanted. */
    T await(String what, Predicate<T> wanted) {
      long end = System.nanoTime() + LIMIT.toNanos();
      int next = 0;
      while (true) {
        for (; next < seen.size(); next++) {
          if (wanted.test(seen.get(next))) {
            return seen.get(next);
          }
        }
        if (System.nanoTime() - end > 0) {
          throw new AssertionError("No " + what + " among " + seen);
        }
        consumer.poll(Duration.ofMillis(200)).forEach(record -> seen.add(record.value()));
      }
    }

    /** Everything read so far. */
    List<T> seen() {
      return List.copyOf(seen);
    }
  }
}
