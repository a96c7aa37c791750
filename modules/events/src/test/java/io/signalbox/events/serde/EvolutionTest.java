package io.signalbox.events.serde;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.events.ErrorType;
import io.signalbox.events.TaskError;
import io.signalbox.events.registry.Compatibility;
import io.signalbox.events.registry.MemorySchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class EvolutionTest {
  private static final String ERROR =
      """
      {"type": "record", "name": "TaskError", "namespace": "io.signalbox.events", "fields": [
        {"name": "type", "type": {"type": "enum", "name": "ErrorType", "symbols": [%s]}}%s]}
      """;
  private static final String SYMBOLS = "\"USER\", \"INTERNAL\", \"EXTERNAL\", \"RESOURCES\"";
  private static final String MESSAGE = ", {\"name\": \"message\", \"type\": \"string\"}";

  private final MemorySchemaRegistry registry = new MemorySchemaRegistry();
  private final AvroDeserializer<TaskError> deserializer =
      new AvroDeserializer<>(TaskError.class, registry);

  EvolutionTest() {
    registry.setCompatibility("t-value", Compatibility.NONE);
  }

  @Test
  void aNewerWriterMayHaveFieldsThatThisVersionDoesntKnow() {
    Schema newer =
        schema(
            SYMBOLS,
            ", {\"name\": \"hint\", \"type\": {\"type\": \"array\", \"items\": \"long\"}}"
                + MESSAGE);
    GenericRecord record = record(newer, "EXTERNAL");
    record.put("hint", java.util.List.of(1L, 2L));
    record.put("message", "gone");
    assertEquals(new TaskError(ErrorType.EXTERNAL, "gone"), read(record));
  }

  @Test
  void aWriterMayHaveOrderedItsFieldsOtherwise() {
    Schema other =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "TaskError", "namespace": "io.signalbox.events",
                 "fields": [{"name": "message", "type": "string"},
                  {"name": "type", "type": {"type": "enum", "name": "ErrorType",
                   "symbols": ["RESOURCES", "USER"]}}]}
                """);
    GenericRecord record = record(other, "USER");
    record.put("message", "wrong");
    assertEquals(new TaskError(ErrorType.USER, "wrong"), read(record));
  }

  @Test
  void onlyTheRecordWithAnUnknownSymbolIsUnreadable() {
    Schema newer = schema("\"SOLAR_FLARE\", " + SYMBOLS, MESSAGE);
    GenericRecord known = record(newer, "USER");
    known.put("message", "m");
    GenericRecord unknown = record(newer, "SOLAR_FLARE");
    unknown.put("message", "m");
    assertEquals(new TaskError(ErrorType.USER, "m"), read(known));
    var error = assertThrows(SerializationException.class, () -> read(unknown));
    assertTrue(error.getMessage().contains("SOLAR_FLARE"), error.getMessage());
  }

  @Test
  void anOlderWriterMayLackAFieldThatHasADefault() {
    Schema older =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Dependency", "namespace": "io.signalbox.events",
                 "fields": [{"name": "taskId", "type": "string"}]}
                """);
    GenericRecord record = new GenericData.Record(older);
    record.put("taskId", "a");
    var reader = new AvroDeserializer<>(io.signalbox.events.Dependency.class, registry);
    assertEquals(
        new io.signalbox.events.Dependency("a", 0L), reader.deserialize("t", bytes(record)));
  }

  @Test
  void aMissingFieldWithoutADefaultIsNamed() {
    GenericRecord record = record(schema(SYMBOLS, ""), "USER");
    var error = assertThrows(SerializationException.class, () -> read(record));
    assertTrue(error.getMessage().contains("message"), error.getMessage());
  }

  private TaskError read(GenericRecord record) {
    return deserializer.deserialize("t", bytes(record));
  }

  private static GenericRecord record(Schema schema, String type) {
    GenericRecord record = new GenericData.Record(schema);
    record.put("type", new GenericData.EnumSymbol(schema.getField("type").schema(), type));
    return record;
  }

  private static Schema schema(String symbols, String fields) {
    return new Schema.Parser().parse(ERROR.formatted(symbols, fields));
  }

  private byte[] bytes(GenericRecord record) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(new byte[WireFormat.HEADER_BYTES]);
      var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
      new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
      byte[] bytes = out.toByteArray();
      WireFormat.writeHeader(bytes, registry.register("t-value", record.getSchema()));
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
