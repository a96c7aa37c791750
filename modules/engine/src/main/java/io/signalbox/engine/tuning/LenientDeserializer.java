package io.signalbox.engine.tuning;

import io.signalbox.engine.translate.Retriable;
import io.signalbox.engine.translate.UnusableRecordException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what can't be decoded, or isn't its device's own, as null: the scheduling topology reads
 * the same topics and sends it to the dead letters, once. A registry that doesn't answer is no
 * fault of the record.
 */
final class LenientDeserializer<T> implements Deserializer<T> {
  private final Deserializer<? extends T> values;

  LenientDeserializer(Deserializer<? extends T> values) {
    this.values = values;
  }

  @Override
  public @Nullable T deserialize(String topic, byte[] bytes) {
    try {
      return values.deserialize(topic, bytes);
    } catch (SerializationException e) {
      skip(e);
      return null;
    } catch (UnusableRecordException e) {
      return null;
    }
  }

  @Override
  public @Nullable T deserialize(String topic, Headers headers, byte[] bytes) {
    try {
      return values.deserialize(topic, headers, bytes);
    } catch (SerializationException e) {
      skip(e);
      return null;
    } catch (UnusableRecordException e) {
      return null;
    }
  }

  private static void skip(SerializationException e) {
    if (Retriable.is(e)) {
      throw e;
    }
  }

  @Override
  public void close() {
    values.close();
  }
}
