package io.signalbox.engine.identity;

import io.signalbox.engine.translate.UnusableRecordException;
import io.signalbox.events.DeviceTelemetry;
import io.signalbox.events.ExecutionTrace;
import io.signalbox.events.TaskEvent;
import java.nio.file.Path;
import java.time.InstantSource;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Whether a worker may speak for the device that its record names. Kafka knows who writes to a
 * topic, but hands no consumer the name; so the record itself has to bring a proof.
 *
 * <p>Records are looked at where they are decoded, by every topology that reads workers' topics:
 * nothing behind it sees a record of somebody else.
 */
public interface Identities {
  /** Every worker is believed. */
  Identities BELIEVED = (headers, value) -> {};

  /**
   * Looks whether a record is its device's own.
   *
   * @param headers what it came with
   * @param value what a worker wrote: {@link TaskEvent}, {@link DeviceTelemetry} or {@link
   *     ExecutionTrace}; others name no device and pass
   * @throws UnusableRecordException when it isn't; the message holds nothing of the proof
   */
  void check(Headers headers, SpecificRecord value);

  /** A deserializer that looks at each record that it decodes; it closes the other one. */
  default <T extends SpecificRecord> Deserializer<T> checked(Deserializer<T> values) {
    return new CheckedDeserializer<>(this, values);
  }

  /**
   * Those that an engine's settings ask for.
   *
   * @param tokenKeys file of the public keys that tokens are signed with; null: workers are
   *     believed
   * @throws InvalidKeysException when the file can't be used
   */
  static Identities of(@Nullable Path tokenKeys) {
    return tokenKeys == null ? BELIEVED : new DeviceTokens(tokenKeys, InstantSource.system());
  }
}
