package io.signalbox.engine.delivery;

import io.signalbox.events.JobEvent;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Something that happened in a run, in the order in which it did. */
sealed interface Fact {
  /** Seconds from the run's start. */
  double at();

  /** The engine told its followers. */
  record Announced(double at, JobEvent event) implements Fact {
    String task() {
      return event.getJob() + "/" + event.getTaskId();
    }

    String attempt() {
      return task() + "#" + event.getAttempt();
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%8.3f event  %s %s on %s %s",
          at,
          event.getType(),
          event.getTaskId() == null ? event.getJob() : attempt(),
          event.getDeviceId(),
          event.getReasons());
    }
  }

  /** The engine refused a record. */
  record Refused(double at, String topic, String reason) implements Fact {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%8.3f dead letter of %s: %s", at, topic, reason);
    }
  }

  /**
   * A handler began.
   *
   * @param process device and incarnation
   * @param inputs the parents' results by their ids
   * @param running attempts in the process's slots now
   */
  record Began(
      double at,
      String process,
      String task,
      int attempt,
      Map<String, String> inputs,
      int running,
      int slots)
      implements Fact {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%8.3f %s begins %s#%d (%d of %d)",
          at,
          process,
          task,
          attempt,
          running,
          slots);
    }
  }

  /** A handler succeeded and said so. */
  record Finished(double at, String process, String task, int attempt) implements Fact {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%8.3f %s finishes %s#%d", at, process, task, attempt);
    }
  }

  /**
   * A worker's process died.
   *
   * @param running the attempts in its slots, as task#number
   */
  record Died(double at, String process, List<String> running) implements Fact {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%8.3f %s dies, running %s", at, process, running);
    }
  }

  /** What the engine's books say of a device. */
  record Booked(double at, String device, int running, int offered, int slots, int prefetch)
      implements Fact {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%8.3f books: %s runs %d, is offered %d of %d + %d",
          at,
          device,
          running,
          offered,
          slots,
          prefetch);
    }
  }

  /**
   * A pool rebuilt from the rows was held against the live one.
   *
   * @param live where everything stands in the live one
   * @param restored and in the other one
   */
  record Compared(double at, List<String> live, List<String> restored) implements Fact {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%8.3f restored pool %s",
          at,
          live.equals(restored) ? "is the live one" : restored + " isn't " + live);
    }
  }

  /** Anything else that helps to understand a run. */
  record Noted(double at, String text) implements Fact {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%8.3f %s", at, text);
    }
  }
}
