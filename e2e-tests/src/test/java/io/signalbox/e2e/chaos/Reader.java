package io.signalbox.e2e.chaos;

import io.signalbox.events.Assignment;
import io.signalbox.events.JobEvent;
import io.signalbox.events.TaskEvent;
import io.signalbox.events.connection.Connection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serde;

/** Reads what engine and workers wrote, from the beginning and committed only, into a ledger. */
final class Reader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Map<String, Consumer<ConsumerRecord<byte[], byte[]>>> readers = new HashMap<>();
  private final List<Serde<?>> serdes = new ArrayList<>();
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread = new Thread(this::read, "chaos-reader");
  private volatile boolean closed;

  private Reader(Connection connection, Ledger ledger) {
    var topics = connection.topics();
    add(connection, topics.assignments("cpu"), Assignment.class, ledger::read);
    add(connection, topics.jobEvents(), JobEvent.class, ledger::read);
    add(connection, topics.taskEvents(), TaskEvent.class, ledger::read);
    readers.put(topics.deadLetters(), record -> ledger.readDeadLetter(described(record)));
    Map<String, Object> config = new HashMap<>(connection.consumerConfig());
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.assign(
        readers.keySet().stream()
            .flatMap(topic -> consumer.partitionsFor(topic, Member.LIMIT).stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList());
  }

  static Reader start(Connection connection, Ledger ledger) {
    Reader reader = new Reader(connection, ledger);
    reader.thread.setDaemon(true);
    reader.thread.start();
    return reader;
  }

  /** True unless something has ended it. */
  boolean isReading() {
    return thread.isAlive();
  }

  private <T extends SpecificRecord> void add(
      Connection connection, String topic, Class<T> type, Consumer<T> reader) {
    Serde<T> serde = connection.serde(type);
    serdes.add(serde);
    readers.put(
        topic, record -> reader.accept(serde.deserializer().deserialize(topic, record.value())));
  }

  private void read() {
    try (consumer) {
      while (!closed) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          readers.get(record.topic()).accept(record);
        }
      }
    } catch (WakeupException e) {
      // That is how it is closed.
    }
  }

  private static String described(ConsumerRecord<byte[], byte[]> record) {
    StringBuilder text = new StringBuilder();
    record
        .headers()
        .forEach(header ->
            text.append(header.key())
                .append('=')
                .append(new String(header.value(), StandardCharsets.UTF_8))
                .append(' '));
    return text.toString();
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    serdes.forEach(Serde::close);
  }
}
