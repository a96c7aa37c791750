package io.signalbox.events.serde;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.signalbox.events.CancelJob;
import io.signalbox.events.Control;
import io.signalbox.events.registry.MemorySchemaRegistry;
import io.signalbox.events.registry.SchemaRegistry;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class WireFormatTest {
  private final SchemaRegistry registry = new MemorySchemaRegistry();

  private static Control control() {
    return Control.newBuilder()
        .setPool("gpu")
        .setAt(Instant.ofEpochSecond(1, 500_000_000))
        .setIssuer("me")
        .setCommand(new CancelJob("j1", ""))
        .build();
  }

  @Test
  void theBytesAreThese() {
    registry.register("another-value", new Schema.Parser().parse("\"string\""));
    byte[] bytes = new AvroSerializer<Control>(registry).serialize("control", control());
    String expected =
        "00" // magic
            + "00000002" // schema id
            + "06677075" // pool: length 3, "gpu"
            + "c08db701" // at: 1,500,000 microseconds
            + "046d65" // issuer: length 2, "me"
            + "00" // command: first branch of the union
            + "046a31" // job: length 2, "j1"
            + "00"; // reason: empty
    assertEquals(expected, HexFormat.of().formatHex(bytes));
  }

  @Test
  void theSchemaIsRegisteredUnderTheTopicAndSaysNothingOfJava() {
    new AvroSerializer<Control>(registry).serialize("signalbox.control", control());
    assertEquals(List.of("signalbox.control-value"), registry.subjects());
    String text = registry.latest("signalbox.control-value").schema().toString();
    assertFalse(text.contains("java"), text);
  }

  @Test
  void nullStaysNull() {
    assertNull(new AvroSerializer<Control>(registry).serialize("t", null));
    assertNull(new AvroDeserializer<>(Control.class, registry).deserialize("t", null));
  }
}
