package io.signalbox.engine.identity;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;

/** Decodes a record and looks whether it is its device's own. */
final class CheckedDeserializer<T extends SpecificRecord> implements Deserializer<T> {
  private final Identities identities;
  private final Deserializer<T> values;

  CheckedDeserializer(Identities identities, Deserializer<T> values) {
    this.identities = identities;
    this.values = values;
  }

  @Override
  public T deserialize(String topic, byte[] bytes) {
    return deserialize(topic, new RecordHeaders(), bytes);
  }

  @Override
  public T deserialize(String topic, Headers headers, byte[] bytes) {
    T value = values.deserialize(topic, headers, bytes);
    if (value != null) {
      identities.check(headers, value);
    }
    return value;
  }

  @Override
  public void close() {
    values.close();
  }
}
