package io.signalbox.cli.demo;

import io.signalbox.cli.output.Output;
import io.signalbox.cli.output.ProgressBar;
import io.signalbox.cli.watch.Tally;
import io.signalbox.events.JobEvent;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Shows how far a demo is: a bar on a terminal, otherwise a line now and then. */
final class DemoProgress {
  private static final long BAR_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Output output;
  private final int expected;
  private final @Nullable ProgressBar bar;
  private long shownNanos = System.nanoTime();

  DemoProgress(Output output, int expected) {
    this.output = output;
    this.expected = expected;
    PrintStream terminal = output.progressTerminal();
    this.bar = terminal == null ? null : new ProgressBar(terminal);
  }

  void on(JobEvent event, Tally tally) {
    if (!event.getReasons().isEmpty()) {
      finish();
      output.note(
          "%s %s %s: %s"
              .formatted(
                  event.getType(),
                  event.getJob(),
                  event.getTaskId() == null ? "" : event.getTaskId(),
                  String.join("; ", event.getReasons())));
    }
    long now = System.nanoTime();
    if (now - shownNanos < (bar == null ? LINE_NANOS : BAR_NANOS)) {
      return;
    }
    shownNanos = now;
    int done = tally.succeeded() + tally.failed();
    if (bar != null) {
      bar.show(done, expected, tally.running());
    } else {
      output.note("%,d of %,d tasks done; running: %s".formatted(done, expected, tally.running()));
    }
  }

  void finish() {
    if (bar != null) {
      bar.clear();
    }
  }
}
