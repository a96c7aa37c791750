package io.signalbox.engine.rows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link ByteWriter} wrote; bytes that can't be are an {@link UnreadableRowException}.
 */
public final class ByteReader {
  private final byte[] bytes;
  private int position;

  /** Over bytes that nobody changes meanwhile. */
  public ByteReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A byte, 0 to 255. */
  public int octet() {
    if (position >= bytes.length) {
      throw new UnreadableRowException("it ends early, after " + bytes.length + " bytes");
    }
    return bytes[position++] & 0xFF;
  }

  /** A truth value. */
  public boolean flag() {
    return octet() != 0;
  }

  /** A whole number. */
  public long number() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int octet = octet();
      value |= (long) (octet & 0x7F) << shift;
      if (octet < 0x80) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw new UnreadableRowException("a number at byte " + position + " doesn't end");
  }

  /** How many elements or bytes follow. */
  public int count() {
    long value = number();
    if (value < 0 || value > bytes.length - position) {
      throw new UnreadableRowException("a length of " + value + " at byte " + position);
    }
    return (int) value;
  }

  /** A whole number that fits into 32 bits. */
  public int integer() {
    return Math.toIntExact(number());
  }

  /** A floating-point number. */
  public double real() {
    long bits = 0;
    for (int i = 0; i < 8; i++) {
      bits = (bits << 8) | octet();
    }
    return Double.longBitsToDouble(bits);
  }

  /** Bytes behind their length. */
  public byte[] blob() {
    int length = count();
    position += length;
    return Arrays.copyOfRange(bytes, position - length, position);
  }

  /** A string behind its length. */
  public String text() {
    int length = count();
    position += length;
    return new String(bytes, position - length, length, StandardCharsets.UTF_8);
  }

  /** What may be absent; null then. */
  public <T> @Nullable T optional(Function<ByteReader, T> read) {
    return flag() ? read.apply(this) : null;
  }

  /** Elements behind their number. */
  public <T> List<T> list(Function<ByteReader, T> read) {
    int size = count();
    if (size == 0) {
      return List.of();
    }
    List<T> values = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      values.add(read.apply(this));
    }
    return values;
  }

  /** Entries behind their number. */
  public <T> Map<String, T> map(Function<ByteReader, T> read) {
    int size = count();
    if (size == 0) {
      return Map.of();
    }
    Map<String, T> values = HashMap.newHashMap(size);
    for (int i = 0; i < size; i++) {
      values.put(text(), read.apply(this));
    }
    return values;
  }

  /** Fails when bytes are left over. */
  public void end() {
    if (position != bytes.length) {
      throw new UnreadableRowException((bytes.length - position) + " bytes are left over");
    }
  }
}
