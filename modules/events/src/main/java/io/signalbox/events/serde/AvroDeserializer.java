package io.signalbox.events.serde;

import io.signalbox.events.registry.RegistryException;
import io.signalbox.events.registry.SchemaRegistries;
import io.signalbox.events.registry.SchemaRegistry;
import java.io.EOFException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads generated Avro classes from Confluent's wire format, with Avro's resolution from the
 * writer's schema to the class's own. Safe for use by several threads.
 *
 * <p>A record that can't be read is a {@link SerializationException} that says why. An unreachable
 * registry is a {@link io.signalbox.events.registry.RegistryUnavailableException}, and a registry
 * that refuses (credentials, address) a {@link RegistryException}: the record isn't at fault and
 * can be read later.
 *
 * @param <T> class of the records
 */
public final class AvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {
  private final Map<Integer, Resolution> resolutions = new ConcurrentHashMap<>();
  private final ThreadLocal<Readers> readers = ThreadLocal.withInitial(Readers::new);
  private @Nullable Class<?> valueClass;
  private @Nullable SchemaRegistry registry;

  /** A deserializer that {@link #configure} makes ready. */
  public AvroDeserializer() {}

  /** A deserializer that reads this class, after {@link #configure}. */
  public AvroDeserializer(Class<T> valueClass) {
    this.valueClass = valueClass;
  }

  /** A deserializer that reads this class with schemas of this registry. */
  public AvroDeserializer(Class<T> valueClass, SchemaRegistry registry) {
    this.valueClass = valueClass;
    this.registry = registry;
  }

  @Override
  public void configure(Map<String, ?> config, boolean isKey) {
    String type = SerdeSettings.of(config).valueType();
    if (valueClass == null && type != null && !isKey) {
      valueClass = RecordClass.named(type);
    }
    if (registry == null) {
      registry = SchemaRegistries.connect(config);
    }
  }

  // Kafka's interface says nothing of nulls, but tombstones are.
  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // The reader makes what valueClass says.
  public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    try {
      int id = WireFormat.schemaId(bytes);
      Resolution resolution = resolutions.computeIfAbsent(id, this::resolve);
      return (T) readers.get().read(resolution, bytes);
    } catch (SerializationException e) {
      throw new SerializationException("A record of " + topic + " is " + e.getMessage(), e);
    }
  }

  private Resolution resolve(int id) {
    SchemaRegistry from =
        Objects.requireNonNull(registry, "The deserializer is used before it is configured");
    Schema writer = writerSchema(from, id);
    Class<?> target = valueClass == null ? RecordClass.named(writer.getFullName()) : valueClass;
    return Resolution.of(id, writer, target);
  }

  private static Schema writerSchema(SchemaRegistry from, int id) {
    try {
      return from.schema(id);
    } catch (RegistryException e) {
      if (e.errorCode() == RegistryException.SCHEMA_NOT_FOUND) {
        throw new SerializationException(
            "unreadable: the schema registry doesn't know its schema id " + id, e);
      }
      if (e.errorCode() == RegistryException.INVALID_SCHEMA) {
        throw new SerializationException("unreadable: " + e.getMessage(), e);
      }
      throw e;
    }
  }

  /** What one thread reads with, again and again. */
  private static final class Readers {
    private final Map<Resolution, DatumReader<Object>> byWriter = new HashMap<>();
    private BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(new byte[0], null);

    Object read(Resolution resolution, byte[] bytes) {
      int length = bytes.length - WireFormat.HEADER_BYTES;
      decoder = DecoderFactory.get().binaryDecoder(bytes, WireFormat.HEADER_BYTES, length, decoder);
      try {
        Object record = reader(resolution).read(null, decoder);
        requireEnd(resolution);
        return record;
      } catch (EOFException e) {
        throw new SerializationException(
            "truncated: its " + length + " bytes end within " + resolution.writerName(), e);
      } catch (IOException | RuntimeException e) {
        throw unreadable(resolution, e);
      }
    }

    private DatumReader<Object> reader(Resolution resolution) {
      return byWriter.computeIfAbsent(resolution, Resolution::reader);
    }

    private void requireEnd(Resolution resolution) throws IOException {
      if (!decoder.isEnd()) {
        throw new SerializationException(
            "too long: bytes are left over after " + resolution.writerName());
      }
    }

    private static RuntimeException unreadable(Resolution resolution, Exception e) {
      if (e instanceof SerializationException known) {
        return known;
      }
      return new SerializationException(
          "not a " + resolution.writerName() + " (schema id " + resolution.id() + "): " + e, e);
    }
  }
}
