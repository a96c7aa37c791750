package io.signalbox.events.serde;

import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Generated Avro classes in Confluent's wire format: a zero byte, the schema's id in 4 bytes, the
 * record in Avro's binary encoding.
 *
 * @param <T> class of the records
 */
public final class AvroSerde<T extends SpecificRecord> implements Serde<T> {
  private final AvroSerializer<T> serializer = new AvroSerializer<>();
  private final AvroDeserializer<T> deserializer;

  /** A serde that reads the class that {@code specific.avro.value.type} or the data names. */
  public AvroSerde() {
    deserializer = new AvroDeserializer<>();
  }

  /** A serde that reads this class. */
  public AvroSerde(Class<T> valueClass) {
    deserializer = new AvroDeserializer<>(valueClass);
  }

  /**
   * Reads the settings of {@link SerdeSettings} and {@link
   * io.signalbox.events.registry.RegistrySettings}.
   */
  @Override
  public void configure(Map<String, ?> config, boolean isKey) {
    serializer.configure(config, isKey);
    deserializer.configure(config, isKey);
  }

  @Override
  public Serializer<T> serializer() {
    return serializer;
  }

  @Override
  public Deserializer<T> deserializer() {
    return deserializer;
  }
}
