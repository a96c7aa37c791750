package io.signalbox.core.explanation;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An unfinished task that another one waits for.
 *
 * @param task its id in the job
 * @param stage where it stands
 * @param device the device that it is on; empty when it is on none
 * @param finishesAt when it should be done, at the earliest when it isn't on a device, in seconds
 *     since the epoch; empty when that can't be told
 */
public record Parent(String task, Stage stage, Optional<String> device, OptionalDouble finishesAt) {

  /** Where a parent stands. */
  public enum Stage {
    /** Named as a parent, but not described by its producer yet. */
    UNDESCRIBED,
    /** Waits for parents of its own. */
    WAITING,
    /** Waits for a parent on the device that runs this one, and starts there right after it. */
    LINKED,
    /** Waits for a device. */
    READY,
    /** An attempt failed, the next one waits. */
    BACKING_OFF,
    /** Offered to a device. */
    OFFERED,
    /** Runs. */
    RUNNING
  }
}
