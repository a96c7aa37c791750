package io.signalbox.core.pool;

import io.signalbox.core.admission.Proof;
import io.signalbox.core.device.DeviceReport;
import io.signalbox.core.device.Quarantine;
import io.signalbox.core.estimate.RunTime;
import io.signalbox.core.fairness.Allowance;
import io.signalbox.core.hotspot.HotOperation;
import io.signalbox.core.job.Content;
import io.signalbox.core.job.JobHeader;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.core.job.TaskState;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a pool's state as it is stored. There is one row a task, never one blob a job, so a
 * transition costs what it changes.
 */
public sealed interface Row {
  /** Where it is stored. */
  RowKey key();

  /**
   * The pool itself.
   *
   * @param paused an operator paused it
   * @param placement options of placement that an operator changed, with their values
   */
  record PoolRow(boolean paused, Map<String, String> placement) implements Row {
    public PoolRow {
      placement = Map.copyOf(placement);
    }

    @Override
    public RowKey key() {
      return new RowKey(RowKey.Kind.POOL, "", "");
    }
  }

  /**
   * A device, written when something about it changes, not at every heartbeat.
   *
   * @param report its last report that was stored
   * @param drained an operator drains it
   * @param slowness how many times as long as its class it takes; 1 unless it is clearly slow
   * @param quarantine why it gets no offers; null when it isn't in quarantine
   */
  record DeviceRow(
      DeviceReport report, boolean drained, double slowness, @Nullable Quarantine quarantine)
      implements Row {
    @Override
    public RowKey key() {
      return new RowKey(RowKey.Kind.DEVICE, report.id(), "");
    }
  }

  /** What was learned of an operation's run time on a class. */
  record RunTimeRow(RunTime runTime) implements Row {
    @Override
    public RowKey key() {
      return new RowKey(
          RowKey.Kind.RUN_TIME,
          runTime.operation() + "@" + runTime.version(),
          runTime.deviceClass());
    }
  }

  /**
   * A job.
   *
   * @param header what holds for it
   * @param sealed its producer sends no more tasks
   * @param acceptedAt when its first record came, in seconds since the epoch
   * @param proof what the last test of its deadline found that changed its verdict; null when it
   *     wasn't tested
   * @param outcome how it ended; null while it lives
   */
  record JobRow(
      String job,
      JobHeader header,
      boolean sealed,
      double acceptedAt,
      @Nullable Proof proof,
      @Nullable Outcome outcome)
      implements Row {
    @Override
    public RowKey key() {
      return new RowKey(RowKey.Kind.JOB, job, "");
    }
  }

  /**
   * How a job ended.
   *
   * @param state the end state
   * @param endedAt in seconds since the epoch
   * @param reasons why, when it didn't succeed
   * @param counts its tasks at the end
   */
  record Outcome(JobState state, double endedAt, List<String> reasons, TaskCounts counts) {
    public Outcome {
      reasons = List.copyOf(reasons);
    }
  }

  /** End states of a job. */
  enum JobState {
    SUCCEEDED,
    FAILED,
    CANCELLED,
    REJECTED
  }

  /** A task as submitted; written once. */
  record SpecRow(String job, TaskSpec spec) implements Row {
    @Override
    public RowKey key() {
      return new RowKey(RowKey.Kind.SPEC, job, spec.id());
    }
  }

  /**
   * Where a task stands. A task without such a row has never been offered.
   *
   * @param state where the task stands, its first live attempt included
   * @param copy a second live attempt; null when there is none
   * @param attempts offers made so far: the number of the last attempt
   * @param failures attempts that failed or were lost, but for those whose copy lived on
   */
  record TaskRow(
      String job,
      String task,
      TaskState state,
      TaskState.@Nullable Placed copy,
      int attempts,
      int failures)
      implements Row {
    @Override
    public RowKey key() {
      return new RowKey(RowKey.Kind.TASK, job, task);
    }
  }

  /** An operation that is hot on a class. */
  record HotspotRow(HotOperation hot) implements Row {
    @Override
    public RowKey key() {
      return new RowKey(RowKey.Kind.HOTSPOT, hot.operation(), hot.deviceClass());
    }
  }

  /** The result of a task, kept until its job ends. */
  record ResultRow(String job, String task, Content result) implements Row {
    @Override
    public RowKey key() {
      return new RowKey(RowKey.Kind.RESULT, job, task);
    }
  }

  /**
   * How many tasks a tenant with a rate may still submit at once; there is none while it is full.
   *
   * @param tenant the tenant
   * @param allowance what was left after its last submission
   */
  record AllowanceRow(String tenant, Allowance allowance) implements Row {
    @Override
    public RowKey key() {
      return new RowKey(RowKey.Kind.ALLOWANCE, tenant, "");
    }
  }
}
