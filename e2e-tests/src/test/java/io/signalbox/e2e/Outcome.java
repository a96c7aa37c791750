package io.signalbox.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.signalbox.events.JobEvent;
import io.signalbox.events.JobEventType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What became of a job, from its events. */
record Outcome(List<JobEvent> events) {

  JobEventType state() {
    return events.getLast().getType();
  }

  /** Completions that the engine accepted, by task. */
  Map<String, Long> completions() {
    return tasksOf(events, JobEventType.TASK_SUCCEEDED);
  }

  /** The devices that completed something. */
  Set<String> devices() {
    return events.stream()
        .filter(event -> event.getType() == JobEventType.TASK_SUCCEEDED)
        .map(JobEvent::getDeviceId)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The job succeeded and each of these tasks was completed exactly once. */
  void assertSucceeded(Collection<String> tasks) {
    assertEquals(JobEventType.JOB_SUCCEEDED, state(), () -> "last event: " + events.getLast());
    Map<String, Long> once = new TreeMap<>();
    tasks.forEach(task -> once.put(task, 1L));
    assertEquals(once, completions(), "accepted completions by task");
  }

  private static Map<String, Long> tasksOf(List<JobEvent> events, JobEventType type) {
    return events.stream()
        .filter(event -> event.getType() == type)
        .collect(Collectors.groupingBy(JobEvent::getTaskId, TreeMap::new, Collectors.counting()));
  }
}
