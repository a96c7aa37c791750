package io.signalbox.engine.scheduling;

import io.signalbox.events.connection.DeviceToken;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Where a record came from.
 *
 * @param topic its topic
 * @param partition its partition
 * @param offset its offset
 * @param timestamp its timestamp in milliseconds
 * @param headers its headers
 */
record Origin(String topic, int partition, long offset, long timestamp, Headers headers) {
  private static final String REROUTED = "signalbox-rerouted";

  static Origin of(RecordMetadata place, Record<?, ?> record) {
    return new Origin(
        place.topic(), place.partition(), place.offset(), record.timestamp(), record.headers());
  }

  /** The value of a header, or null. */
  @Nullable String header(String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  /** True when an engine has already sent it to the partition where it is now. */
  boolean rerouted() {
    return headers.lastHeader(REROUTED) != null;
  }

  /** Its headers with the mark that it was sent on. */
  Headers forReroute() {
    return new RecordHeaders(headers).add(REROUTED, bytes("1"));
  }

  /** Its headers with the reason and the place, as dead letters carry them. */
  Headers forDeadLetter(String reason) {
    boolean tooMany = DeadLetters.sizeBytes(headers) > DeadLetters.MOST_HEADER_BYTES;
    Headers all = tooMany ? new RecordHeaders() : new RecordHeaders(headers);
    // Who reads dead letters isn't the one whose secret it is.
    all.remove(DeviceToken.HEADER);
    boolean tooLong = reason.length() > DeadLetters.MOST_REASON;
    set(all, "reason", tooLong ? reason.substring(0, DeadLetters.MOST_REASON) + "…" : reason);
    set(all, "topic", topic);
    set(all, "partition", Integer.toString(partition));
    set(all, "offset", Long.toString(offset));
    set(all, "timestamp", Long.toString(timestamp));
    return all;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s-%d@%d", topic, partition, offset);
  }

  private static void set(Headers headers, String name, String value) {
    headers.remove("signalbox-" + name).add("signalbox-" + name, bytes(value));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
