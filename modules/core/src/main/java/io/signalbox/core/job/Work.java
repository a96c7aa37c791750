package io.signalbox.core.job;

import java.util.Map;

/**
 * What a run time is predicted from where there is no task.
 *
 * @param operation the kind of the task
 * @param version its version, may be empty
 * @param amount amount of work in the operation's own unit, greater than 0
 * @param givenSecondsByClass what the task's producer expects, by device class; may be empty
 */
public record Work(
    String operation, String version, double amount, Map<String, Double> givenSecondsByClass)
    implements Workload {
  public Work {
    if (!(amount > 0) || Double.isInfinite(amount)) {
      throw new IllegalArgumentException(
          "operation '" + operation + "': work must be > 0 and finite, is " + amount);
    }
    givenSecondsByClass = Map.copyOf(givenSecondsByClass);
    givenSecondsByClass.forEach((deviceClass, seconds) -> check(operation, deviceClass, seconds));
  }

  private static void check(String operation, String deviceClass, double seconds) {
    if (!(seconds > 0) || Double.isInfinite(seconds)) {
      throw new IllegalArgumentException(
          "operation '%s': the estimate for class '%s' must be > 0 and finite, is %s"
              .formatted(operation, deviceClass, seconds));
    }
  }
}
