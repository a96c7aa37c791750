package io.signalbox.core.pool;

import io.signalbox.core.estimate.OperationKey;
import io.signalbox.core.job.Job;
import io.signalbox.core.job.NodeList;
import io.signalbox.core.job.Task;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps ranks in step with what is learned of run times. When an operation's prediction has moved
 * by more than 5 %, its unfinished tasks get their new weights, in one job after the other; then
 * the job's ranks are brought up to date, and its queued tasks go where they now belong.
 *
 * <p>A tick does a bounded part of that, wherever it has to stop: in a job of a million tasks it
 * takes many. What moves meanwhile waits until all jobs have been through, and is done at once. And
 * it is paid for by attempts that end, so that learning costs each of them the same however many
 * tasks wait.
 */
final class Reranking {
  /** Steps of a tick: a step is a task or a job that is looked at. */
  static final int MOST_STEPS = 20_000;

  /** Steps that an attempt earns which ends; what isn't needed is kept, up to a tick's steps. */
  private static final int STEPS_PER_ATTEMPT = 64;

  /** Sorting a task into a queue takes that many times as long as looking at it. */
  private static final int REQUEUE_STEPS = 4;

  /** A weight that moves by a smaller share of itself has not moved: that is rounding. */
  private static final double MOVED = 1e-9;

  private final State state;
  private final Set<OperationKey> moved = new LinkedHashSet<>();
  private final ArrayDeque<Job> jobs = new ArrayDeque<>();
  private List<OperationKey> operations = List.of();
  // How far the first of the jobs has come.
  private int operation;
  private int place;
  private int node;
  private boolean reweighed;
  private int stepsLeft;
  private int credit = MOST_STEPS;

  Reranking(State state) {
    this.state = state;
  }

  /** True when ticks have something left to do and may. */
  boolean pending() {
    return credit > 0 && unfinished();
  }

  private boolean unfinished() {
    return !jobs.isEmpty() || !moved.isEmpty();
  }

  /** An attempt has ended. */
  void earn() {
    credit = Math.min(MOST_STEPS, credit + STEPS_PER_ATTEMPT);
  }

  void tick() {
    moved.addAll(state.estimator.movedOperations());
    stepsLeft = credit;
    while (stepsLeft > 0 && unfinished()) {
      if (jobs.isEmpty()) {
        operations = List.copyOf(moved);
        moved.clear();
        jobs.addAll(state.jobs.values());
      } else {
        goOn(jobs.getFirst());
      }
    }
    credit = Math.max(0, stepsLeft);
  }

  private void goOn(Job job) {
    stepsLeft--;
    if (job.ended()) {
      next();
    } else if (operation < operations.size()) {
      reweigh(job, operations.get(operation));
    } else if (reweighed) {
      stepsLeft = job.graph().updateRanks(stepsLeft);
      // With none left it may not be through.
      if (stepsLeft > 0) {
        requeue(job);
      }
    } else {
      next();
    }
  }

  private void next() {
    jobs.removeFirst();
    operation = 0;
    place = 0;
    node = 0;
    reweighed = false;
  }

  /** Weighs the job's tasks of an operation anew. */
  private void reweigh(Job job, OperationKey key) {
    NodeList nodes = job.tasksOf(key.operation());
    while (place < nodes.size() && stepsLeft > 0) {
      reweigh(job, nodes.get(place++), key.version());
      stepsLeft--;
    }
    if (place == nodes.size()) {
      operation++;
      place = 0;
    }
  }

  private void reweigh(Job job, int of, String version) {
    if (job.graph().isFinished(of)) {
      return;
    }
    Task task = job.task(of);
    if (task != null && task.version().equals(version)) {
      double seconds = Estimates.fastest(state, task);
      double known = job.graph().weight(of);
      if (Math.abs(seconds - known) > MOVED * known) {
        job.graph().setWeight(of, seconds);
        reweighed = true;
      }
    }
  }

  /**
   * Lets the policy know which of the tasks that it has queued have new ranks. Nodes between them
   * are passed over at once, but each is a step.
   */
  private void requeue(Job job) {
    int size = job.graph().size();
    while (node < size && job.ready() > 0 && stepsLeft > 0) {
      int ready = job.nextReady(node);
      int passed = (ready < 0 ? size : ready) - node;
      if (ready < 0 || passed >= stepsLeft) {
        passed = Math.min(passed, stepsLeft);
        node += passed;
        stepsLeft -= passed;
      } else {
        node = ready + 1;
        stepsLeft -= passed + 1 + REQUEUE_STEPS;
        reranked(job.task(ready));
      }
    }
    if (node == size || job.ready() == 0) {
      state.changed(job);
      next();
    }
  }

  private void reranked(@Nullable Task task) {
    if (task != null) {
      state.placement.reranked(task);
    }
  }
}
