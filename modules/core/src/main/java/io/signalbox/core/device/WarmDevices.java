package io.signalbox.core.device;

import io.signalbox.core.job.TaskKind;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The devices of a class by the operations that they need no warm-up for. */
final class WarmDevices {
  /** That many are looked at for one of them, so that a look takes constant time. */
  private static final int MOST_LOOKS = 32;

  private final Map<String, Set<Device>> byOperation = new HashMap<>();

  /** Brings up to date what the device is listed under. */
  void settle(Device device) {
    Set<String> warm = device.warmOperations();
    // Mostly it is the same object, so that this costs nothing.
    if (!device.listedAs.equals(warm)) {
      remove(device);
      for (String operation : warm) {
        byOperation.computeIfAbsent(operation, key -> new LinkedHashSet<>()).add(device);
      }
      device.listedAs = warm;
    }
  }

  /** Lists the device no more. */
  void remove(Device device) {
    for (String operation : device.listedAs) {
      Set<Device> listed = byOperation.get(operation);
      if (listed != null && listed.remove(device) && listed.isEmpty()) {
        byOperation.remove(operation);
      }
    }
    device.listedAs = Set.of();
  }

  /**
   * A device that takes work, that the task fits on and that is warm: a free one if one is found,
   * else the one that is free first of those that were looked at; null when there is none.
   */
  @Nullable Device first(TaskKind kind, Iterable<Device> free) {
    Set<Device> listed = byOperation.get(kind.operation());
    if (listed == null) {
      return null;
    }
    Device best = first(listed, kind);
    if (listed.size() <= MOST_LOOKS || (best != null && best.free())) {
      return best;
    }
    Device among = first(free, kind);
    return among == null ? best : among;
  }

  private static @Nullable Device first(Iterable<Device> devices, TaskKind kind) {
    Device best = null;
    int looks = 0;
    for (Device device : devices) {
      if (++looks > MOST_LOOKS) {
        break;
      }
      boolean fits = device.willing() && device.fits(kind) && device.isWarmFor(kind.operation());
      if (fits && device.free()) {
        return device;
      }
      if (fits && (best == null || device.availableAt() < best.availableAt())) {
        best = device;
      }
    }
    return best;
  }
}
