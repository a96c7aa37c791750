package io.signalbox.cli.watch;

import io.signalbox.events.JobEvent;
import io.signalbox.events.JobEventType;
import io.signalbox.events.TaskCounts;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where jobs stand after the events that were seen. */
public final class Tally {
  private final Map<String, JobEventType> ended = new TreeMap<>();
  private final Map<String, TaskCounts> counts = new TreeMap<>();
  private final Map<String, Integer> runningByClass = new TreeMap<>();
  private final Map<String, String> runningOn = new HashMap<>();

  /** Takes an event into account. */
  public void add(JobEvent event) {
    counts.put(event.getJob(), event.getCounts());
    if (isEnd(event.getType())) {
      ended.put(event.getJob(), event.getType());
    }
    if (event.getTaskId() != null) {
      addTask(event.getJob() + "/" + event.getTaskId(), event);
    }
  }

  /** Known tasks of all jobs. */
  public int total() {
    return counts.values().stream().mapToInt(TaskCounts::getTotal).sum();
  }

  /** Tasks that are done. */
  public int succeeded() {
    return counts.values().stream().mapToInt(TaskCounts::getSucceeded).sum();
  }

  /** Tasks that were given up. */
  public int failed() {
    return counts.values().stream().mapToInt(TaskCounts::getFailed).sum();
  }

  /** Jobs that have ended. */
  public int endedJobs() {
    return ended.size();
  }

  /** What runs, by class: "cpu 3, nvidia-a100 1". */
  public String running() {
    return runningByClass.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  /** How the job ended; null while it lives. */
  public @Nullable JobEventType end(String job) {
    return ended.get(job);
  }

  /** True when each of the jobs has ended well. */
  public boolean allSucceeded(Collection<String> jobs) {
    return jobs.stream().allMatch(job -> ended.get(job) == JobEventType.JOB_SUCCEEDED);
  }

  /** True when the event is a job's last. */
  static boolean isEnd(JobEventType type) {
    return switch (type) {
      case REJECTED, JOB_SUCCEEDED, JOB_FAILED, JOB_CANCELLED -> true;
      case ACCEPTED,
          AT_RISK,
          IN_TIME,
          QUEUED,
          TASK_STARTED,
          TASK_PROGRESS,
          TASK_SUCCEEDED,
          TASK_RETRYING,
          TASK_FAILED ->
          false;
    };
  }

  private void addTask(String task, JobEvent event) {
    switch (event.getType()) {
      case TASK_STARTED -> {
        String deviceClass = event.getDeviceClass();
        if (deviceClass != null && runningOn.putIfAbsent(task, deviceClass) == null) {
          runningByClass.merge(deviceClass, 1, Integer::sum);
        }
      }
      case TASK_SUCCEEDED, TASK_RETRYING, TASK_FAILED -> {
        String deviceClass = runningOn.remove(task);
        if (deviceClass != null) {
          runningByClass.merge(deviceClass, -1, Integer::sum);
        }
      }
      default -> {}
    }
  }
}
