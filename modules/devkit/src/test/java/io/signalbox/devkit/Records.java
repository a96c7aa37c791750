package io.signalbox.devkit;

import io.signalbox.events.topic.TopicReadiness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What the tests do with a broker: make a topic, write texts, read them all back. */
final class Records {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final String bootstrapServers;

  Records(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  void createTopic(String topic, int partitions) throws ExecutionException, InterruptedException {
    try (Admin admin = admin()) {
      admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
      TopicReadiness.await(admin, List.of(topic), LIMIT);
    }
  }

  KafkaProducer<String, String> producer(Map<String, Object> extra) {
    Map<String, Object> settings = new java.util.HashMap<>(extra);
    settings.put("bootstrap.servers", bootstrapServers);
    return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
  }

  void write(String topic, String... values) throws ExecutionException, InterruptedException {
    try (var producer = producer(Map.of())) {
      for (String value : values) {
        producer.send(new ProducerRecord<>(topic, value)).get();
      }
    }
  }

  /** Everything committed in the topic up to its end, read through a consumer group. */
  List<String> readCommitted(String topic) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "isolation.level",
            "read_committed",
            "auto.offset.reset",
            "earliest",
            "group.id",
            "reader-" + java.util.UUID.randomUUID());
    List<String> values = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(topic));
      while (consumer.assignment().isEmpty() || !atEnd(consumer)) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }

  private static boolean atEnd(KafkaConsumer<?, ?> consumer) {
    return consumer.endOffsets(consumer.assignment()).entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }
}
