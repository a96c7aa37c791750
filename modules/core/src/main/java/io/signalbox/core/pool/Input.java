package io.signalbox.core.pool;

import io.signalbox.core.device.DeviceReport;
import io.signalbox.core.estimate.SharedModel;
import io.signalbox.core.hotspot.HotOperation;
import io.signalbox.core.hotspot.HotspotNews;
import io.signalbox.core.job.AttemptRef;
import io.signalbox.core.job.Content;
import io.signalbox.core.job.JobHeader;
import io.signalbox.core.job.TaskError;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.core.tuning.Reschedule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything that can be told to a {@link Pool}. All times are seconds since the epoch. */
public sealed interface Input {
  /**
   * Tasks of one job, in any order; a job may take several.
   *
   * @param job id of the job
   * @param header what holds for the job, or null in records that only add tasks
   * @param tasks may be empty when it only seals
   * @param sealed no more tasks follow from the producer
   */
  record TasksSubmitted(
      String job, @Nullable JobHeader header, List<TaskSpec> tasks, boolean sealed)
      implements Input {
    public TasksSubmitted {
      tasks = List.copyOf(tasks);
    }
  }

  /**
   * A record of a job's tasks that can't be used at all; the job can't be complete without it.
   *
   * @param job id of the job
   * @param reason for people: what is wrong with the record
   */
  record UnusableSubmission(String job, String reason) implements Input {}

  /** What a device says of an attempt. */
  sealed interface AttemptInput extends Input {
    /** The attempt. */
    AttemptRef attempt();

    /** The device that speaks. */
    String device();

    /** Its incarnation. */
    long incarnation();
  }

  /**
   * The device took the offer and runs it.
   *
   * @param at when it started
   */
  record AttemptStarted(AttemptRef attempt, String device, long incarnation, double at)
      implements AttemptInput {}

  /**
   * It still runs.
   *
   * @param progress share that is done, 0 to 1
   * @param spawned new tasks of the same job
   */
  record AttemptProgressed(
      AttemptRef attempt, String device, long incarnation, double progress, List<TaskSpec> spawned)
      implements AttemptInput {
    public AttemptProgressed {
      spawned = List.copyOf(spawned);
    }
  }

  /**
   * It is done.
   *
   * @param result handed to the children; null when there is none
   * @param spawned new tasks of the same job
   */
  record AttemptCompleted(
      AttemptRef attempt,
      String device,
      long incarnation,
      double startedAt,
      double finishedAt,
      @Nullable Content result,
      List<TaskSpec> spawned)
      implements AttemptInput {
    public AttemptCompleted {
      spawned = List.copyOf(spawned);
    }
  }

  /** It failed. */
  record AttemptFailed(
      AttemptRef attempt,
      String device,
      long incarnation,
      double startedAt,
      double finishedAt,
      TaskError error)
      implements AttemptInput {}

  /**
   * The device gives it back without having run it.
   *
   * @param reason for people, may be empty
   */
  record AttemptReleased(AttemptRef attempt, String device, long incarnation, String reason)
      implements AttemptInput {}

  /** A heartbeat. */
  record DeviceReported(DeviceReport report) implements Input {}

  /** An operator ends a job. */
  record CancelJob(String job, String reason) implements Input {}

  /** An operator stops new offers. */
  record PausePool() implements Input {}

  /** An operator allows new offers again. */
  record ResumePool() implements Input {}

  /**
   * An operator gives a device nothing new.
   *
   * @param drain false undoes it
   */
  record DrainDevice(String device, boolean drain) implements Input {}

  /**
   * What watches the devices found that tasks should be placed anew.
   *
   * @param order which device's, and why
   */
  record RescheduleTasks(Reschedule order) implements Input {}

  /**
   * An operation has become hot, still is, or is no more.
   *
   * @param hot the operation on a class, with its last window
   */
  record HotspotChanged(HotspotNews.Change change, HotOperation hot) implements Input {}

  /**
   * What all pools have told of run times, this one included.
   *
   * @param models at most one for each pool, zone, operation, version and class
   */
  record ModelsShared(List<SharedModel> models) implements Input {
    public ModelsShared {
      models = List.copyOf(models);
    }
  }

  /**
   * An operator changes how tasks are placed, from now on.
   *
   * @param options values by the names of {@link io.signalbox.core.placement.PlacementOptions}; an
   *     empty one takes an earlier change back. What isn't named stays
   */
  record ChangePlacement(Map<String, String> options) implements Input {
    public ChangePlacement {
      options = Map.copyOf(options);
    }
  }
}
