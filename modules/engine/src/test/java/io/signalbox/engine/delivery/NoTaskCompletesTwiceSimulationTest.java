package io.signalbox.engine.delivery;

import io.signalbox.events.JobEventType;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Of all completions of a task one is accepted, and it is one that a worker has made. */
class NoTaskCompletesTwiceSimulationTest {
  @Test
  void oneCompletionOfATaskIsAccepted() {
    Campaign.holds(NoTaskCompletesTwiceSimulationTest.class);
  }

  static @Nullable String breach(History history) {
    Set<String> accepted = new HashSet<>();
    Set<String> made = new HashSet<>();
    for (Fact fact : history.facts) {
      if (fact instanceof Fact.Finished finished) {
        made.add(finished.task() + "#" + finished.attempt());
      }
      if (fact instanceof Fact.Announced announced
          && announced.event().getType() == JobEventType.TASK_SUCCEEDED) {
        if (!accepted.add(announced.task())) {
          return announced.task() + " succeeded twice";
        }
        if (!made.contains(announced.attempt())) {
          return announced.attempt() + " was accepted and never made";
        }
      }
    }
    return null;
  }
}
