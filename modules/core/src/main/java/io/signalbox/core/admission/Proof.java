package io.signalbox.core.admission;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a test of a job's deadline against the fleet found. Times are seconds since the epoch.
 *
 * @param verdict what follows from it
 * @param method how it was found
 * @param testedAt when it was tested
 * @param deadline the deadline that was tested
 * @param predictedFinish when the job should be done; by the typed bound, the latest time. Null
 *     when no device can run some task
 * @param earliestFeasibleDeadline the earliest deadline that would have been accepted; null when
 *     none would
 * @param bottleneckClass the class with the most work for its slots; null when there is none
 * @param missingDevices how many more slots of that class would do, as far as slots help: ⌈work /
 *     (time to the deadline − longest path)⌉ − slots; 0 when the job is in time or slots can't help
 * @param harmed a job admitted before that this one would make late; null when there is none
 * @param adjustments what was changed about the job before this answer; empty when it was tested as
 *     submitted
 */
public record Proof(
    Verdict verdict,
    Method method,
    double testedAt,
    double deadline,
    @Nullable Double predictedFinish,
    @Nullable Double earliestFeasibleDeadline,
    @Nullable String bottleneckClass,
    int missingDevices,
    @Nullable String harmed,
    List<Adjustment> adjustments) {
  public Proof {
    adjustments = List.copyOf(adjustments);
  }

  /** What follows from a test. */
  public enum Verdict {
    /** The job should be in time. */
    ACCEPTED,
    /** It can't be, or probably won't, and its admission is enforced. */
    REJECTED,
    /** So it is, but it runs. */
    AT_RISK
  }

  /** How an answer was found, the surest first. */
  public enum Method {
    /** No schedule on this fleet can be in time. */
    LOWER_BOUND,
    /** Every schedule that leaves no fitting slot idle is in time; see {@link TypedBound}. */
    TYPED_BOUND,
    /** Neither is certain; dispatch was simulated; see {@link ForwardSimulation}. */
    SIMULATION
  }

  /** True when the job should be in time and harms no other. */
  public boolean inTime() {
    return verdict == Verdict.ACCEPTED;
  }

  /** The same findings with another verdict. */
  public Proof with(Verdict other) {
    return new Proof(
        other,
        method,
        testedAt,
        deadline,
        predictedFinish,
        earliestFeasibleDeadline,
        bottleneckClass,
        missingDevices,
        harmed,
        adjustments);
  }

  /** The same job, whose finish a later simulation puts elsewhere; infinity where it never ends. */
  public Proof predicting(double finish, double at) {
    Double known = finish == Double.POSITIVE_INFINITY ? null : finish;
    return new Proof(
        verdict,
        Method.SIMULATION,
        at,
        deadline,
        known,
        known,
        bottleneckClass,
        missingDevices,
        harmed,
        adjustments);
  }

  /** For people, when the job isn't accepted: why not, and what would help. */
  public String reason() {
    StringBuilder text = new StringBuilder();
    Double finish = predictedFinish;
    if (harmed != null) {
      text.append("it would make job '").append(harmed).append("' late, which was admitted before");
    } else if (finish == null) {
      text.append("no device can run some of its tasks now");
    } else if (finish <= deadline) {
      text.append("it would be done only %.1f s before its deadline".formatted(deadline - finish));
    } else {
      String certainty =
          method == Method.LOWER_BOUND ? "no schedule on this fleet can keep its deadline: " : "";
      text.append(certainty)
          .append("it would be done %.1f s after its deadline".formatted(finish - deadline));
    }
    if (bottleneckClass != null && (finish == null || finish > deadline)) {
      text.append("; the bottleneck is class ").append(bottleneckClass);
      if (missingDevices > 0) {
        text.append(", %d slots short".formatted(missingDevices));
      }
    }
    if (earliestFeasibleDeadline != null && earliestFeasibleDeadline > deadline) {
      text.append(
          "; the earliest feasible deadline is %.1f s from now"
              .formatted(earliestFeasibleDeadline - testedAt));
    }
    return text.toString();
  }
}
