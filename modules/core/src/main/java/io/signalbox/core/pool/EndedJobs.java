package io.signalbox.core.pool;

import io.signalbox.core.job.Job;
import io.signalbox.core.job.Task;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that have an outcome: remembered for a while, so that a late event or a repeated submission
 * is recognised; their tasks' rows are deleted a few at a time, so that the end of a large job
 * doesn't hold up the others.
 */
final class EndedJobs {
  /** Rows deleted in one turn. */
  private static final int DELETIONS_PER_TURN = 3_000;

  /** Jobs remembered, however young. */
  private static final int CAPACITY = 100_000;

  private final double rememberSeconds;
  private final Map<String, Row.JobRow> jobs = new LinkedHashMap<>();
  private final Deque<RowKey> deletions = new ArrayDeque<>();

  EndedJobs(double rememberSeconds) {
    this.rememberSeconds = rememberSeconds;
  }

  Row.@Nullable JobRow get(String job) {
    return jobs.get(job);
  }

  Collection<Row.JobRow> all() {
    return jobs.values();
  }

  /** Remembers a job. */
  void add(Row.JobRow row) {
    jobs.put(row.job(), row);
  }

  /** Puts the rows of an ended job's tasks on the list of deletions. */
  void deleteRowsOf(Job job) {
    for (Task task : job.tasks()) {
      deletions.add(new RowKey(RowKey.Kind.SPEC, job.id(), task.id()));
      deletions.add(new RowKey(RowKey.Kind.TASK, job.id(), task.id()));
      if (job.keepsResult(task.node())) {
        deletions.add(new RowKey(RowKey.Kind.RESULT, job.id(), task.id()));
      }
    }
  }

  /** Takes a job as it was stored. */
  void restore(Row.JobRow row) {
    jobs.put(row.job(), row);
  }

  /** A row of an ended job that was still there. */
  void deleteLater(RowKey key) {
    deletions.add(key);
  }

  /** When {@link #tick} has something to do, in seconds since the epoch; infinity for never. */
  double nextDue() {
    if (!deletions.isEmpty()) {
      return Double.NEGATIVE_INFINITY;
    }
    if (jobs.isEmpty()) {
      return Double.POSITIVE_INFINITY;
    }
    Row.Outcome oldest = jobs.values().iterator().next().outcome();
    return oldest == null ? Double.NEGATIVE_INFINITY : oldest.endedAt() + rememberSeconds;
  }

  /**
   * Deletes some rows and forgets what is old; names the jobs that were forgotten. Rows that a
   * crash left without their job stay where the job has come again since.
   */
  void tick(Turn turn, Set<String> live, Collection<String> forgotten) {
    for (int i = 0; i < DELETIONS_PER_TURN && !deletions.isEmpty(); i++) {
      RowKey key = deletions.remove();
      if (!live.contains(key.owner())) {
        turn.delete(key);
      }
    }
    var oldest = jobs.values().iterator();
    while (oldest.hasNext()) {
      Row.JobRow row = oldest.next();
      boolean old =
          row.outcome() == null || row.outcome().endedAt() + rememberSeconds <= turn.now();
      if (!old && jobs.size() <= CAPACITY) {
        return;
      }
      oldest.remove();
      turn.delete(row.key());
      forgotten.add(row.job());
    }
  }
}
