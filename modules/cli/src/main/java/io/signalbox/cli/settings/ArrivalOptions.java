package io.signalbox.cli.settings;

import io.signalbox.cli.output.CommandFailure;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that let many jobs arrive over time. */
public final class ArrivalOptions {
  private static final String POISSON = "poisson:";
  private static final int MOST_JOBS = 1_000_000;

  @Option(
      names = "--arrivals",
      paramLabel = "poisson:RATE|FILE",
      description =
          "Let the workflows' jobs arrive one after the other, each workflow in its turn: RATE jobs"
              + " a second on average, or at the times of a CSV trace, time,context tokens,generated"
              + " tokens. A trace without any WORKFLOW is a job of llm-prefill and llm-decode a"
              + " line. Default: all jobs of a workflow are there at 0.")
  private @Nullable String arrivals;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description =
          "How many jobs arrive. Default: as many as the workflows have, or the trace has lines.")
  private @Nullable Integer jobs;

  /** Whether jobs arrive over time at all. */
  public boolean isGiven() {
    check();
    return arrivals != null;
  }

  /** Jobs per second of a Poisson process, or null when a trace says when they arrive. */
  public @Nullable Double rate() {
    if (arrivals == null || !arrivals.startsWith(POISSON)) {
      return null;
    }
    String text = arrivals.substring(POISSON.length());
    try {
      double rate = Double.parseDouble(text);
      if (rate > 0 && rate < Double.POSITIVE_INFINITY) {
        return rate;
      }
    } catch (NumberFormatException e) {
      // What is no number is as wrong as one that is no rate.
    }
    throw CommandFailure.usage(
        "--arrivals poisson:RATE: the rate must be jobs per second > 0, is '%s'".formatted(text));
  }

  /** The trace that says when jobs arrive, or null when there is none. */
  public @Nullable Path trace() {
    return arrivals == null || arrivals.startsWith(POISSON) ? null : Path.of(arrivals);
  }

  /** How many jobs arrive at most. */
  public int jobs(int otherwise) {
    return jobs == null ? otherwise : jobs;
  }

  private void check() {
    if (jobs != null && arrivals == null) {
      throw CommandFailure.usage("--jobs says how many jobs arrive; give --arrivals, too");
    }
    if (jobs != null && (jobs < 1 || jobs > MOST_JOBS)) {
      throw CommandFailure.usage("--jobs must be 1 to %d, is %d".formatted(MOST_JOBS, jobs));
    }
  }
}
