package io.signalbox.events.serde;

import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;

/** Confluent's wire format: a zero byte, the schema's id in 4 bytes big-endian, the content. */
public final class WireFormat {
  /** The first byte of every record. */
  public static final byte MAGIC = 0;

  /** Bytes before the content. */
  public static final int HEADER_BYTES = 5;

  private WireFormat() {}

  /** Writes the header at the start of {@code bytes}. */
  static void writeHeader(byte[] bytes, int schemaId) {
    ByteBuffer.wrap(bytes).put(MAGIC).putInt(schemaId);
  }

  /**
   * The schema id of a record.
   *
   * @throws SerializationException when the record isn't in this format
   */
  public static int schemaId(byte[] bytes) {
    if (bytes.length > 0 && bytes[0] != MAGIC) {
      throw new SerializationException(
          String.format(
              "not in Confluent's wire format: first byte is 0x%02x, not 0x00", bytes[0]));
    }
    if (bytes.length < HEADER_BYTES) {
      throw new SerializationException(
          "not in Confluent's wire format: "
              + bytes.length
              + " bytes, but its header alone takes "
              + HEADER_BYTES);
    }
    return ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
  }
}
