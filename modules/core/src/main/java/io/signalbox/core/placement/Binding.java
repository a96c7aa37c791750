package io.signalbox.core.placement;

import io.signalbox.core.device.Device;
import io.signalbox.core.job.Task;
import java.util.List;

/**
 * A task and the device that shall run it.
 *
 * @param startsAt when it should start there, in seconds since the epoch
 * @param predictedSeconds predicted run time there
 * @param score what the policy compares, smaller is better: the predicted finish plus what speaks
 *     against the device minus what speaks for it, in seconds
 * @param candidates what was weighed, the chosen device among them, the best score first; empty
 *     while nothing is decided
 */
public record Binding(
    Task task,
    Device device,
    double startsAt,
    double predictedSeconds,
    double score,
    List<Candidate> candidates) {
  public Binding {
    candidates = List.copyOf(candidates);
  }

  /** One that isn't decided yet. Its score is its finish and what else speaks against it. */
  static Binding possible(
      Task task, Device device, double startsAt, double predictedSeconds, double costSeconds) {
    double score = startsAt + predictedSeconds + costSeconds;
    return new Binding(task, device, startsAt, predictedSeconds, score, List.of());
  }

  /** When the task should finish there, in seconds since the epoch. */
  public double finishesAt() {
    return startsAt + predictedSeconds;
  }

  /** Its device among others. */
  Candidate candidate() {
    return new Candidate(
        device.id(), device.deviceClass(), startsAt, predictedSeconds, finishesAt(), score);
  }

  /** Decided, with what was weighed. */
  Binding decided(List<Candidate> weighed) {
    return new Binding(task, device, startsAt, predictedSeconds, score, weighed);
  }

  /** Decided without weighing devices against each other. */
  public Binding decidedAlone() {
    return decided(List.of(candidate()));
  }
}
