package io.signalbox.devkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.events.topic.TopicReadiness;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The compacted topic {@code _schemas}, in the format of Confluent's registry, where the registry's
 * state lives. One registry writes to it at a time.
 */
final class SchemaLog implements AutoCloseable {
  static final String TOPIC = "_schemas";

  private static final Logger log = LoggerFactory.getLogger(SchemaLog.class);
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

  private final ObjectMapper json = new ObjectMapper();
  private final RegistryState state;
  private final KafkaProducer<String, String> producer;

  private SchemaLog(RegistryState state, KafkaProducer<String, String> producer) {
    this.state = state;
    this.producer = producer;
  }

  /** Reads everything written so far into the state, and keeps a producer for what follows. */
  static SchemaLog open(Map<String, Object> clients, RegistryState state) {
    createTopic(clients);
    Map<String, Object> settings = settings(clients);
    settings.put("linger.ms", 0);
    SchemaLog opened =
        new SchemaLog(
            state, new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer()));
    try {
      opened.replay(clients);
      return opened;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private static Map<String, Object> settings(Map<String, Object> clients) {
    Map<String, Object> settings = new HashMap<>(clients);
    settings.put("client.id", "schema-registry");
    return settings;
  }

  private static void createTopic(Map<String, Object> clients) {
    try (Admin admin = Admin.create(settings(clients))) {
      NewTopic topic =
          new NewTopic(TOPIC, Optional.of(1), Optional.empty())
              .configs(Map.of("cleanup.policy", "compact"));
      admin.createTopics(List.of(topic)).all().get();
      TopicReadiness.await(admin, List.of(TOPIC), LIMIT);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new DevkitException("Cannot create the topic " + TOPIC + ": " + e.getCause(), e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DevkitException("Interrupted while the schema registry started", e);
    }
  }

  private void replay(Map<String, Object> clients) {
    try (var consumer =
        new KafkaConsumer<>(
            settings(clients), new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(PARTITION));
      consumer.seekToBeginning(List.of(PARTITION));
      long end = consumer.endOffsets(List.of(PARTITION), LIMIT).getOrDefault(PARTITION, 0L);
      while (consumer.position(PARTITION, LIMIT) < end) {
        for (ConsumerRecord<String, String> record : consumer.poll(LIMIT)) {
          applyLogged(record);
        }
      }
    }
  }

  private void applyLogged(ConsumerRecord<String, String> record) {
    try {
      String value = record.value();
      apply(json.readTree(record.key()), value == null ? null : json.readTree(value));
    } catch (JsonProcessingException | RuntimeException e) {
      log.warn("Skipped what can't be read at offset {} of {}", record.offset(), TOPIC, e);
    }
  }

  private void apply(JsonNode key, @Nullable JsonNode value) {
    String subject = key.path("subject").textValue();
    switch (key.path("keytype").asText()) {
      case "SCHEMA" -> applySchema(subject, key.path("version").asInt(), value);
      case "CONFIG" ->
          state.level(
              subject,
              value == null
                  ? null
                  : CompatibilityLevel.named(value.path("compatibilityLevel").asText()));
      case "DELETE_SUBJECT" -> applyDeleteSubject(subject, value);
      default -> log.debug("Not of interest here: {}", key);
    }
  }

  private void applySchema(String subject, int version, @Nullable JsonNode value) {
    if (value == null) {
      state.remove(subject, version);
    } else {
      state.put(
          new SchemaVersion(
              subject,
              version,
              value.path("id").asInt(),
              value.path("schema").asText(),
              value.path("deleted").asBoolean()));
    }
  }

  /** Confluent's registry deletes all versions up to one with a single record. */
  private void applyDeleteSubject(String subject, @Nullable JsonNode value) {
    if (value != null) {
      int last = value.path("version").asInt();
      state.versions(subject, false).stream()
          .filter(version -> version.version() <= last)
          .forEach(version -> state.put(version.softlyDeleted()));
    }
  }

  /** Writes a version, new or changed, and then applies it. */
  void put(SchemaVersion version) {
    ObjectNode value =
        json.createObjectNode()
            .put("subject", version.subject())
            .put("version", version.version())
            .put("id", version.id())
            .put("schema", version.schema())
            .put("deleted", version.deleted());
    write(schemaKey(version), value);
  }

  /** Forgets a version for good. */
  void remove(SchemaVersion version) {
    write(schemaKey(version), null);
  }

  /** Sets a level; a null subject means all, a null level takes the setting back. */
  void level(@Nullable String subject, @Nullable CompatibilityLevel level) {
    ObjectNode key =
        json.createObjectNode().put("keytype", "CONFIG").put("subject", subject).put("magic", 0);
    write(
        key,
        level == null ? null : json.createObjectNode().put("compatibilityLevel", level.name()));
  }

  private ObjectNode schemaKey(SchemaVersion version) {
    return json.createObjectNode()
        .put("keytype", "SCHEMA")
        .put("subject", version.subject())
        .put("version", version.version())
        .put("magic", 1);
  }

  private void write(ObjectNode key, @Nullable ObjectNode value) {
    try {
      producer
          .send(
              new ProducerRecord<>(
                  TOPIC, 0, key.toString(), value == null ? null : value.toString()))
          .get();
      apply(key, value);
    } catch (ExecutionException e) {
      throw RegistryError.store(String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RegistryError.store("interrupted");
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
