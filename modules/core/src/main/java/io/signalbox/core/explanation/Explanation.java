package io.signalbox.core.explanation;

import io.signalbox.core.job.TaskRef;
import io.signalbox.core.placement.QueueState;
import java.util.List;
import java.util.Optional;

/**
 * Where a task stands, why, and what would start it. {@link Wording} says it in sentences. All
 * times are seconds since the epoch.
 */
public sealed interface Explanation {
  /** The task that was asked for. */
  TaskRef task();

  /**
   * There is no such job in the pool.
   *
   * @param problem the same for people
   */
  record UnknownJob(TaskRef task, String problem) implements Explanation {}

  /**
   * The job has no such task.
   *
   * @param problem the same for people, with the tasks that it has
   */
  record UnknownTask(TaskRef task, String problem) implements Explanation {}

  /**
   * Its job has an outcome; its tasks are forgotten.
   *
   * @param outcome how the job ended
   * @param endedAt when
   * @param reasons why, when it didn't succeed
   */
  record JobEnded(TaskRef task, String outcome, double endedAt, List<String> reasons)
      implements Explanation {
    public JobEnded {
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * Other tasks name it as their parent, but no record has described it yet.
   *
   * @param children some that wait for it
   */
  record Undescribed(TaskRef task, List<String> children) implements Explanation {
    public Undescribed {
      children = List.copyOf(children);
    }
  }

  /**
   * Parents haven't succeeded.
   *
   * @param facts the task
   * @param parents some of the parents that are missing, the one that should be done last first
   * @param missing how many are missing
   * @param critical from the parent that should be done last to what that waits for in the end:
   *     each but the last waits for the next one; empty when the job is too large to tell
   * @param linkedTo the device that runs the only parent that is missing and has the task's offer
   *     already: it starts it right after that; empty when there is none
   */
  record Waiting(
      TaskRef task,
      TaskFacts facts,
      List<Parent> parents,
      int missing,
      List<Parent> critical,
      Optional<String> linkedTo)
      implements Explanation {
    public Waiting {
      parents = List.copyOf(parents);
      critical = List.copyOf(critical);
    }
  }

  /**
   * It is ready and waits for a device.
   *
   * @param facts the task
   * @param since when it became ready
   * @param paused true while the pool makes no offers at all
   * @param queue its prospects
   */
  record Queued(TaskRef task, TaskFacts facts, double since, boolean paused, QueueState queue)
      implements Explanation {}

  /**
   * An attempt failed, and the next one has to wait.
   *
   * @param facts the task
   * @param until when it may be offered again
   */
  record BackingOff(TaskRef task, TaskFacts facts, double until) implements Explanation {}

  /**
   * Attempts are offered or run.
   *
   * @param facts the task
   * @param attempts the live attempts, at least one
   */
  record Placed(TaskRef task, TaskFacts facts, List<LiveAttempt> attempts) implements Explanation {
    public Placed {
      attempts = List.copyOf(attempts);
    }
  }

  /**
   * It is done.
   *
   * @param facts the task
   * @param attempt number of the attempt that completed first
   * @param device where
   * @param finishedAt when
   */
  record Succeeded(TaskRef task, TaskFacts facts, int attempt, String device, double finishedAt)
      implements Explanation {}

  /**
   * It was given up.
   *
   * @param facts the task
   * @param error the last attempt's error
   */
  record Failed(TaskRef task, TaskFacts facts, String error) implements Explanation {}

  /** What is known of the task itself; empty when there is no such task. */
  default Optional<TaskFacts> knownFacts() {
    return switch (this) {
      case UnknownJob unknown -> Optional.empty();
      case UnknownTask unknown -> Optional.empty();
      case JobEnded ended -> Optional.empty();
      case Undescribed undescribed -> Optional.empty();
      case Waiting waiting -> Optional.of(waiting.facts());
      case Queued queued -> Optional.of(queued.facts());
      case BackingOff backingOff -> Optional.of(backingOff.facts());
      case Placed placed -> Optional.of(placed.facts());
      case Succeeded succeeded -> Optional.of(succeeded.facts());
      case Failed failed -> Optional.of(failed.facts());
    };
  }
}
