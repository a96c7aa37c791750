package io.signalbox.engine.delivery;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/** What happens when; nothing takes longer than it says. */
final class VirtualTime {
  /** Seconds since the epoch at a run's start. */
  static final double START = 1_800_000_000;

  private record Step(double at, long number, Runnable action) {}

  private final PriorityQueue<Step> steps =
      new PriorityQueue<>(Comparator.comparingDouble(Step::at).thenComparingLong(Step::number));
  private long numbers;
  private double now;

  /** Seconds since the run's start. */
  double now() {
    return now;
  }

  /** Lets something happen; what is due already happens next. */
  void at(double time, Runnable action) {
    steps.add(new Step(Math.max(now, time), ++numbers, action));
  }

  void after(double seconds, Runnable action) {
    at(now + seconds, action);
  }

  /** Lets time pass until all is done or the end has come. */
  void run(double end, BooleanSupplier done) {
    while (!steps.isEmpty() && steps.peek().at() <= end && !done.getAsBoolean()) {
      Step next = steps.remove();
      now = next.at();
      next.action().run();
    }
  }
}
