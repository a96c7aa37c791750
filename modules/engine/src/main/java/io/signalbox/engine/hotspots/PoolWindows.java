package io.signalbox.engine.hotspots;

import io.signalbox.core.hotspot.HotspotNews;
import io.signalbox.core.hotspot.HotspotSettings;
import io.signalbox.core.hotspot.KnownOperations;
import io.signalbox.core.hotspot.WindowStatistics;
import io.signalbox.engine.board.HotspotBoard;
import io.signalbox.engine.board.HotspotBoard.OperationView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** The operations of one pool, judged window by window. */
final class PoolWindows {
  private final HotspotSettings settings;
  private final HotspotBoard board;
  private final long windowMillis;
  private final long advanceMillis;
  private final long retentionMillis;
  private final Map<OperationKey, OperationWindow> windows = new TreeMap<>();
  private final KnownOperations operations;
  private long judgedMillis = Long.MIN_VALUE;

  PoolWindows(HotspotSettings settings, HotspotBoard board) {
    this.settings = settings;
    this.board = board;
    this.operations = new KnownOperations(settings.mostOperations());
    windowMillis = Math.round(settings.windowSeconds() * 1e3);
    advanceMillis = Math.round(settings.advanceSeconds() * 1e3);
    retentionMillis = Math.round(settings.retentionSeconds() * 1e3);
  }

  /** Takes what one window changes. */
  interface Changes {
    /** An operation is other than it was stored. */
    void changed(OperationKey key, OperationWindow window);

    /** Nothing is known of an operation any more. */
    void forgotten(OperationKey key);

    /** An operation is hot, or isn't any more. */
    void news(OperationKey key, long endMillis, WindowStatistics window, HotspotNews news);
  }

  void restore(OperationKey key, OperationWindow window) {
    operations.nameFor(key.operation());
    windows.put(key, window);
  }

  /** Adds a pane; one of a window that was judged before counts in those to come. */
  void add(Pane pane, Changes changes) {
    OperationKey key = pane.key();
    String name = operations.nameFor(key.operation());
    if (!name.equals(key.operation())) {
      board.countPooled();
      key = new OperationKey(key.pool(), name, key.deviceClass());
    }
    OperationWindow window = windows.computeIfAbsent(key, created -> new OperationWindow());
    window.add(pane.startMillis(), pane.runTimes());
    changes.changed(key, window);
  }

  /** Judges the window that ends then, unless it was judged already. */
  List<OperationView> judge(long endMillis, Changes changes) {
    judgedMillis = endMillis;
    Map<OperationKey, RunTimes> sums = new LinkedHashMap<>();
    RunTimes total = new RunTimes();
    for (Map.Entry<OperationKey, OperationWindow> each : windows.entrySet()) {
      RunTimes sum = each.getValue().sum(endMillis - windowMillis, endMillis);
      sums.put(each.getKey(), sum);
      total.merge(sum);
    }
    List<OperationView> views = new ArrayList<>();
    for (Map.Entry<OperationKey, RunTimes> each : sums.entrySet()) {
      WindowStatistics statistics =
          OperationWindow.statistics(each.getValue(), settings.windowSeconds(), total);
      judge(each.getKey(), endMillis, statistics, views, changes);
    }
    forget(endMillis, changes);
    return views;
  }

  boolean judged(long endMillis) {
    return endMillis <= judgedMillis;
  }

  private void judge(
      OperationKey key,
      long endMillis,
      WindowStatistics statistics,
      List<OperationView> views,
      Changes changes) {
    OperationWindow window = Objects.requireNonNull(windows.get(key));
    boolean held = window.holdsPanes();
    HotspotNews news = window.track().judge(statistics, settings);
    window.forgetBefore(endMillis + advanceMillis - windowMillis);
    if (held || news != null) {
      changes.changed(key, window);
    }
    if (news != null) {
      changes.news(key, endMillis, statistics, news);
    }
    if (statistics.count() > 0 || window.track().hot()) {
      views.add(
          new OperationView(
              key.operation(),
              key.deviceClass(),
              endMillis / 1e3,
              statistics,
              window.track().hot()));
    }
  }

  private void forget(long endMillis, Changes changes) {
    boolean fewer =
        windows
            .entrySet()
            .removeIf(each -> {
              OperationWindow window = each.getValue();
              boolean over =
                  !window.track().hot() && window.silentSince(endMillis - retentionMillis);
              if (over) {
                changes.forgotten(each.getKey());
              }
              return over;
            });
    if (fewer) {
      Set<String> needed = new HashSet<>();
      windows.keySet().forEach(key -> needed.add(key.operation()));
      operations.retain(needed);
    }
  }

  boolean isEmpty() {
    return windows.isEmpty();
  }
}
