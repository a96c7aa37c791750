package io.signalbox.engine.scheduling;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * What every dead letter carries, whoever found it. A record that was just small enough for its
 * topic would be too large with the reason in its headers, and a record that can't be written stops
 * the engine for good: so what doesn't fit is cut off, which a header says.
 */
public final class DeadLetters {
  /** Characters of a reason. */
  static final int MOST_REASON = 2_000;

  /** Bytes of the record's own headers; with more than that, none of them is kept. */
  static final int MOST_HEADER_BYTES = 16_384;

  /** Bytes of a key and a value together: Kafka's megabyte without headers and overhead. */
  static final int MOST_BYTES = 1_000_000;

  private static final String TRUNCATED = "signalbox-truncated";

  private DeadLetters() {}

  /** The record's headers with the reason and the place: signalbox-reason, -topic and so on. */
  public static Headers headers(ConsumerRecord<?, ?> record, String reason) {
    return new Origin(
            record.topic(),
            record.partition(),
            record.offset(),
            record.timestamp(),
            record.headers())
        .forDeadLetter(reason);
  }

  /** The same for a record that was read but can't be used. */
  public static Headers headers(ErrorHandlerContext context, String reason) {
    return new Origin(
            context.topic(),
            context.partition(),
            context.offset(),
            context.timestamp(),
            context.headers())
        .forDeadLetter(reason);
  }

  /** The key as it came, if it is one; a key of its own size would leave no room. */
  public static byte @Nullable [] key(byte @Nullable [] key) {
    return key != null && key.length > MOST_BYTES / 2 ? null : key;
  }

  /** The value as it came, or its beginning when all of it doesn't fit. */
  public static byte @Nullable [] value(
      byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
    byte[] kept = key(key);
    int room = MOST_BYTES - (kept == null ? 0 : kept.length);
    if (value == null || value.length <= room) {
      return value;
    }
    headers.add(TRUNCATED, Integer.toString(value.length).getBytes(StandardCharsets.UTF_8));
    return Arrays.copyOf(value, room);
  }

  static long sizeBytes(Headers headers) {
    long bytes = 0;
    for (Header header : headers) {
      bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
    }
    return bytes;
  }
}
