package io.signalbox.events.serde;

import io.signalbox.events.registry.RegisteredSchema;
import io.signalbox.events.registry.SchemaRegistries;
import io.signalbox.events.registry.SchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes generated Avro classes in Confluent's wire format. Safe for use by several threads, as
 * Kafka's producer is.
 *
 * <p>An unreachable registry is a {@link
 * io.signalbox.events.registry.RegistryUnavailableException}, which can be retried; everything else
 * is a {@link SerializationException} or a {@link io.signalbox.events.registry.RegistryException}.
 *
 * @param <T> class of the records
 */
public final class AvroSerializer<T extends SpecificRecord> implements Serializer<T> {
  private static final int USUAL_BYTES = 512;

  private final Map<Target, Known> known = new ConcurrentHashMap<>();
  private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);
  // Nearly always one serializer writes one class to one topic: the last answer is the next one.
  private volatile @Nullable Known last;
  private @Nullable SchemaRegistry registry;
  private SerdeSettings settings = SerdeSettings.of(Map.of());
  private boolean isKey;

  /** A serializer that {@link #configure} makes ready. */
  public AvroSerializer() {}

  /** A serializer for this registry, with default settings. */
  public AvroSerializer(SchemaRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void configure(Map<String, ?> config, boolean isKey) {
    this.isKey = isKey;
    settings = SerdeSettings.of(config);
    if (registry == null) {
      registry = SchemaRegistries.connect(config);
    }
  }

  // Kafka's interface says nothing of nulls, but tombstones are.
  @Override
  @SuppressWarnings("NullAway")
  public byte @Nullable [] serialize(String topic, @Nullable T value) {
    if (value == null) {
      return null;
    }
    Known target = target(topic, value);
    try {
      return scratch.get().write(target, value);
    } catch (IOException | AvroRuntimeException | ClassCastException | NullPointerException e) {
      throw new SerializationException(
          "A record for "
              + topic
              + " doesn't fit its schema "
              + name(value)
              + ": "
              + e.getMessage(),
          e);
    }
  }

  private Known target(String topic, T value) {
    Known recent = last;
    if (recent != null
        && recent.target.schema.equals(value.getSchema())
        && recent.target.topic.equals(topic)) {
      return recent;
    }
    Known found = known.computeIfAbsent(new Target(topic, value.getSchema()), this::lookUp);
    last = found;
    return found;
  }

  private Known lookUp(Target target) {
    String subject = isKey ? Subject.ofKeys(target.topic) : Subject.ofValues(target.topic);
    SchemaRegistry from =
        Objects.requireNonNull(registry, "The serializer is used before it is configured");
    return new Known(
        target, schemaId(from, subject, PublicSchema.of(target.schema)), writer(target));
  }

  private int schemaId(SchemaRegistry from, String subject, Schema schema) {
    if (settings.useLatestVersion()) {
      RegisteredSchema latest = from.latest(subject);
      // The bytes follow the record's own schema, so the latest one must lay them out alike; it
      // may differ in words and defaults.
      if (layout(latest.schema()).equals(layout(schema))) {
        return latest.id();
      }
      return from.idOf(subject, schema);
    }
    return settings.autoRegister() ? from.register(subject, schema) : from.idOf(subject, schema);
  }

  private static String layout(Schema schema) {
    return SchemaNormalization.toParsingForm(schema);
  }

  private static DatumWriter<Object> writer(Target target) {
    return new SpecificDatumWriter<>(target.schema, SpecificData.getForSchema(target.schema));
  }

  private static String name(SpecificRecord value) {
    return value.getSchema().getFullName();
  }

  private record Target(String topic, Schema schema) {}

  private record Known(Target target, int id, DatumWriter<Object> writer) {}

  /** What one thread writes with, again and again. */
  private static final class Scratch {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
    private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);

    byte[] write(Known target, Object value) throws IOException {
      bytes.reset();
      bytes.writeBytes(new byte[WireFormat.HEADER_BYTES]);
      target.writer.write(value, encoder);
      encoder.flush();
      byte[] record = bytes.toByteArray();
      WireFormat.writeHeader(record, target.id);
      return record;
    }
  }
}
