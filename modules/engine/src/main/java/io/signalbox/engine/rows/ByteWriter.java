package io.signalbox.engine.rows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the primitives of the row format: unsigned variable-length integers (7 bits a byte, lowest
 * first), big-endian doubles, strings and byte arrays behind their length.
 */
public final class ByteWriter {
  private byte[] bytes = new byte[128];
  private int size;

  /** What was written so far. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Writes a byte, 0 to 255. */
  public ByteWriter octet(int value) {
    room(1);
    bytes[size++] = (byte) value;
    return this;
  }

  /** Writes a truth value. */
  public ByteWriter flag(boolean value) {
    return octet(value ? 1 : 0);
  }

  /** Signed numbers are written zigzag, so that small negative ones stay small. */
  public ByteWriter number(long value) {
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7FL) != 0) {
      octet((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    return octet((int) rest);
  }

  /** Writes a floating-point number. */
  public ByteWriter real(double value) {
    long bits = Double.doubleToRawLongBits(value);
    for (int shift = 56; shift >= 0; shift -= 8) {
      octet((int) (bits >>> shift));
    }
    return this;
  }

  /** Writes bytes behind their length. */
  public ByteWriter blob(byte[] value) {
    number(value.length);
    room(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
    return this;
  }

  /** Writes a string behind its length, as UTF-8. */
  public ByteWriter text(String value) {
    return blob(value.getBytes(StandardCharsets.UTF_8));
  }

  /** A value that may be absent: a flag, then the value when it is there. */
  public <T> ByteWriter optional(@Nullable T value, BiConsumer<ByteWriter, T> write) {
    flag(value != null);
    if (value != null) {
      write.accept(this, value);
    }
    return this;
  }

  /** Writes elements behind their number. */
  public <T> ByteWriter list(Collection<T> values, BiConsumer<ByteWriter, T> write) {
    number(values.size());
    values.forEach(value -> write.accept(this, value));
    return this;
  }

  /** Entries in the order of their keys, so that equal maps give equal bytes. */
  public <T> ByteWriter map(Map<String, T> values, BiConsumer<ByteWriter, T> write) {
    number(values.size());
    new TreeMap<>(values)
        .forEach((key, value) -> {
          text(key);
          write.accept(this, value);
        });
    return this;
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
