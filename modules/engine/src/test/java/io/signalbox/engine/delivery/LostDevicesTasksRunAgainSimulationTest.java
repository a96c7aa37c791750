package io.signalbox.engine.delivery;

import io.signalbox.events.JobEventType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a process ran when it died runs again, unless its job ended otherwise or a copy won. */
class LostDevicesTasksRunAgainSimulationTest {
  @Test
  void whatADeadProcessRanRunsAgain() {
    Campaign.holds(LostDevicesTasksRunAgainSimulationTest.class);
  }

  static @Nullable String breach(History history) {
    Map<String, String> lost = new HashMap<>();
    Set<String> ended = new HashSet<>();
    Set<String> done = new HashSet<>();
    for (Fact fact : history.facts) {
      switch (fact) {
        case Fact.Died died -> {
          for (String attempt : died.running()) {
            String task = attempt.substring(0, attempt.indexOf('#'));
            if (!done.contains(task)) {
              lost.put(task, attempt);
            }
          }
        }
        case Fact.Finished finished -> lost.remove(finished.task());
        case Fact.Announced announced -> {
          JobEventType type = announced.event().getType();
          if (type == JobEventType.TASK_SUCCEEDED) {
            if (announced.attempt().equals(lost.get(announced.task()))) {
              return announced.attempt() + " died with its device and succeeded";
            }
            lost.remove(announced.task());
            done.add(announced.task());
          }
          if (type == JobEventType.JOB_CANCELLED || type == JobEventType.JOB_FAILED) {
            ended.add(announced.event().getJob());
          }
        }
        default -> {
          // Says nothing of lost attempts.
        }
      }
    }
    for (Map.Entry<String, String> each : lost.entrySet()) {
      String job = each.getKey().substring(0, each.getKey().indexOf('/'));
      if (!ended.contains(job)) {
        return each.getValue() + " died with its device and never ran again";
      }
    }
    return null;
  }
}
