package io.signalbox.core.explanation;

import io.signalbox.core.placement.Candidate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An attempt in a device's hands. All times are seconds since the epoch.
 *
 * @param number number of the attempt
 * @param device the device
 * @param deviceClass its class; empty when the device isn't known any more
 * @param running false while it is offered
 * @param startsAt when it started, or should
 * @param predictedSeconds predicted run time
 * @param finishesAt when it should be done; one that is over its time is given as much again
 * @param acceptBy when the offer ends; empty once it runs
 * @param choice why it is there; empty when that wasn't kept: the engine has been restarted since,
 *     or another device took the offer over
 */
public record LiveAttempt(
    int number,
    String device,
    String deviceClass,
    boolean running,
    double startsAt,
    double predictedSeconds,
    double finishesAt,
    OptionalDouble acceptBy,
    Optional<Choice> choice) {

  /** By how many seconds it is over its predicted time; 0 when it isn't. */
  public double overdueSeconds(double now) {
    return running ? Math.max(0, now - startsAt - predictedSeconds) : 0;
  }

  /**
   * Why an attempt is where it is.
   *
   * @param policy name of the policy
   * @param decidedAt when
   * @param score the chosen device's score
   * @param candidates what was weighed, the best score first
   */
  public record Choice(String policy, double decidedAt, double score, List<Candidate> candidates) {
    public Choice {
      candidates = List.copyOf(candidates);
    }
  }
}
