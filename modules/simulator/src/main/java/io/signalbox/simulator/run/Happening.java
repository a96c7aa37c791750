package io.signalbox.simulator.run;

import io.signalbox.simulator.scenario.Submission;

/** What happens at a time of a simulation. */
sealed interface Happening permits Attempt, Happening.Arrival, Happening.Silence, Happening.Return {
  /** A job arrives. */
  record Arrival(Submission submission) implements Happening {}

  /** A device falls silent. */
  record Silence(VirtualDevice device) implements Happening {}

  /** A device that was silent is started anew. */
  record Return(VirtualDevice device) implements Happening {}
}
