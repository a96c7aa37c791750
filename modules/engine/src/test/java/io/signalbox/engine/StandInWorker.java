package io.signalbox.engine;

import io.signalbox.engine.scheduling.Records;
import io.signalbox.events.Assignment;
import io.signalbox.events.AssignmentType;
import io.signalbox.events.JobEvent;
import io.signalbox.events.connection.Connection;
import io.signalbox.events.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;

/** One device and one follower on plain Kafka clients. */
final class StandInWorker implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Connection connection;
  private final Topics topics;
  private final String pool;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<Assignment> offers = new ArrayList<>();
  private final List<JobEvent> events = new ArrayList<>();
  private final List<ConsumerRecord<byte[], byte[]>> deadLetters = new ArrayList<>();
  private long sequence;

  /** Reads everything from the beginning; the topics must be there. */
  StandInWorker(Connection connection, String pool) {
    this.connection = connection;
    this.topics = connection.topics();
    this.pool = pool;
    producer =
        new KafkaProducer<>(
            connection.producerConfig(), new ByteArraySerializer(), new ByteArraySerializer());
    var config = connection.consumerConfig();
    config.put("auto.offset.reset", "earliest");
    consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic :
        List.of(topics.assignments(Records.GPU), topics.jobEvents(), topics.deadLetters())) {
      consumer
          .partitionsFor(topic)
          .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  void submit(String job, String... tasks) {
    send(topics.taskSubmitted(), Records.job(pool, job, Instant.now(), tasks));
  }

  void sendBytes(String topic, byte[] value) {
    producer.send(new ProducerRecord<>(topic, pool.getBytes(StandardCharsets.UTF_8), value));
    producer.flush();
  }

  void start(Assignment offer) {
    send(topics.taskEvents(), Records.started(offer, Instant.now()));
  }

  void complete(Assignment offer, String result) {
    send(topics.taskEvents(), Records.completed(offer, Instant.now(), result));
  }

  private <T extends SpecificRecord> void send(String topic, T value) {
    sendBytes(topic, serialized(topic, value));
  }

  @SuppressWarnings("unchecked") // A value is of its own class.
  private <T extends SpecificRecord> byte[] serialized(String topic, T value) {
    try (Serde<T> serde = connection.serde((Class<T>) value.getClass())) {
      return serde.serializer().serialize(topic, value);
    }
  }

  /** The RUN of a task, which comes while heartbeats are sent. */
  Assignment offerOf(String task) {
    return until(
        "an offer of " + task,
        offers,
        offer -> offer.getType() == AssignmentType.RUN && offer.getTaskId().equals(task));
  }

  JobEvent event(Predicate<JobEvent> wanted) {
    return until("a job event", events, wanted);
  }

  ConsumerRecord<byte[], byte[]> deadLetter() {
    return until("a dead letter", deadLetters, letter -> true);
  }

  List<Assignment> offers() {
    return offers;
  }

  private <T> T until(String what, List<T> seen, Predicate<T> wanted) {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(deadline)) {
      for (T each : seen) {
        if (wanted.test(each)) {
          return each;
        }
      }
      heartbeat();
      consumer.poll(Duration.ofMillis(200)).forEach(this::take);
    }
    throw new AssertionError(what + " hasn't come; seen: " + seen);
  }

  private void heartbeat() {
    send(topics.deviceTelemetry(), Records.heartbeat(pool, "gpu-1", sequence++, Instant.now()));
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(topics.deadLetters())) {
      deadLetters.add(record);
    } else if (record.topic().equals(topics.jobEvents())) {
      events.add(read(record, JobEvent.class));
    } else {
      offers.add(read(record, Assignment.class));
    }
  }

  private <T extends SpecificRecord> T read(ConsumerRecord<byte[], byte[]> record, Class<T> type) {
    try (Serde<T> serde = connection.serde(type)) {
      return serde.deserializer().deserialize(record.topic(), record.value());
    }
  }

  @Override
  public void close() {
    consumer.close();
    producer.close();
  }
}
