package io.signalbox.engine.hotspots;

import io.signalbox.engine.rows.ByteReader;
import io.signalbox.engine.rows.ByteWriter;
import java.util.Comparator;
import org.apache.kafka.common.utils.Bytes;

/**
 * An operation of a pool on one class of devices.
 *
 * @param pool the pool
 * @param operation the operation
 * @param deviceClass the class
 */
public record OperationKey(String pool, String operation, String deviceClass)
    implements Comparable<OperationKey> {
  private static final Comparator<OperationKey> ORDER =
      Comparator.comparing(OperationKey::pool)
          .thenComparing(OperationKey::operation)
          .thenComparing(OperationKey::deviceClass);

  void write(ByteWriter out) {
    out.text(pool).text(operation).text(deviceClass);
  }

  Bytes storeKey() {
    ByteWriter out = new ByteWriter();
    write(out);
    return Bytes.wrap(out.toByteArray());
  }

  @Override
  public int compareTo(OperationKey other) {
    return ORDER.compare(this, other);
  }

  static OperationKey read(ByteReader in) {
    return new OperationKey(in.text(), in.text(), in.text());
  }
}
