package io.signalbox.bench.rig;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads all partitions of a topic from its end on, on a thread of its own. */
public final class EventTap implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Consumer<ConsumerRecord<byte[], byte[]>> reader;
  private final Thread thread;
  private final CountDownLatch positioned = new CountDownLatch(1);
  private volatile boolean closed;

  /**
   * Starts to read; returns when nothing that is written from now on can be missed.
   *
   * @param config settings of the consumer
   * @param topic the topic, which exists
   * @param reader is given every record, on the reading thread
   */
  public EventTap(
      Map<String, Object> config, String topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    this.reader = reader;
    Map<String, Object> settings = new HashMap<>(config);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.thread = new Thread(() -> read(topic), "bench-tap-" + topic);
    thread.setDaemon(true);
    thread.start();
    try {
      if (!positioned.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the topic " + topic + " can't be read");
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private void read(String topic) {
    try (consumer) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(each -> new TopicPartition(topic, each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      partitions.forEach(consumer::position);
      positioned.countDown();
      while (!closed) {
        consumer.poll(POLL).forEach(reader);
      }
    } catch (WakeupException e) {
      // That is how it is closed.
    }
  }

  /** The name of what it reads, for people. */
  @Override
  public String toString() {
    return thread.getName();
  }

  /** Stops reading. */
  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
