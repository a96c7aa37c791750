package io.signalbox.simulator.run;

import io.signalbox.core.agenda.Agenda;
import org.jspecify.annotations.Nullable;

/** What happens when; what happens at the same time happens in the order it was set up. */
final class EventQueue {
  private final Agenda<Happening> events = new Agenda<>();

  void add(double at, Happening happening) {
    events.add(at, happening);
  }

  /** The time of the next event in seconds, or infinity when there is none. */
  double next() {
    return events.nextAt();
  }

  /** Takes what happens next by then, or null. */
  @Nullable Happening take(double until) {
    return events.isEmpty() || events.nextAt() > until ? null : events.remove();
  }
}
