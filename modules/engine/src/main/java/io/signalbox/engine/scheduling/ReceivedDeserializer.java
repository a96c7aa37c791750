package io.signalbox.engine.scheduling;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/** Decodes a value and keeps its bytes. A missing value (a tombstone) can't be decoded. */
final class ReceivedDeserializer implements Deserializer<Received> {
  private final Deserializer<? extends SpecificRecord> values;

  ReceivedDeserializer(Deserializer<? extends SpecificRecord> values) {
    this.values = values;
  }

  @Override
  public Received deserialize(String topic, byte[] bytes) {
    return received(values.deserialize(topic, bytes), bytes);
  }

  @Override
  public Received deserialize(String topic, Headers headers, byte[] bytes) {
    return received(values.deserialize(topic, headers, bytes), bytes);
  }

  private static Received received(SpecificRecord value, byte[] bytes) {
    if (bytes == null || value == null) {
      throw new SerializationException("the record has no value");
    }
    return new Received(value, bytes);
  }

  @Override
  public void close() {
    values.close();
  }
}
