package io.signalbox.engine.peers;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.signalbox.devkit.EmbeddedBroker;
import io.signalbox.events.topic.TopicReadiness;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients named as those of Kafka Streams, on a real broker. */
class EngineGroupIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String TOPIC = "inputs";

  private static EmbeddedBroker broker;
  private static Admin admin;

  @BeforeAll
  static void start() throws Exception {
    broker = EmbeddedBroker.start();
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    admin.createTopics(List.of(new NewTopic(TOPIC, 2, (short) 1))).all().get();
    TopicReadiness.await(admin, List.of(TOPIC), LIMIT);
  }

  @AfterAll
  static void stop() {
    admin.close();
    broker.close();
  }

  @Test
  void transactionOfAnEngineThatIsNoMemberIsAborted() {
    UUID self = UUID.randomUUID();
    EngineGroup group = new EngineGroup(admin, "orphans");
    try (var member = joined("orphans", self, "self");
        var own = began("orphans-" + self + "-1");
        var orphan = began("orphans-" + UUID.randomUUID() + "-1");
        var adaptation = began("orphans-adaptation-" + UUID.randomUUID() + "-1")) {
      group.abortOrphans(List.of(clientId("orphans", self)));
      assertThrows(KafkaException.class, orphan::commitTransaction);
      assertDoesNotThrow(own::commitTransaction);
      assertDoesNotThrow(adaptation::commitTransaction);
      assertEquals(1, member.assignment().stream().map(it -> it.topic()).distinct().count());
    }
  }

  @Test
  void whoDoesNotFindItselfAmongTheMembersAbortsNothing() {
    EngineGroup group = new EngineGroup(admin, "strangers");
    try (var member = joined("strangers", UUID.randomUUID(), "other");
        var unknown = began("strangers-" + UUID.randomUUID() + "-1")) {
      group.abortOrphans(List.of(clientId("strangers", UUID.randomUUID())));
      group.abortOrphans(List.of("renamed"));
      group.abortOrphans(List.of());
      assertDoesNotThrow(unknown::commitTransaction);
      assertEquals(2, member.assignment().size());
    }
  }

  @Test
  void membersOfAnExpelledEngineGiveTheirPartitionsToOthers() {
    UUID self = UUID.randomUUID();
    EngineGroup group = new EngineGroup(admin, "expelled");
    try (var dead = joined("expelled", UUID.randomUUID(), "dead-1")) {
      assertEquals(2, dead.assignment().size());
      group.expel("dea");
      group.expel("dead");
      // Its session would last for minutes, and it polls no more.
      try (var next = joined("expelled", self, "self-1")) {
        assertEquals(2, next.assignment().size());
      }
    }
  }

  private static KafkaConsumer<String, String> joined(String group, UUID process, String instance) {
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", broker.bootstrapServers());
    config.put("group.id", group);
    config.put("group.instance.id", instance);
    config.put("client.id", clientId(group, process));
    config.put("session.timeout.ms", "300000");
    KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
    consumer.subscribe(List.of(TOPIC));
    long end = System.nanoTime() + LIMIT.toNanos();
    while (consumer.assignment().isEmpty()) {
      consumer.poll(Duration.ofMillis(100));
      if (System.nanoTime() > end) {
        throw new AssertionError("no partition was assigned to " + instance + " within " + LIMIT);
      }
    }
    return consumer;
  }

  private static String clientId(String application, UUID process) {
    return application + "-" + process + "-StreamThread-1-consumer";
  }

  private static KafkaProducer<String, String> began(String transaction) {
    KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", transaction),
            new StringSerializer(),
            new StringSerializer());
    producer.initTransactions();
    producer.beginTransaction();
    try {
      producer.send(new ProducerRecord<>(TOPIC, "open")).get();
    } catch (java.util.concurrent.ExecutionException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    return producer;
  }
}
