package io.signalbox.engine.rows;

import io.signalbox.core.pool.RowKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/**
 * Key of a row in the store that all pools of a partition share: pool, kind, owner, task. Bytes
 * compare as their parts do, so one range scan reads a pool's rows in the order of {@link
 * RowKey.Kind}. Layout: each text as UTF-8 with 00 written as 00 FF and ended by 00 00; the kind as
 * one byte between pool and owner.
 *
 * @param pool the pool
 * @param row the row within it
 */
public record StoreKey(String pool, RowKey row) {
  private static final EnumCode<RowKey.Kind> KINDS =
      new EnumCode<>(
          List.of(
              RowKey.Kind.POOL,
              RowKey.Kind.DEVICE,
              RowKey.Kind.RUN_TIME,
              RowKey.Kind.JOB,
              RowKey.Kind.SPEC,
              RowKey.Kind.TASK,
              RowKey.Kind.RESULT,
              RowKey.Kind.ALLOWANCE,
              RowKey.Kind.HOTSPOT));

  /** The key as bytes. */
  public Bytes toBytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(64);
    write(out, pool);
    out.write(KINDS.number(row.kind()));
    write(out, row.owner());
    write(out, row.task());
    return Bytes.wrap(out.toByteArray());
  }

  /** Lowest key of a pool. */
  public static Bytes first(String pool) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(64);
    write(out, pool);
    return Bytes.wrap(out.toByteArray());
  }

  /** A key above all of a pool and below those of the next pool. */
  public static Bytes last(String pool) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(64);
    write(out, pool);
    out.write(0xFF);
    return Bytes.wrap(out.toByteArray());
  }

  /**
   * Reads a key.
   *
   * @throws UnreadableRowException when it isn't one
   */
  public static StoreKey of(Bytes bytes) {
    Parts parts = new Parts(bytes.get());
    String pool = parts.text();
    RowKey.Kind kind = KINDS.constant(parts.octet());
    return new StoreKey(pool, new RowKey(kind, parts.text(), parts.text()));
  }

  private static void write(ByteArrayOutputStream out, String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    int from = 0;
    for (int at = 0; at < octets.length; at++) {
      if (octets[at] == 0) {
        out.write(octets, from, at + 1 - from);
        out.write(0xFF);
        from = at + 1;
      }
    }
    out.write(octets, from, octets.length - from);
    out.write(0);
    out.write(0);
  }

  /** Takes a key apart. */
  private static final class Parts {
    private final byte[] bytes;
    private int position;

    Parts(byte[] bytes) {
      this.bytes = bytes;
    }

    int octet() {
      if (position >= bytes.length) {
        throw new UnreadableRowException("a key of " + bytes.length + " bytes ends early");
      }
      return bytes[position++] & 0xFF;
    }

    /** Nearly no text has a 00 in it, and then its bytes are those of the key. */
    String text() {
      int from = position;
      while (octet() != 0) {}
      if (octet() == 0) {
        return new String(bytes, from, position - 2 - from, StandardCharsets.UTF_8);
      }
      position = from;
      return escapedText();
    }

    private String escapedText() {
      ByteArrayOutputStream out = new ByteArrayOutputStream(32);
      while (true) {
        int octet = octet();
        if (octet == 0 && octet() == 0) {
          return out.toString(StandardCharsets.UTF_8);
        }
        out.write(octet);
      }
    }
  }
}
