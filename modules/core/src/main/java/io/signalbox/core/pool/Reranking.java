package io.signalbox.core.pool;

import io.signalbox.core.estimate.OperationKey;
import io.signalbox.core.job.Job;
import io.signalbox.core.job.NodeList;
import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskState;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps ranks in step with what is learned of run times. When an operation's prediction has moved
 * by more than 5 %, its unfinished tasks get their new weights, in one job after the other; then
 * the job's ranks are brought up to date, and its queued tasks go where they now belong.
 *
 * <p>A tick does a bounded part of that, wherever it has to stop: in a job of a million tasks it
 * takes many. What moves meanwhile waits until all jobs have been through, and is done at once.
 */
final class Reranking {
  /** Steps of a tick: a step is a task or a job that is looked at. */
  static final int MOST_STEPS = 20_000;

  /** Sorting a task into a queue takes that many times as long as looking at it. */
  private static final int REQUEUE_STEPS = 4;

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

  Reranking(State state) {
    this.state = state;
  }

  /** True when ticks have something left to do. */
  boolean pending() {
    return !jobs.isEmpty() || !moved.isEmpty();
  }

  void tick() {
    moved.addAll(state.estimator.movedOperations());
    stepsLeft = MOST_STEPS;
    while (pending() && stepsLeft > 0) {
      if (jobs.isEmpty()) {
        operations = List.copyOf(moved);
        moved.clear();
        jobs.addAll(state.jobs.values());
      } else {
        goOn(jobs.getFirst());
      }
    }
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
    Task task = job.task(of);
    if (task != null && task.spec().version().equals(version) && !job.graph().isFinished(of)) {
      double seconds = Estimates.fastest(state, task);
      if (seconds != job.graph().weight(of)) {
        job.graph().setWeight(of, seconds);
        reweighed = true;
      }
    }
  }

  /** Lets the policy know which of the tasks that it has queued have new ranks. */
  private void requeue(Job job) {
    while (node < job.graph().size() && job.ready() > 0 && stepsLeft > 0) {
      Task task = job.task(node++);
      stepsLeft--;
      if (task != null && task.state() instanceof TaskState.Ready) {
        state.placement.reranked(task);
        stepsLeft -= REQUEUE_STEPS;
      }
    }
    if (node == job.graph().size() || job.ready() == 0) {
      state.changed(job);
      next();
    }
  }
}
