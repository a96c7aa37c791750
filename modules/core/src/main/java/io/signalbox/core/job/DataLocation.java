package io.signalbox.core.job;

import org.jspecify.annotations.Nullable;

/**
 * When a task's inputs can be on a device. Only the parent whose data takes longest matters, and,
 * on that parent's own device, the one that comes second.
 *
 * @param device device that holds the slowest input; null when the task has no parents
 * @param readyThere when the inputs are there on that device, in seconds since the epoch
 * @param readyElsewhere when they are there on any other device
 */
public record DataLocation(@Nullable String device, double readyThere, double readyElsewhere) {
  /** A task without inputs. */
  public static final DataLocation NONE =
      new DataLocation(null, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);

  /** When the inputs are there on the given device. */
  public double readyOn(String candidate) {
    return candidate.equals(device) ? readyThere : readyElsewhere;
  }

  /** Takes in one more parent's data, which is on {@code at} and elsewhere a transfer later. */
  public DataLocation with(String at, double finishedAt, double transferSeconds) {
    double moved = finishedAt + transferSeconds;
    if (at.equals(device)) {
      return new DataLocation(
          device, Math.max(readyThere, finishedAt), Math.max(readyElsewhere, moved));
    }
    if (moved > readyElsewhere) {
      // The former slowest input now has to be moved to the new one's device.
      return new DataLocation(at, Math.max(readyElsewhere, finishedAt), moved);
    }
    return new DataLocation(device, Math.max(readyThere, moved), readyElsewhere);
  }
}
