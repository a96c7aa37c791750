package io.signalbox.simulator.run;

import io.signalbox.core.explanation.Wording;
import io.signalbox.core.job.TaskRef;
import io.signalbox.core.pool.Effect;
import io.signalbox.core.pool.Pool;
import io.signalbox.simulator.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Follows one task through a run and keeps what the pool says of it: why it waits, when it becomes
 * ready and isn't placed at once, and what was weighed, whenever it is placed. Watching changes
 * nothing in the run.
 */
public final class TaskWatch {
  /** A task that is placed again and again has more moments than anybody reads. */
  private static final int MOST_MOMENTS = 100;

  private final TaskRef task;
  private final List<Moment> moments = new ArrayList<>();
  private int number = -1;
  private boolean seenReady;

  /** What happened to the task. */
  public enum Event {
    /** Its last parent was done, but it had to wait. */
    WAITS,
    /** It was given to a device. */
    PLACED,
    /** It was done. */
    DONE
  }

  /**
   * A moment of the task's life.
   *
   * @param atSeconds when
   * @param event what happened
   * @param text sentences for people
   */
  public record Moment(double atSeconds, Event event, List<String> text) {
    public Moment {
      text = List.copyOf(text);
    }
  }

  /** Watches a task in one run. */
  public TaskWatch(TaskRef task) {
    this.task = task;
  }

  /** The task. */
  public TaskRef task() {
    return task;
  }

  /** Its moments, in their order. */
  public List<Moment> moments() {
    return List.copyOf(moments);
  }

  /**
   * A run begins.
   *
   * @throws IllegalArgumentException when the scenario has no such task
   */
  void begin(Scenario scenario) {
    number = scenario.problem().tasks().indexOf(task);
    if (number < 0) {
      throw new IllegalArgumentException(
          "workflow '%s' has no task '%s'".formatted(scenario.workload().name(), task));
    }
  }

  /** After each decision: looks what became of the task. */
  void look(Pool pool, double now, RunLog log, List<Effect.Offer> offers) {
    boolean ready = seenReady || log.ready(number, now);
    boolean placed = offers.stream().anyMatch(offer -> offer.attempt().taskRef().equals(task));
    if (placed) {
      tell(pool, now, Event.PLACED);
    } else if (ready && !seenReady) {
      tell(pool, now, Event.WAITS);
    }
    seenReady = ready;
  }

  private void tell(Pool pool, double now, Event event) {
    if (moments.size() < MOST_MOMENTS) {
      moments.add(new Moment(now, event, Wording.of(pool.explain(task, now), now)));
    }
  }

  /** The run is over. */
  void end(RunLog log) {
    log.done().stream().filter(done -> done.task() == number).forEach(this::done);
  }

  private void done(PlacedTask done) {
    String text =
        String.format(
            Locale.ROOT,
            "Task '%s' is done on %s, on attempt %d: it started %.1f s after it was ready and ran"
                + " for %.1f s.",
            task,
            done.device().id(),
            done.attempt(),
            done.startSeconds() - done.readySeconds(),
            done.finishSeconds() - done.startSeconds());
    moments.add(new Moment(done.finishSeconds(), Event.DONE, List.of(text)));
  }
}
