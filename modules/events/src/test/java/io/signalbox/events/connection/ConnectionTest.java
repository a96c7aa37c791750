package io.signalbox.events.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.events.Control;
import io.signalbox.events.PausePool;
import io.signalbox.events.topic.Topics;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class ConnectionTest {
  private static final Connection BASE = Connection.of("kafka:9092", "mock://connection");

  @Test
  void localMeansTheUsualPortsOfThisMachine() {
    Connection local = Connection.local();
    assertEquals("127.0.0.1:9092", local.bootstrapServers());
    assertEquals("http://127.0.0.1:8081", local.schemaRegistryUrl());
    assertEquals(Topics.DEFAULT, local.topics());
    assertEquals(Map.of(), local.properties());
  }

  @Test
  void aPlainPropertyReachesEveryClientAndAPrefixedOneItsOwn() {
    Connection connection =
        BASE.with("security.protocol", "SSL")
            .with("client.id", "all")
            .with("consumer.client.id", "reader")
            .with("producer.linger.ms", "5");
    assertEquals(
        Map.of(
            "bootstrap.servers", "kafka:9092",
            "security.protocol", "SSL",
            "isolation.level", "read_committed",
            "client.id", "reader"),
        connection.consumerConfig());
    assertEquals(
        Map.of(
            "bootstrap.servers", "kafka:9092",
            "security.protocol", "SSL",
            "client.id", "all",
            "linger.ms", "5"),
        connection.producerConfig());
    assertEquals(
        Map.of("bootstrap.servers", "kafka:9092", "security.protocol", "SSL", "client.id", "all"),
        connection.adminConfig());
    assertEquals("reader", connection.streamsConfig().get("consumer.client.id"));
  }

  @Test
  void propertiesOfTheRegistryDontReachKafkaClients() {
    Connection connection =
        BASE.with("basic.auth.user.info", "me:pw")
            .with("schema.registry.ssl.truststore.location", "/t")
            .with("auto.register.schemas", "false")
            .with(Connection.SERDE_CLASS, ForeignSerde.class.getName());
    assertEquals(Map.of("bootstrap.servers", "kafka:9092"), connection.adminConfig());
    assertEquals(Map.of("bootstrap.servers", "kafka:9092"), connection.streamsConfig());
  }

  @Test
  void withSetsTheAddressesToo() {
    Connection connection =
        BASE.with("bootstrap.servers", "other:1").with("schema.registry.url", "http://r");
    assertEquals(Connection.of("other:1", "http://r"), connection);
  }

  @Test
  void theDefaultSerdeReadsWhatItWrote() {
    Control control =
        Control.newBuilder()
            .setPool("gpu")
            .setAt(Instant.EPOCH)
            .setCommand(new PausePool())
            .build();
    try (Serde<Control> serde = BASE.serde(Control.class)) {
      byte[] bytes = serde.serializer().serialize("signalbox.control", control);
      assertEquals(control, serde.deserializer().deserialize("signalbox.control", bytes));
    }
  }

  @Test
  void aSerdeOfSomebodyElseIsMadeAndConfiguredAsTheirsAre() {
    Connection connection =
        BASE.with(Connection.SERDE_CLASS, ForeignSerde.class.getName())
            .with("basic.auth.user.info", "me:pw");
    ForeignSerde serde =
        assertInstanceOf(ForeignSerde.class, (Serde<?>) connection.serde(Control.class));
    assertFalse(serde.isKey);
    assertEquals(
        Map.of(
            "schema.registry.url", "mock://connection",
            "basic.auth.user.info", "me:pw",
            "specific.avro.reader", true,
            "specific.avro.value.type", "io.signalbox.events.Control"),
        serde.config);
  }

  @Test
  void aSerdeClassThatCantBeUsedIsNamed() {
    var missing =
        assertThrows(
            IllegalArgumentException.class,
            () -> BASE.with(Connection.SERDE_CLASS, "no.Such").serde(Control.class));
    assertEquals("serde.class: no class no.Such on the class path", missing.getMessage());
    var wrong =
        assertThrows(
            IllegalArgumentException.class,
            () -> BASE.with(Connection.SERDE_CLASS, "java.lang.String").serde(Control.class));
    assertTrue(wrong.getMessage().contains("java.lang.String must be a Serde"));
  }

  @Test
  void noSecretIsShown() {
    String shown =
        Connection.of("kafka:9092", "https://me:hidden1@r1,https://me:hidden1@r2")
            .with("basic.auth.user.info", "me:hidden2")
            .with("bearer.auth.token", "hidden3")
            .with("sasl.jaas.config", "hidden4")
            .toString();
    assertFalse(shown.contains("hidden"), shown);
    assertTrue(shown.contains("sasl.jaas.config"), shown);
    assertTrue(shown.contains("r2"), shown);
  }

  @Test
  void anEmptyAddressIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Connection.of(" ", "http://r"));
    assertThrows(IllegalArgumentException.class, () -> Connection.of("kafka:9092", ""));
  }
}
