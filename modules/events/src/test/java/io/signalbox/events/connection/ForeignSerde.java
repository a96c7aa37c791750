package io.signalbox.events.connection;

import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** Stands for somebody else's serde: remembers what it was configured with. */
public final class ForeignSerde implements Serde<Object> {
  Map<String, ?> config = Map.of();
  boolean isKey = true;

  @Override
  public void configure(Map<String, ?> settings, boolean key) {
    config = settings;
    isKey = key;
  }

  @Override
  public Serializer<Object> serializer() {
    return (topic, value) -> value.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  @Override
  public Deserializer<Object> deserializer() {
    return (topic, bytes) -> bytes;
  }
}
