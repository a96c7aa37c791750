package io.signalbox.simulator.run;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** What happens when; what happens at the same time happens in the order it was set up. */
final class EventQueue {
  private record Event(double at, long sequence, Happening happening) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Double.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long sequence;

  void add(double at, Happening happening) {
    events.add(new Event(at, ++sequence, happening));
  }

  /** The time of the next event in seconds, or infinity when there is none. */
  double next() {
    Event event = events.peek();
    return event == null ? Double.POSITIVE_INFINITY : event.at();
  }

  /** Takes what happens next by then, or null. */
  @Nullable Happening take(double until) {
    Event event = events.peek();
    if (event == null || event.at() > until) {
      return null;
    }
    events.remove();
    return event.happening();
  }
}
