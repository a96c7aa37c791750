package io.signalbox.core.pool;

import io.signalbox.core.device.DeviceClass;
import io.signalbox.core.placement.PlacementSettings;
import java.util.List;

/**
 * What governs a pool. Durations are seconds.
 *
 * @param deviceClasses the classes it serves
 * @param offerSeconds how long a worker has to start an offer that needs no waiting
 * @param clockSkewSeconds margin after an offer's end before it is made again
 * @param leaseSeconds a device silent for longer loses its attempts
 * @param maxAttempts attempts that may fail or be lost before a task fails, when the task says
 *     nothing
 * @param backoffSeconds wait before the second attempt; doubles with each further one
 * @param maxBackoffSeconds the longest wait
 * @param endedJobSeconds how long an ended job is remembered
 * @param linkedOffers most tasks linked behind an attempt, one behind the other; 0 links none
 * @param limits what a submission and the pool may not exceed
 * @param placement what places tasks, and how
 * @param speculation whether stragglers get second copies
 */
public record PoolSettings(
    List<DeviceClass> deviceClasses,
    double offerSeconds,
    double clockSkewSeconds,
    double leaseSeconds,
    int maxAttempts,
    double backoffSeconds,
    double maxBackoffSeconds,
    double endedJobSeconds,
    int linkedOffers,
    Limits limits,
    PlacementSettings placement,
    Speculation speculation) {
  public PoolSettings {
    deviceClasses = List.copyOf(deviceClasses);
    positive("offerSeconds", offerSeconds);
    positive("leaseSeconds", leaseSeconds);
    positive("endedJobSeconds", endedJobSeconds);
    notNegative("clockSkewSeconds", clockSkewSeconds);
    notNegative("backoffSeconds", backoffSeconds);
    notNegative("maxBackoffSeconds", maxBackoffSeconds);
    if (linkedOffers < 0 || linkedOffers > 1_024) {
      throw new IllegalArgumentException("linkedOffers must be 0 to 1024, is " + linkedOffers);
    }
    if (maxAttempts < 1 || maxAttempts > limits.attempts()) {
      throw new IllegalArgumentException("maxAttempts must be 1 to " + limits.attempts());
    }
  }

  /** The defaults, for the given classes. */
  public static PoolSettings of(List<DeviceClass> deviceClasses) {
    return new PoolSettings(
        deviceClasses,
        5,
        1,
        3,
        3,
        1,
        60,
        86_400,
        16,
        Limits.DEFAULT,
        PlacementSettings.DEFAULT,
        Speculation.DEFAULT);
  }

  private static void positive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " must be > 0 and finite, is " + value);
    }
  }

  private static void notNegative(String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " must be >= 0 and finite, is " + value);
    }
  }

  /**
   * Whether attempts that take too long get a second copy on another device.
   *
   * @param enabled they do
   * @param share copies that may be live at once as a share of the devices that take work, 0 to 1;
   *     with two devices or more, one copy is always allowed
   */
  public record Speculation(boolean enabled, double share) {
    /** The default. */
    public static final Speculation DEFAULT = new Speculation(true, 0.05);

    /** No copies. */
    public static final Speculation OFF = new Speculation(false, 0);

    public Speculation {
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException("the share of copies must be 0 to 1, is " + share);
      }
    }

    int copies(int devices) {
      return devices < 2 ? 0 : Math.max(1, (int) (share * devices));
    }
  }

  /**
   * What a submission and a pool may not exceed.
   *
   * @param tasksPerJob tasks in one job
   * @param tasksPerRecord tasks in one record
   * @param dependenciesPerTask parents of one task
   * @param inlineBytes inline payload or result
   * @param nameCharacters length of an id or a name
   * @param liveTasks unfinished tasks of the pool
   * @param attempts attempts a task may ask for
   * @param devices devices that the pool knows, silent ones included
   */
  public record Limits(
      int tasksPerJob,
      int tasksPerRecord,
      int dependenciesPerTask,
      int inlineBytes,
      int nameCharacters,
      int liveTasks,
      int attempts,
      int devices) {
    /** Labels of a device, and labels that a task may require, and prefer. */
    public static final int LABELS = 32;

    /** The documented limits. */
    public static final Limits DEFAULT =
        new Limits(1_000_000, 1_000, 10_000, 65_536, 200, 2_000_000, 10, 20_000);
  }
}
