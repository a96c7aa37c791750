package io.signalbox.e2e.chaos;

import io.signalbox.client.Job;
import io.signalbox.events.Dependency;
import io.signalbox.events.JobEvent;
import io.signalbox.events.JobEventType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What was said of one job, event by event. */
final class JobRecord {
  private static final Set<JobEventType> ENDS =
      EnumSet.of(
          JobEventType.JOB_SUCCEEDED,
          JobEventType.JOB_FAILED,
          JobEventType.JOB_CANCELLED,
          JobEventType.REJECTED);

  private final String name;
  private final Map<String, Set<String>> parents = new HashMap<>();
  private final Map<String, Integer> completions = new TreeMap<>();
  private final List<String> accepted = new ArrayList<>();
  private final List<JobEventType> ends = new ArrayList<>();

  JobRecord(Job job) {
    name = job.name();
    job.tasks()
        .forEach(task ->
            parents.put(
                task.getTaskId(),
                task.getDependencies().stream()
                    .map(Dependency::getTaskId)
                    .collect(Collectors.toUnmodifiableSet())));
  }

  /** Takes the next event; returns whether a completion was accepted. */
  boolean read(JobEvent event, List<String> wrongs) {
    if (ENDS.contains(event.getType())) {
      ends.add(event.getType());
    }
    switch (event.getType()) {
      case TASK_STARTED -> {
        if (!completions.keySet().containsAll(parents.get(event.getTaskId()))) {
          wrongs.add("started before its parents: " + name + "/" + event.getTaskId());
        }
      }
      case TASK_SUCCEEDED -> {
        completions.merge(event.getTaskId(), 1, Integer::sum);
        accepted.add(Ledger.name(name, event.getTaskId(), event.getAttempt()));
        return true;
      }
      default -> {}
    }
    return false;
  }

  boolean hasEnded() {
    return !ends.isEmpty();
  }

  /** Each accepted completion is one that a worker reported. */
  boolean isBackedBy(Set<String> completed) {
    return completed.containsAll(accepted);
  }

  /** What is wrong with it as far as it has come. */
  List<String> doubled() {
    return completions.entrySet().stream()
        .filter(task -> task.getValue() != 1)
        .map(task -> "%s/%s was completed %d times".formatted(name, task.getKey(), task.getValue()))
        .toList();
  }

  /** What is wrong with it when it is over. */
  List<String> violations() {
    List<String> all = new ArrayList<>(doubled());
    if (!ends.equals(List.of(JobEventType.JOB_SUCCEEDED))) {
      all.add(name + " ended as " + ends);
    }
    Set<String> lost = new HashSet<>(parents.keySet());
    lost.removeAll(completions.keySet());
    if (!lost.isEmpty()) {
      all.add(name + " lost " + lost);
    }
    return all;
  }

  @Override
  public String toString() {
    return name + " with " + completions.size() + " of " + parents.size() + " tasks";
  }
}
