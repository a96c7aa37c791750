package io.signalbox.core.tuning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Watches the devices of one pool and says which of them, and when, should have their tasks placed
 * anew. It never thrashes: a device isn't named for the same reason again before a cool-down, and a
 * pool gets no more orders a minute than its budget, those about health first. Deterministic, in
 * memory only: after a restart it takes a window to know again what it knew.
 */
public final class PoolWatch {
  private static final double MINUTE = 60;

  /** Devices that are silent for longer are no longer watched; their leases ended long ago. */
  private static final double FORGOTTEN_SECONDS = 60;

  /** Devices beyond that aren't watched; a pool doesn't know as many. */
  private static final int MOST_DEVICES = 100_000;

  private final TuningSettings settings;
  private final Map<String, WatchedDevice> devices = new TreeMap<>();
  private final Crowding crowding = new Crowding();
  private double crowdedAt = Double.NEGATIVE_INFINITY;
  private double minuteStart = Double.NEGATIVE_INFINITY;
  private int ordersLeft;

  /** A pool without devices. */
  public PoolWatch(TuningSettings settings) {
    this.settings = settings;
  }

  /** A heartbeat came. */
  public void seen(Sighting sighting, double now) {
    WatchedDevice known = devices.get(sighting.device());
    if (known == null && devices.size() >= MOST_DEVICES) {
      return;
    }
    if (known == null || !known.last().deviceClass().equals(sighting.deviceClass())) {
      known = new WatchedDevice(sighting, settings.windowSeconds());
      devices.put(sighting.device(), known);
    }
    known.seen(sighting, settings.of(sighting.deviceClass()).occupancy(), now);
  }

  /** An attempt ended on a device after so many seconds. */
  public void ended(String device, double seconds, double now) {
    WatchedDevice known = devices.get(device);
    if (known != null && seconds >= 0 && seconds < Double.POSITIVE_INFINITY) {
      known.ended(seconds, now);
    }
  }

  /** True when no device is watched any more. */
  public boolean isEmpty() {
    return devices.isEmpty();
  }

  /** What the pool should be told now. Call it about once a second. */
  public List<Reschedule> check(double now) {
    devices.values().removeIf(device -> now - device.heardAt() > FORGOTTEN_SECONDS);
    Map<String, Double> responses = responsesOfClasses(now);
    List<Reschedule> orders = new ArrayList<>();
    for (WatchedDevice device : devices.values()) {
      String name = device.last().deviceClass();
      double response = responses.getOrDefault(name, Double.POSITIVE_INFINITY);
      Reschedule order = device.passed(settings.of(name), settings, response, now);
      if (order != null) {
        orders.add(order);
      }
    }
    Reschedule crowded = crowded(now);
    if (crowded != null) {
      orders.add(crowded);
    }
    return withinBudget(orders, now);
  }

  /**
   * The median of the devices' mean run times, the lower one of two: the slow device of a pair is
   * the slow one. A class of which only one device is known has no median.
   */
  private Map<String, Double> responsesOfClasses(double now) {
    Map<String, List<Double>> known = new HashMap<>();
    for (WatchedDevice device : devices.values()) {
      double response = device.response(settings.leastCount(), now);
      if (!Double.isNaN(response)) {
        known
            .computeIfAbsent(device.last().deviceClass(), created -> new ArrayList<>())
            .add(response);
      }
    }
    Map<String, Double> medians = new HashMap<>();
    known.forEach((name, responses) -> {
      if (responses.size() > 1) {
        double[] sorted = responses.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        medians.put(name, sorted[(sorted.length - 1) / 2]);
      }
    });
    return medians;
  }

  /** All slots of the pool as one. */
  private @Nullable Reschedule crowded(double now) {
    Thresholds thresholds = settings.thresholds();
    double slots = 0;
    double running = 0;
    for (WatchedDevice device : devices.values()) {
      if (device.last().active()) {
        slots += device.last().slots();
        running += device.last().running();
      }
    }
    double occupancy = slots == 0 ? 0 : running / slots;
    crowding.seen(occupancy, thresholds.occupancy(), now);
    return crowding.sustained(thresholds.sustainedSeconds(), now)
            && now - crowdedAt >= settings.coolDownSeconds()
        ? new Reschedule("", Reschedule.Trigger.OCCUPANCY, occupancy, thresholds.occupancy(), 0)
        : null;
  }

  private List<Reschedule> withinBudget(List<Reschedule> orders, double now) {
    if (now - minuteStart >= MINUTE) {
      minuteStart = now;
      ordersLeft = settings.budgetPerMinute();
    }
    orders.sort((left, right) -> left.trigger().compareTo(right.trigger()));
    List<Reschedule> given = orders.subList(0, Math.min(ordersLeft, orders.size()));
    ordersLeft -= given.size();
    for (Reschedule order : given) {
      WatchedDevice device = devices.get(order.device());
      if (device == null) {
        crowdedAt = now;
      } else {
        device.named(order.trigger(), now);
      }
    }
    return List.copyOf(given);
  }
}
