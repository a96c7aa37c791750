package io.signalbox.engine.hotspots;

import io.signalbox.core.hotspot.HotspotTrack;
import io.signalbox.core.hotspot.WindowStatistics;
import io.signalbox.engine.rows.ByteReader;
import io.signalbox.engine.rows.ByteWriter;
import io.signalbox.engine.rows.UnreadableRowException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What is kept of an operation on a class: the panes of the window, and whether it is hot. */
final class OperationWindow {
  private static final int FORMAT = 1;

  private final NavigableMap<Long, RunTimes> panes = new TreeMap<>();
  private final HotspotTrack track;
  private long lastPaneMillis;

  OperationWindow() {
    this(new HotspotTrack(), Long.MIN_VALUE);
  }

  private OperationWindow(HotspotTrack track, long lastPaneMillis) {
    this.track = track;
    this.lastPaneMillis = lastPaneMillis;
  }

  HotspotTrack track() {
    return track;
  }

  void add(long startMillis, RunTimes runTimes) {
    panes.computeIfAbsent(startMillis, created -> new RunTimes()).merge(runTimes);
    lastPaneMillis = Math.max(lastPaneMillis, startMillis);
  }

  /** True when panes are kept. */
  boolean holdsPanes() {
    return !panes.isEmpty();
  }

  /** True when nothing is known of it since then. */
  boolean silentSince(long millis) {
    return panes.isEmpty() && lastPaneMillis < millis;
  }

  /** All attempts of the panes that begin in a span of time. */
  RunTimes sum(long fromMillis, long toMillis) {
    RunTimes sum = new RunTimes();
    panes.subMap(fromMillis, toMillis).values().forEach(sum::merge);
    return sum;
  }

  /** Forgets the panes that begin before that. */
  void forgetBefore(long millis) {
    panes.headMap(millis).clear();
  }

  /**
   * What the sum says.
   *
   * @param all of all operations of the pool
   */
  static WindowStatistics statistics(RunTimes sum, double windowSeconds, RunTimes all) {
    return new WindowStatistics(
        sum.count(),
        sum.count() / windowSeconds,
        sum.mean(),
        sum.quantile(0.5),
        sum.quantile(0.95),
        sum.quantile(0.99),
        all.seconds() > 0 ? Math.min(1, sum.seconds() / all.seconds()) : 0,
        all.count() > 0 ? (double) sum.count() / all.count() : 0);
  }

  byte[] toBytes() {
    HotspotTrack.Memory memory = track.memory();
    ByteWriter out = new ByteWriter().octet(FORMAT).number(lastPaneMillis);
    out.flag(memory.hot()).number(memory.calm());
    write(out, memory.frequencies());
    write(out, memory.means());
    out.list(
        panes.entrySet(),
        (each, pane) -> {
          each.number(pane.getKey());
          pane.getValue().write(each);
        });
    return out.toByteArray();
  }

  private static void write(ByteWriter out, double[] values) {
    out.number(values.length);
    for (double value : values) {
      out.real(value);
    }
  }

  static OperationWindow of(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    int format = in.octet();
    if (format != FORMAT) {
      throw new UnreadableRowException("a window of format " + format + ", known is " + FORMAT);
    }
    long last = in.number();
    HotspotTrack.Memory memory =
        new HotspotTrack.Memory(in.flag(), in.integer(), values(in), values(in));
    OperationWindow window = new OperationWindow(new HotspotTrack(memory), last);
    in.list(each -> Map.entry(each.number(), RunTimes.read(each)))
        .forEach(pane -> window.panes.put(pane.getKey(), pane.getValue()));
    in.end();
    return window;
  }

  private static double[] values(ByteReader in) {
    double[] values = new double[in.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.real();
    }
    return values;
  }
}
