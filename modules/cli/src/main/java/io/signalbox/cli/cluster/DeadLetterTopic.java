package io.signalbox.cli.cluster;

import io.signalbox.cli.output.CommandFailure;
import io.signalbox.events.connection.Connection;
import io.signalbox.events.topic.Topics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The dead letters on a cluster: reads them, and sends some back to where they came from. */
public final class DeadLetterTopic {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final int SILENT_POLLS = 20;
  private static final int SEND_SECONDS = 30;

  private final Connection connection;

  /**
   * @param connection where Kafka is
   */
  public DeadLetterTopic(Connection connection) {
    this.connection = connection;
  }

  /**
   * The newest ones that are wanted, the oldest of these first.
   *
   * @param most how many of them
   * @throws CommandFailure when the topic isn't there or the brokers fall silent
   */
  public List<DeadLetter> newest(Predicate<DeadLetter> wanted, int most) {
    List<TopicPartition> partitions = partitions();
    Map<String, Object> config = new HashMap<>(connection.consumerConfig());
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.remove(ConsumerConfig.GROUP_ID_CONFIG);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      return read(consumer, consumer.endOffsets(partitions), wanted, most);
    }
  }

  private static List<DeadLetter> read(
      KafkaConsumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> ends,
      Predicate<DeadLetter> wanted,
      int most) {
    Deque<DeadLetter> letters = new ArrayDeque<>();
    int silent = 0;
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      var records = consumer.poll(POLL);
      silent = records.isEmpty() ? silent + 1 : 0;
      if (silent > SILENT_POLLS) {
        throw CommandFailure.failed("the brokers don't send the dead letters that they have");
      }
      for (ConsumerRecord<byte[], byte[]> record : records) {
        DeadLetter letter = new DeadLetter(record);
        if (wanted.test(letter)) {
          letters.add(letter);
        }
        if (letters.size() > most) {
          letters.removeFirst();
        }
      }
    }
    return List.copyOf(letters);
  }

  private List<TopicPartition> partitions() {
    String topic = connection.topics().deadLetters();
    return KafkaQuestion.ask(
        connection,
        admin ->
            admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
                .flatMap(each -> each.partitions().stream())
                .map(each -> new TopicPartition(topic, each.partition()))
                .toList());
  }

  /**
   * Sends records back to the topics that they were read from, byte for byte, in this order.
   *
   * @throws CommandFailure when one of them can't be, before any is sent, or no broker takes them
   */
  public void replay(List<DeadLetter> letters) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (DeadLetter letter : letters) {
      records.add(original(letter));
    }
    Map<String, Object> config = new HashMap<>(connection.producerConfig());
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (ProducerRecord<byte[], byte[]> record : records) {
        producer.send(record).get(SEND_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.failed("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw CommandFailure.failed("a record couldn't be sent: " + e, e);
    }
  }

  private ProducerRecord<byte[], byte[]> original(DeadLetter letter) {
    Topics topics = connection.topics();
    Set<String> known =
        Set.of(
            topics.taskSubmitted(),
            topics.taskEvents(),
            topics.deviceTelemetry(),
            topics.control(),
            topics.executionTraces());
    if (!known.contains(letter.topic())) {
      throw CommandFailure.failed(
          "dead letter %s came from '%s', which is no input of this engine"
              .formatted(letter.id(), letter.topic()));
    }
    return new ProducerRecord<>(
        letter.topic(),
        null,
        letter.record().key(),
        letter.record().value(),
        letter.headersToReplay());
  }
}
