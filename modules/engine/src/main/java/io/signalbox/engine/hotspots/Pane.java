package io.signalbox.engine.hotspots;

import io.signalbox.engine.rows.ByteReader;
import io.signalbox.engine.rows.ByteWriter;
import io.signalbox.engine.rows.UnreadableRowException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;

/**
 * What one operation did on one class between two starts of windows. Windows overlap, panes don't:
 * an attempt is counted once, and a window is the sum of its panes (Li et al. 2005).
 *
 * @param key which operation
 * @param startMillis when it begins, in milliseconds since the epoch
 * @param runTimes what was counted
 */
public record Pane(OperationKey key, long startMillis, RunTimes runTimes) {
  private static final int FORMAT = 1;

  static Serde<Pane> serde() {
    return Serdes.serdeFrom(
        (topic, pane) -> pane == null ? null : pane.toBytes(),
        (topic, bytes) -> bytes == null ? null : of(bytes));
  }

  /** Where it is stored. */
  public Bytes storeKey() {
    ByteWriter out = new ByteWriter();
    key.write(out);
    return Bytes.wrap(out.number(startMillis).toByteArray());
  }

  /** What is stored. */
  public byte[] toBytes() {
    ByteWriter out = new ByteWriter().octet(FORMAT);
    key.write(out);
    out.number(startMillis);
    runTimes.write(out);
    return out.toByteArray();
  }

  static Pane of(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    int format = in.octet();
    if (format != FORMAT) {
      throw new UnreadableRowException("a pane of format " + format + ", known is " + FORMAT);
    }
    Pane pane = new Pane(OperationKey.read(in), in.number(), RunTimes.read(in));
    in.end();
    return pane;
  }
}
