package io.signalbox.events.serde;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.events.Content;
import io.signalbox.events.Control;
import io.signalbox.events.DeviceTelemetry;
import io.signalbox.events.registry.MemorySchemaRegistry;
import io.signalbox.events.registry.RegistryUnavailableException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class BadRecordTest {
  private static final long SEED = 7;

  private final MemorySchemaRegistry registry = new MemorySchemaRegistry();
  private final Content content = new Content("text/plain", null, "s3://a/b", 12L);
  private final byte[] good = new AvroSerializer<Content>(registry).serialize("t", content);

  @Test
  void jsonIsNotTheWireFormat() {
    assertEquals(
        "A record of t is not in Confluent's wire format: first byte is 0x7b, not 0x00",
        failure("{\"pool\":1}".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void whatIsShorterThanTheHeaderIsNotTheWireFormat() {
    assertTrue(failure(new byte[] {0, 0, 1}).contains("3 bytes"), failure(new byte[] {0, 0, 1}));
    assertTrue(failure(new byte[0]).contains("0 bytes"), failure(new byte[0]));
  }

  @Test
  void anUnknownSchemaIdIsNamed() {
    byte[] bytes = good.clone();
    ByteBuffer.wrap(bytes).putInt(1, 77);
    assertTrue(failure(bytes).endsWith("doesn't know its schema id 77"), failure(bytes));
  }

  @Test
  void aRecordOfAnotherTypeIsNamed() {
    var reader = new AvroDeserializer<>(Control.class, registry);
    var error = assertThrows(SerializationException.class, () -> reader.deserialize("t", good));
    assertEquals(
        "A record of t is of another type: io.signalbox.events.Content (schema id 1), not"
            + " io.signalbox.events.Control",
        error.getMessage());
  }

  @Test
  void everyTruncationIsCaught() {
    for (int length = WireFormat.HEADER_BYTES; length < good.length; length++) {
      String message = failure(Arrays.copyOf(good, length));
      assertTrue(message.contains("truncated"), length + " bytes: " + message);
    }
  }

  @Test
  void bytesTooManyAreCaught() {
    assertTrue(failure(Arrays.copyOf(good, good.length + 1)).contains("left over"));
  }

  @Test
  void aLengthThatPromisesGigabytesTakesNoMemory() {
    // The content type claims 1 GiB.
    byte[] bytes = {0, 0, 0, 0, 1, -128, -128, -128, -128, 8, 65};
    assertTrue(failure(bytes).contains("truncated"), failure(bytes));
  }

  @Test
  void noiseIsEitherReadOrRefusedButNothingElse() {
    AvroSerializer<DeviceTelemetry> serializer = new AvroSerializer<>(registry);
    var reader = new AvroDeserializer<>(DeviceTelemetry.class, registry);
    List<DeviceTelemetry> records = Samples.of(DeviceTelemetry.class, 50, SEED);
    Random random = new Random(SEED);
    int refused = 0;
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = serializer.serialize("telemetry", records.get(i % records.size()));
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        int at = WireFormat.HEADER_BYTES + random.nextInt(bytes.length - WireFormat.HEADER_BYTES);
        bytes[at] = (byte) random.nextInt();
      }
      try {
        reader.deserialize("telemetry", bytes);
      } catch (SerializationException e) {
        refused++;
      }
    }
    assertTrue(refused > 500, "seed " + SEED + ": only " + refused + " were refused");
  }

  @Test
  void aReaderGoesOnAfterABadRecord() {
    var reader = new AvroDeserializer<>(Content.class, registry);
    byte[] truncated = Arrays.copyOf(good, good.length - 2);
    assertThrows(SerializationException.class, () -> reader.deserialize("t", truncated));
    assertEquals(content, reader.deserialize("t", good));
  }

  @Test
  void aRecordThatLacksAFieldIsRefusedBeforeItIsWritten() {
    Control incomplete = new Control();
    var writer = new AvroSerializer<Control>(registry);
    var error =
        assertThrows(SerializationException.class, () -> writer.serialize("t2", incomplete));
    assertTrue(error.getMessage().contains("io.signalbox.events.Control"), error.getMessage());
  }

  @Test
  void anUnreachableRegistryIsNotTheRecordsFault() {
    Map<String, ?> config =
        Map.of("schema.registry.url", "http://127.0.0.1:1", "max.retries", 1, "retries.wait.ms", 1);
    try (AvroSerde<Content> serde = new AvroSerde<>(Content.class)) {
      serde.configure(config, false);
      var reading =
          assertThrows(
              RegistryUnavailableException.class,
              () -> serde.deserializer().deserialize("t", good));
      assertTrue(reading.getMessage().contains("http://127.0.0.1:1"), reading.getMessage());
      assertThrows(
          RegistryUnavailableException.class, () -> serde.serializer().serialize("t", content));
    }
  }

  private String failure(byte[] bytes) {
    var reader = new AvroDeserializer<>(Content.class, registry);
    return assertThrows(SerializationException.class, () -> reader.deserialize("t", bytes))
        .getMessage();
  }
}
