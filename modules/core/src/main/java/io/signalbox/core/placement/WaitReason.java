package io.signalbox.core.placement;

import io.signalbox.core.job.TaskRef;
import java.util.Map;

/** Why a policy hasn't placed a task that is ready. */
public sealed interface WaitReason {
  /** No device of the classes that it may run on can run it: there is none, or none takes work. */
  record NoDevice() implements WaitReason {}

  /**
   * No device of the classes that it may run on has all the labels that it requires.
   *
   * @param required the labels
   * @param missing those that no device has
   */
  record LabelsUnmet(Map<String, String> required, Map<String, String> missing)
      implements WaitReason {
    public LabelsUnmet {
      required = Map.copyOf(required);
      missing = Map.copyOf(missing);
    }
  }

  /**
   * Every device that can run it is full.
   *
   * @param first the one that should be free first
   */
  record DevicesFull(Candidate first) implements WaitReason {}

  /**
   * A busy device should finish it sooner than any free one; a slot there is reserved for it.
   *
   * @param device that device, and the times that are reserved
   */
  record Reserved(Candidate device) implements WaitReason {}

  /**
   * It was bound to a device as soon as it was ready and waits for its turn there.
   *
   * @param device id of the device
   * @param before tasks that are bound to the device and come before it
   */
  record Bound(String device, int before) implements WaitReason {}

  /**
   * A schedule that was made beforehand gives it a place behind other tasks.
   *
   * @param device id of the scheduled device
   * @param next the task whose turn it is there; it may be running already
   * @param before tasks of the schedule that start on the same slot before it
   */
  record Scheduled(String device, TaskRef next, int before) implements WaitReason {}

  /**
   * Devices are free, but the policy looks at the first tasks of the queue only.
   *
   * @param tasks how many it looks at
   */
  record OutOfSight(long tasks) implements WaitReason {}

  /**
   * Its tenant has had more than its share, and others are served first.
   *
   * @param tenant the tenant
   * @param seconds by how much its virtual time is ahead of what is allowed
   */
  record TenantAhead(String tenant, double seconds) implements WaitReason {}

  /**
   * Slots of the class that it is meant for are kept for hot operations, and others hold the rest.
   *
   * @param deviceClass the class
   * @param slots slots of the class
   * @param kept how many of them are kept on account of which hot operation
   */
  record KeptForHot(String deviceClass, int slots, Map<String, Integer> kept)
      implements WaitReason {
    public KeptForHot {
      kept = Map.copyOf(kept);
    }
  }

  /** Nothing stands in its way; it is placed when the policy looks at the queue next. */
  record NextLook() implements WaitReason {}
}
