package io.signalbox.simulator.gantt;

import io.signalbox.core.job.TaskRef;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.simulator.workload.Fleet;

/**
 * An attempt as it is drawn.
 *
 * @param task number of its task
 * @param ref the task's name
 * @param spec the task
 * @param attempt number of the attempt
 * @param device the device
 * @param slot the device's slot
 * @param from when it started
 * @param to when it ended
 * @param copy whether it began while another attempt of the task was under way
 * @param fate what became of it
 */
record Bar(
    int task,
    TaskRef ref,
    TaskSpec spec,
    int attempt,
    Fleet.Device device,
    int slot,
    double from,
    double to,
    boolean copy,
    Fate fate) {
  /** What became of an attempt, in the words of the legend. */
  enum Fate {
    DONE("done"),
    CANCELLED("cancelled"),
    SUPERSEDED("done, but later than another"),
    LOST("lost with its device");

    final String words;

    Fate(String words) {
      this.words = words;
    }
  }

  boolean done() {
    return fate == Fate.DONE;
  }
}
