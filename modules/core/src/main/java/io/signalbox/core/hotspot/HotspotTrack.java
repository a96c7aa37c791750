package io.signalbox.core.hotspot;

import org.jspecify.annotations.Nullable;

/**
 * Whether one operation is hot on one device class, judged window by window: hot as soon as its
 * frequency or its mean run time passes a threshold, and hot no more after several windows in a row
 * in which both stay clearly below. Windows without attempts leave no trace in its past, since an
 * operation that comes now and then would be hot whenever it comes.
 */
public final class HotspotTrack {
  private final History frequencies;
  private final History means;
  private boolean hot;
  private int calm;

  /** An operation of which nothing is known. */
  public HotspotTrack() {
    this(new Memory(false, 0, new double[0], new double[0]));
  }

  /** Goes on from what was stored. */
  public HotspotTrack(Memory memory) {
    hot = memory.hot();
    calm = memory.calm();
    frequencies = new History(memory.frequencies());
    means = new History(memory.means());
  }

  /**
   * What is to be stored.
   *
   * @param hot it is hot
   * @param calm calm windows in a row since it became hot
   * @param frequencies attempts a second of past windows, the oldest first
   * @param means mean run times in seconds of the same windows
   */
  @SuppressWarnings("ArrayRecordComponent") // Copied on the way in and out, never compared.
  public record Memory(boolean hot, int calm, double[] frequencies, double[] means) {}

  /** What is to be stored. */
  public Memory memory() {
    return new Memory(hot, calm, frequencies.values(), means.values());
  }

  /** True while it is hot. */
  public boolean hot() {
    return hot;
  }

  /** Takes in the next window; null when there is nothing to say: it isn't hot and wasn't. */
  public @Nullable HotspotNews judge(WindowStatistics window, HotspotSettings settings) {
    double frequencyLimit = settings.frequency().limit(frequencies, settings.leastHistory());
    double latencyLimit = settings.latency().limit(means, settings.leastHistory());
    HotspotNews.Change change =
        hot
            ? stays(
                window, settings.calmRatio(), settings.calmWindows(), frequencyLimit, latencyLimit)
            : enters(window, settings.leastCount(), frequencyLimit, latencyLimit);
    if (window.count() > 0) {
      frequencies.add(window.perSecond(), settings.historyWindows());
      means.add(window.meanSeconds(), settings.historyWindows());
    }
    return change == null ? null : new HotspotNews(change, frequencyLimit, latencyLimit);
  }

  private HotspotNews.@Nullable Change enters(
      WindowStatistics window, int leastCount, double frequencyLimit, double latencyLimit) {
    if (window.count() < leastCount
        || (window.perSecond() <= frequencyLimit && window.meanSeconds() <= latencyLimit)) {
      return null;
    }
    hot = true;
    calm = 0;
    return HotspotNews.Change.ENTERED;
  }

  private HotspotNews.Change stays(
      WindowStatistics window,
      double calmRatio,
      int calmWindows,
      double frequencyLimit,
      double latencyLimit) {
    boolean isCalm =
        window.perSecond() < calmRatio * frequencyLimit
            && window.meanSeconds() < calmRatio * latencyLimit;
    calm = isCalm ? calm + 1 : 0;
    if (calm < calmWindows) {
      return HotspotNews.Change.UPDATED;
    }
    hot = false;
    return HotspotNews.Change.CLEARED;
  }
}
