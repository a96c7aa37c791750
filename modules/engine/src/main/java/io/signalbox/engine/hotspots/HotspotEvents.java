package io.signalbox.engine.hotspots;

import io.signalbox.core.hotspot.HotspotNews;
import io.signalbox.core.hotspot.WindowStatistics;
import io.signalbox.events.HotspotEvent;
import io.signalbox.events.HotspotEventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Puts news of hot operations into the words of the topic. */
final class HotspotEvents {
  private static final double MICROS = 1e6;

  private HotspotEvents() {}

  static HotspotEvent write(
      OperationKey key,
      long endMillis,
      double windowSeconds,
      WindowStatistics window,
      HotspotNews news) {
    return HotspotEvent.newBuilder()
        .setPool(key.pool())
        .setOperation(key.operation())
        .setDeviceClass(key.deviceClass())
        .setType(type(news.change()))
        .setWindowStart(Instant.ofEpochMilli(endMillis - Math.round(windowSeconds * 1e3)))
        .setWindowEnd(Instant.ofEpochMilli(endMillis))
        .setCount(window.count())
        .setPerSecond(window.perSecond())
        .setMeanMicros(window.meanSeconds() * MICROS)
        .setP50Micros(window.p50Seconds() * MICROS)
        .setP95Micros(window.p95Seconds() * MICROS)
        .setP99Micros(window.p99Seconds() * MICROS)
        .setShare(window.share())
        .setCountShare(window.countShare())
        .setLimitPerSecond(finite(news.frequencyLimit()))
        .setLimitMeanMicros(finite(news.latencyLimit() * MICROS))
        .build();
  }

  private static @Nullable Double finite(double limit) {
    return Double.isFinite(limit) ? limit : null;
  }

  private static HotspotEventType type(HotspotNews.Change change) {
    return switch (change) {
      case ENTERED -> HotspotEventType.ENTERED;
      case UPDATED -> HotspotEventType.UPDATED;
      case CLEARED -> HotspotEventType.CLEARED;
    };
  }
}
