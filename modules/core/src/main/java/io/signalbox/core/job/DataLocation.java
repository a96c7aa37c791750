package io.signalbox.core.job;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When a task's inputs can be on a device. Only the parent whose data takes longest matters, and,
 * on that parent's own device, the one that comes second. Where zones lie apart, when the inputs
 * can be on a device depends on its zone.
 *
 * @param device device that holds the slowest input; null when the task has no parents
 * @param readyThere when the inputs are there on that device, in seconds since the epoch
 * @param readyElsewhere when they are there on any other device
 * @param byZone when they are there on any other device of a zone; of zones that aren't named
 *     {@code readyElsewhere} holds
 */
public record DataLocation(
    @Nullable String device, double readyThere, double readyElsewhere, Map<String, Double> byZone) {
  /** A task without inputs. */
  public static final DataLocation NONE =
      new DataLocation(null, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);

  public DataLocation {
    byZone = Map.copyOf(byZone);
  }

  /** Where all zones are alike. */
  public DataLocation(@Nullable String device, double readyThere, double readyElsewhere) {
    this(device, readyThere, readyElsewhere, Map.of());
  }

  /** When the inputs are there on the given device, which stands in a zone. */
  public double readyOn(String candidate, String zone) {
    if (candidate.equals(device)) {
      return readyThere;
    }
    return byZone.isEmpty() ? readyElsewhere : byZone.getOrDefault(zone, readyElsewhere);
  }

  /** Takes in one more parent's data, which is on {@code at} and elsewhere a transfer later. */
  public DataLocation with(String at, double finishedAt, double transferSeconds) {
    double moved = finishedAt + transferSeconds;
    if (at.equals(device)) {
      return new DataLocation(
          device, Math.max(readyThere, finishedAt), Math.max(readyElsewhere, moved), byZone);
    }
    if (moved > readyElsewhere) {
      // The former slowest input now has to be moved to the new one's device.
      return new DataLocation(at, Math.max(readyElsewhere, finishedAt), moved, byZone);
    }
    return new DataLocation(device, Math.max(readyThere, moved), readyElsewhere, byZone);
  }

  /** The same, but that it depends on the zone when the inputs can be there. */
  public DataLocation in(Map<String, Double> zones) {
    return new DataLocation(device, readyThere, readyElsewhere, zones);
  }
}
