package io.signalbox.events.serde;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.signalbox.events.Content;
import io.signalbox.events.DeviceTelemetry;
import io.signalbox.events.TaskSpec;
import io.signalbox.events.registry.MemorySchemaRegistry;
import io.signalbox.events.registry.RegistryException;
import io.signalbox.events.registry.SchemaRegistries;
import io.signalbox.events.registry.SchemaRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class AvroSerdeTest {
  private static final long SEED = 20_261_123;

  @Test
  void everyRecordOfEveryTopicSurvivesTheWay() {
    assertEquals(10, Samples.classes().size());
    for (Class<? extends SpecificRecord> type : Samples.classes()) {
      roundTrip(type);
    }
  }

  private static <T extends SpecificRecord> void roundTrip(Class<T> type) {
    SchemaRegistry registry = new MemorySchemaRegistry();
    AvroSerializer<T> serializer = new AvroSerializer<>(registry);
    AvroDeserializer<T> deserializer = new AvroDeserializer<>(type, registry);
    for (T record : Samples.of(type, 20, SEED)) {
      byte[] bytes = serializer.serialize("t", record);
      assertEquals(record, deserializer.deserialize("t", bytes), type.getName());
    }
  }

  @Test
  void withoutAClassTheDataSaysWhichOneItIs() {
    Map<String, ?> config = Map.of("schema.registry.url", "mock://by-data");
    try (AvroSerde<SpecificRecord> serde = new AvroSerde<>()) {
      serde.configure(config, false);
      Content content = Samples.of(Content.class, 1, SEED).get(0);
      byte[] bytes = serde.serializer().serialize("t", content);
      assertEquals(content, serde.deserializer().deserialize("t", bytes));
    } finally {
      SchemaRegistries.dropInMemory("by-data");
    }
  }

  @Test
  void keysHaveASubjectOfTheirOwn() {
    SchemaRegistry registry = SchemaRegistries.inMemory("keys");
    try (AvroSerde<Content> serde = new AvroSerde<>(Content.class)) {
      serde.configure(Map.of("schema.registry.url", "mock://keys"), true);
      serde.serializer().serialize("t", Samples.of(Content.class, 1, SEED).get(0));
      assertEquals(List.of("t-key"), registry.subjects());
    } finally {
      SchemaRegistries.dropInMemory("keys");
    }
  }

  @Test
  void aSerializerThatMayNotRegisterLooksTheSchemaUp() {
    MemorySchemaRegistry registry = new MemorySchemaRegistry();
    AvroSerializer<Content> serializer = new AvroSerializer<>(registry);
    serializer.configure(Map.of("auto.register.schemas", "false"), false);
    Content content = Samples.of(Content.class, 1, SEED).get(0);
    var error = assertThrows(RegistryException.class, () -> serializer.serialize("t", content));
    assertEquals(RegistryException.SUBJECT_NOT_FOUND, error.errorCode());
    assertEquals(List.of(), registry.subjects());

    // Once somebody else has registered it, the same serializer goes on.
    int id = registry.register("t-value", PublicSchema.of(Content.getClassSchema()));
    assertEquals(id, WireFormat.schemaId(serializer.serialize("t", content)));
  }

  @Test
  void theLatestVersionIsUsedOnlyIfItLaysTheBytesOutAlike() {
    MemorySchemaRegistry registry = new MemorySchemaRegistry();
    var own = PublicSchema.of(Content.getClassSchema());
    int ownId = registry.register("t-value", own);
    String text = own.toString();
    int otherDefault =
        registry.register("t-value", parse(text.replace("application/octet-stream", "text/plain")));
    Content content = Samples.of(Content.class, 1, SEED).get(0);
    assertEquals(otherDefault, idWithLatest(registry, content));
    registry.register(
        "t-value",
        parse(
            text.replace(
                "\"fields\":[",
                "\"fields\":[{\"name\":\"first\",\"type\":\"int\",\"default\":0},")));
    assertEquals(ownId, idWithLatest(registry, content));
  }

  private static int idWithLatest(SchemaRegistry registry, Content content) {
    AvroSerializer<Content> serializer = new AvroSerializer<>(registry);
    serializer.configure(Map.of("use.latest.version", "true"), false);
    return WireFormat.schemaId(serializer.serialize("t", content));
  }

  private static org.apache.avro.Schema parse(String text) {
    return new org.apache.avro.Schema.Parser().parse(text);
  }

  @Test
  void manyThreadsShareOneSerdeAndAskTheRegistryOnce() throws Exception {
    CountingRegistry registry = new CountingRegistry();
    AvroSerializer<DeviceTelemetry> serializer = new AvroSerializer<>(registry);
    AvroDeserializer<DeviceTelemetry> deserializer =
        new AvroDeserializer<>(DeviceTelemetry.class, registry);
    List<DeviceTelemetry> records = Samples.of(DeviceTelemetry.class, 200, SEED);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<Void> work =
          () -> {
            for (DeviceTelemetry record : records) {
              byte[] bytes = serializer.serialize("t", record);
              assertEquals(record, deserializer.deserialize("t", bytes));
            }
            return null;
          };
      List<Callable<Void>> all = IntStream.range(0, 8).mapToObj(i -> work).toList();
      for (Future<Void> done : threads.invokeAll(all)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(1, registry.registrations.get());
    assertEquals(1, registry.lookUps.get());
  }

  @Test
  void aFlagIsTrueOrFalse() {
    assertThrows(
        IllegalArgumentException.class,
        () -> SerdeSettings.of(Map.of("auto.register.schemas", "yes")));
  }

  @Test
  void stringsAreStringsInMapsAndLists() {
    SchemaRegistry registry = new MemorySchemaRegistry();
    TaskSpec spec =
        TaskSpec.newBuilder()
            .setTaskId("a")
            .setOperation("op")
            .setClasses(List.of("a100"))
            .setEstimates(Map.of("a100", 2.5))
            .build();
    byte[] bytes = new AvroSerializer<TaskSpec>(registry).serialize("t", spec);
    TaskSpec read = new AvroDeserializer<>(TaskSpec.class, registry).deserialize("t", bytes);
    assertInstanceOf(String.class, ((List<?>) read.getClasses()).get(0));
    assertEquals(2.5, read.getEstimates().get("a100"));
  }
}
