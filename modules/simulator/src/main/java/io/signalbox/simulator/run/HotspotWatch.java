package io.signalbox.simulator.run;

import io.signalbox.core.hotspot.HotOperation;
import io.signalbox.core.hotspot.HotspotNews;
import io.signalbox.core.hotspot.HotspotSettings;
import io.signalbox.core.hotspot.HotspotTrack;
import io.signalbox.core.hotspot.KnownOperations;
import io.signalbox.core.hotspot.WindowStatistics;
import io.signalbox.core.pool.Input;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Watches operations in virtual time and says when they are hot, as the engine's topology does: in
 * windows that are sums of panes, judged by {@link HotspotTrack} as each pane ends. What the engine
 * needs beyond that, since traces come late and in any order, isn't needed here.
 */
final class HotspotWatch {
  private final HotspotSettings settings;
  private final int panes;
  private final KnownOperations known;
  private final Map<Place, Watched> operations = new TreeMap<>();
  private int pane;

  private record Place(String operation, String deviceClass) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byOperation = operation.compareTo(other.operation);
      return byOperation != 0 ? byOperation : deviceClass.compareTo(other.deviceClass);
    }
  }

  /** Attempts by pane, a ring as long as the window. */
  private static final class Watched {
    private final long[] counts;
    private final double[] seconds;
    private final HotspotTrack track = new HotspotTrack();

    private Watched(int panes) {
      counts = new long[panes];
      seconds = new double[panes];
    }

    private long count() {
      long sum = 0;
      for (long each : counts) {
        sum += each;
      }
      return sum;
    }

    private double seconds() {
      double sum = 0;
      for (double each : seconds) {
        sum += each;
      }
      return sum;
    }
  }

  HotspotWatch(HotspotSettings settings) {
    this.settings = settings;
    this.panes = (int) Math.round(settings.windowSeconds() / settings.advanceSeconds());
    this.known = new KnownOperations(settings.mostOperations());
  }

  /** An attempt has ended. */
  void ended(String operation, String deviceClass, double runSeconds) {
    Place place = new Place(known.nameFor(operation), deviceClass);
    Watched watched = operations.computeIfAbsent(place, created -> new Watched(panes));
    watched.counts[pane % panes]++;
    watched.seconds[pane % panes] += runSeconds;
  }

  /** When the next window ends. */
  double nextDue() {
    return (pane + 1) * settings.advanceSeconds();
  }

  /** Judges the windows that have ended by now. */
  void judge(double now, Consumer<Input> pool) {
    while (nextDue() <= now) {
      long count = 0;
      double seconds = 0;
      for (Watched each : operations.values()) {
        count += each.count();
        seconds += each.seconds();
      }
      judge(count, seconds, pool);
      pane++;
      operations
          .values()
          .forEach(each -> {
            each.counts[pane % panes] = 0;
            each.seconds[pane % panes] = 0;
          });
    }
  }

  private void judge(long count, double seconds, Consumer<Input> pool) {
    operations.forEach((place, each) -> {
      WindowStatistics window = statistics(each, count, seconds);
      HotspotNews news = each.track.judge(window, settings);
      if (news != null) {
        pool.accept(
            new Input.HotspotChanged(
                news.change(),
                new HotOperation(
                    place.operation(),
                    place.deviceClass(),
                    window.share(),
                    window.countShare(),
                    window.perSecond(),
                    window.meanSeconds(),
                    nextDue())));
      }
    });
  }

  /** Nobody asks for quantiles here. */
  private WindowStatistics statistics(Watched each, long allCount, double allSeconds) {
    long count = each.count();
    double seconds = each.seconds();
    return new WindowStatistics(
        count,
        count / settings.windowSeconds(),
        count == 0 ? 0 : seconds / count,
        0,
        0,
        0,
        allSeconds > 0 ? Math.min(1, seconds / allSeconds) : 0,
        allCount > 0 ? (double) count / allCount : 0);
  }
}
