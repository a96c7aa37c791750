package io.signalbox.engine.translate;

import io.signalbox.core.device.DeviceReport;
import io.signalbox.core.device.Link;
import io.signalbox.core.device.Vitals;
import io.signalbox.core.job.AttemptRef;
import io.signalbox.core.pool.PoolSettings;
import io.signalbox.events.DeviceState;
import io.signalbox.events.DeviceTelemetry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Heartbeats from Avro. */
final class DeviceReports {
  private static final int MOST = 1_024;
  private static final int MOST_WARM = 64;
  private static final int MOST_CHARACTERS = 200;
  private static final double MILLIS = 1e3;

  private DeviceReports() {}

  static DeviceReport read(DeviceTelemetry telemetry, Lanes lanes) {
    within("slots", telemetry.getSlots(), 1);
    within("prefetch", telemetry.getPrefetch(), 0);
    within("linkedOffers", telemetry.getLinkedOffers(), 0);
    List<DeviceReport.Held> held =
        telemetry.getHeld().stream()
            .map(each ->
                new DeviceReport.Held(
                    new AttemptRef(each.getJob(), each.getTaskId(), each.getAttempt()),
                    each.getRunning()))
            .toList();
    return new DeviceReport(
        telemetry.getDeviceId(),
        telemetry.getDeviceClass(),
        telemetry.getIncarnation(),
        telemetry.getSequence(),
        state(telemetry.getState()),
        lanes.existing(telemetry.getDeviceClass(), telemetry.getLanes()),
        telemetry.getSlots(),
        telemetry.getPrefetch(),
        telemetry.getLinkedOffers(),
        held,
        Math.max(0, telemetry.getMemoryTotalBytes()),
        finite(telemetry.getBandwidthBytesPerSecond()),
        finite(telemetry.getLinkLatencyMillis()) / MILLIS,
        Math.min(1, finite(telemetry.getLoad())),
        telemetry.getHealthy(),
        warm(telemetry.getWarmModels()),
        telemetry.getZone(),
        labels(telemetry),
        links(telemetry),
        vitals(telemetry));
  }

  private static Vitals vitals(DeviceTelemetry telemetry) {
    long total = telemetry.getMemoryTotalBytes();
    long free = Math.clamp(telemetry.getMemoryFreeBytes(), 0, Math.max(0, total));
    Double latencyMillis = measured(telemetry.getIoLatencyMillis());
    return new Vitals(
        total > 0 ? (Long) free : null,
        latencyMillis == null ? null : (Double) (latencyMillis / MILLIS),
        measured(telemetry.getPowerWatts()));
  }

  private static @Nullable Double measured(@Nullable Double figure) {
    return figure != null && figure >= 0 && figure < Double.POSITIVE_INFINITY ? figure : null;
  }

  /** What is too long, or one too many, can't be required either. */
  private static Map<String, String> labels(DeviceTelemetry telemetry) {
    Map<String, String> labels = new TreeMap<>();
    new TreeMap<>(telemetry.getLabels())
        .forEach((name, value) -> {
          boolean fits = name.length() <= MOST_CHARACTERS && value.length() <= MOST_CHARACTERS;
          if (fits && labels.size() < PoolSettings.Limits.LABELS) {
            labels.put(name, value);
          }
        });
    return labels;
  }

  private static List<Link> links(DeviceTelemetry telemetry) {
    return telemetry.getLinks().stream()
        .filter(link -> !link.getZone().isEmpty() && link.getZone().length() <= MOST_CHARACTERS)
        .limit(MOST_WARM)
        .map(link ->
            new Link(
                link.getZone(),
                finite(link.getLatencyMillis()) / MILLIS,
                finite(link.getBandwidthBytesPerSecond())))
        .toList();
  }

  /** The first ones, since what is kept of a device is bounded. */
  private static Set<String> warm(List<String> models) {
    return models.stream().limit(MOST_WARM).collect(Collectors.toUnmodifiableSet());
  }

  private static DeviceReport.State state(DeviceState state) {
    return switch (state) {
      case ACTIVE -> DeviceReport.State.ACTIVE;
      case DRAINING -> DeviceReport.State.DRAINING;
      case STOPPED -> DeviceReport.State.STOPPED;
    };
  }

  private static void within(String field, int value, int least) {
    if (value < least || value > MOST) {
      throw new UnusableRecordException(
          field + " of a device must be " + least + " to " + MOST + ", is " + value);
    }
  }

  /** What can't be measured counts as unknown. */
  private static double finite(double value) {
    return value > 0 && value < Double.POSITIVE_INFINITY ? value : 0;
  }
}
