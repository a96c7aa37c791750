package io.signalbox.cli.cluster;

import io.signalbox.cli.output.CommandFailure;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A record that the engine couldn't use, as it lies in the dead letters.
 *
 * @param record the record there
 */
public record DeadLetter(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
  private static final String OURS = "signalbox-";

  /** What it is called on the command line: its partition and offset in the dead letters. */
  public String id() {
    return record.partition() + ":" + record.offset();
  }

  /** Why it is here; empty when nobody says. */
  public String reason() {
    String reason = header("reason");
    return reason == null ? "" : reason;
  }

  /** The topic that it was read from; empty when nobody says. */
  public String topic() {
    String topic = header("topic");
    return topic == null ? "" : topic;
  }

  /** Where it was in that topic, as partition and offset. */
  public String place() {
    return header("partition") + ":" + header("offset");
  }

  /** When it was written here. */
  public Instant at() {
    return Instant.ofEpochMilli(record.timestamp());
  }

  /** Its key as text; null when it has none. */
  public @Nullable String key() {
    byte[] key = record.key();
    return key == null ? null : new String(key, StandardCharsets.UTF_8);
  }

  /** Its value, for which an absent one counts as empty. */
  public byte[] value() {
    byte[] value = record.value();
    return value == null ? new byte[0] : value;
  }

  /**
   * The headers that it came with.
   *
   * @throws CommandFailure when it isn't whole any more
   */
  public Headers headersToReplay() {
    if (header("truncated") != null) {
      throw CommandFailure.failed(
          "dead letter %s was cut off, of %s bytes; submit what it says anew"
              .formatted(id(), header("truncated")));
    }
    RecordHeaders own = new RecordHeaders();
    for (Header header : record.headers()) {
      if (!header.key().startsWith(OURS)) {
        own.add(header);
      }
    }
    return own;
  }

  private @Nullable String header(String name) {
    Header header = record.headers().lastHeader(OURS + name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
