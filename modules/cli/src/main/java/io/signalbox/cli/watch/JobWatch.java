package io.signalbox.cli.watch;

import io.signalbox.cli.output.Output;
import io.signalbox.cli.output.ProgressBar;
import io.signalbox.events.JobEvent;
import io.signalbox.events.JobEventType;
import java.io.PrintStream;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Shows jobs as their events come in: a bar on a terminal, otherwise a line an event, in JSON for
 * programs.
 */
public final class JobWatch {
  // A bar that is drawn for every event would cost more than the events do.
  private static final long REDRAW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Output output;
  private final @Nullable ProgressBar bar;
  private final Tally tally = new Tally();
  private long drawnNanos = System.nanoTime() - REDRAW_NANOS;

  /**
   * A watch over jobs.
   *
   * @param output where lines go
   * @param terminal where a bar is drawn instead of lines; null when there is no terminal
   */
  public JobWatch(Output output, @Nullable PrintStream terminal) {
    this.output = output;
    this.bar = terminal == null ? null : new ProgressBar(terminal);
  }

  /** Takes an event and shows it. */
  public void on(JobEvent event) {
    tally.add(event);
    if (output.isJson()) {
      output.json(EventRecord.json(event));
    } else if (bar == null) {
      output.line(EventRecord.line(event));
    } else if (worthALine(event.getType())) {
      bar.clear();
      output.line(EventRecord.line(event));
    } else if (System.nanoTime() - drawnNanos >= REDRAW_NANOS) {
      drawnNanos = System.nanoTime();
      bar.show(tally.succeeded() + tally.failed(), tally.total(), tally.running());
    }
  }

  /** Takes the bar away: what follows is written below. */
  public void finish() {
    if (bar != null) {
      bar.clear();
    }
  }

  /** True when each of the jobs has ended well. */
  public boolean allSucceeded(Collection<String> jobs) {
    return tally.allSucceeded(jobs);
  }

  private static boolean worthALine(JobEventType type) {
    return switch (type) {
      case TASK_STARTED, TASK_PROGRESS, TASK_SUCCEEDED -> false;
      case ACCEPTED,
          REJECTED,
          AT_RISK,
          IN_TIME,
          QUEUED,
          TASK_RETRYING,
          TASK_FAILED,
          JOB_SUCCEEDED,
          JOB_FAILED,
          JOB_CANCELLED ->
          true;
    };
  }
}
