package io.signalbox.core.placement;

import java.util.List;

/**
 * A queued task's prospects.
 *
 * @param policy name of the policy
 * @param before tasks that come before it and compete for its devices; {@link #MOST_COUNTED} stands
 *     for that many or more
 * @param classes the classes that it may run on, in the order of the settings
 * @param reasons why it isn't placed, the one that matters first; never empty
 */
public record QueueState(
    String policy, int before, List<ClassState> classes, List<WaitReason> reasons) {
  /** Tasks before another are counted up to here. */
  public static final int MOST_COUNTED = 100_000;

  public QueueState {
    classes = List.copyOf(classes);
    reasons = List.copyOf(reasons);
    if (reasons.isEmpty()) {
      throw new IllegalArgumentException("a task that waits has a reason");
    }
  }
}
