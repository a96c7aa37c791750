package io.signalbox.core.pool;

import io.signalbox.core.admission.AdmissionControl;
import io.signalbox.core.admission.Proof;
import io.signalbox.core.job.Admission;
import io.signalbox.core.job.Job;
import java.util.List;

/**
 * Tests the deadlines of jobs: when a job is sealed, since its whole DAG is known then, and again
 * while it runs. What changes a verdict is announced once.
 */
final class Deadlines {
  /** Deadlines of running jobs are tested again when this share of the time to the next is over. */
  private static final double SHARE = 0.01;

  private static final double LEAST_SECONDS = 1;
  private static final double MOST_SECONDS = 60;

  /**
   * A job that was at risk is in time again when it should be done this share of the remaining time
   * before its deadline, so that a prediction on the edge isn't announced to and fro.
   */
  private static final double MARGIN = 0.05;

  /** A prediction that moves by less of the remaining time isn't worth a new listing. */
  private static final double WORTH_SHOWING = 0.01;

  private final State state;
  private final Endings endings;
  private final AdmissionControl control;
  private double nextTest = Double.NEGATIVE_INFINITY;

  Deadlines(State state, Endings endings) {
    this.state = state;
    this.endings = endings;
    this.control =
        new AdmissionControl(
            state.fleet, state.estimator, (task, now) -> state.placement.urgency(task, now));
  }

  /** Tests a job that has just been sealed; false when it was rejected. */
  boolean sealed(Job job, Turn turn) {
    if (!job.header().tested()) {
      return true;
    }
    boolean enforced = job.header().admission() == Admission.ENFORCE;
    Proof proof = test(job, enforced ? Proof.Verdict.REJECTED : Proof.Verdict.AT_RISK, turn);
    state.proofs.put(job, proof);
    if (proof.verdict() == Proof.Verdict.REJECTED) {
      endings.end(job, Row.JobState.REJECTED, List.of(proof.reason()), turn);
      return false;
    }
    return true;
  }

  /**
   * Announces that a job is accepted, and what the test at its sealing found.
   *
   * @param accepted this is its first record
   * @param tested it was sealed by this record, if it is sealed
   */
  void announce(Job job, boolean accepted, boolean tested, Turn turn) {
    Proof proof = tested ? state.proofs.get(job) : null;
    if (accepted) {
      State.publish(job, JobEvent.Type.ACCEPTED, List.of(), proof, turn);
    }
    if (proof != null && !(accepted && proof.inTime())) {
      publish(job, proof, turn);
    }
  }

  /** A job has more tasks than were tested. */
  void grown(Job job) {
    if (state.proofs.containsKey(job)) {
      nextTest = Double.NEGATIVE_INFINITY;
    }
  }

  /** Tests again what is due. */
  void tick(Turn turn) {
    if (state.proofs.isEmpty()) {
      control.rest();
      return;
    }
    if (turn.now() < nextTest) {
      return;
    }
    nextTest = turn.now() + wait(turn.now());
    control
        .predict(state.proofs.keySet(), state.jobs.values(), turn.now())
        .forEach((job, finish) -> predicted(job, finish, turn));
  }

  private double wait(double now) {
    double next = Double.POSITIVE_INFINITY;
    for (Proof proof : state.proofs.values()) {
      next = proof.deadline() > now ? Math.min(next, proof.deadline()) : next;
    }
    return Math.clamp(SHARE * (next - now), LEAST_SECONDS, MOST_SECONDS);
  }

  private void predicted(Job job, double finish, Turn turn) {
    Proof last = state.proofs.get(job);
    if (last == null) {
      return;
    }
    double remaining = Math.max(0, last.deadline() - turn.now());
    double margin = last.inTime() ? 0 : MARGIN * remaining;
    boolean inTime = finish <= last.deadline() - margin;
    Proof next = last.predicting(finish, turn.now());
    if (inTime != last.inTime()) {
      Proof.Verdict verdict = inTime ? Proof.Verdict.ACCEPTED : Proof.Verdict.AT_RISK;
      // A test of its own says more than the prediction: the bottleneck, and what is missing.
      next = test(job, verdict, turn).predicting(finish, turn.now()).with(verdict);
      state.proofs.put(job, next);
      turn.save(state.rowOf(job));
      publish(job, next, turn);
    }
    state.proofs.put(job, next);
    Double shown = last.predictedFinish();
    if (shown == null || Math.abs(finish - shown) > WORTH_SHOWING * remaining) {
      state.changed(job);
    }
  }

  private Proof test(Job job, Proof.Verdict otherwise, Turn turn) {
    return control.test(job, state.proofs, state.jobs.values(), otherwise, turn.now());
  }

  private static void publish(Job job, Proof proof, Turn turn) {
    if (proof.inTime()) {
      State.publish(job, JobEvent.Type.IN_TIME, List.of(), proof, turn);
    } else {
      State.publish(job, JobEvent.Type.AT_RISK, List.of(proof.reason()), proof, turn);
    }
  }
}
