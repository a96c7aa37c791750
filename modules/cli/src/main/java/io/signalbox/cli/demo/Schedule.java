package io.signalbox.cli.demo;

import io.signalbox.events.JobEvent;
import io.signalbox.simulator.workload.TimeScale;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What ran where and when, from the events of the jobs. Its time begins when the first task of any
 * of them starts and is the workload's: unscaled seconds.
 */
public final class Schedule {
  private final TimeScale scale;
  private final List<JobEvent> ended = new ArrayList<>();

  /**
   * An empty schedule.
   *
   * @param scale how much faster than the workload's time it runs
   */
  public Schedule(TimeScale scale) {
    this.scale = scale;
  }

  /** Takes note of an attempt that ended; other events are passed over. */
  public void add(JobEvent event) {
    switch (event.getType()) {
      case TASK_SUCCEEDED, TASK_RETRYING, TASK_FAILED -> {
        // An attempt that was lost before it started, or without saying when, left no trace.
        if (event.getStartedAt() != null && event.getFinishedAt() != null) {
          ended.add(event);
        }
      }
      default -> {}
    }
  }

  /** Every attempt that ran, in the order in which they started. */
  public List<Placement> placements() {
    Instant begin =
        ended.stream().map(JobEvent::getStartedAt).min(Comparator.naturalOrder()).orElse(null);
    if (begin == null) {
      return List.of();
    }
    return ended.stream()
        .map(event -> placement(event, begin))
        .sorted(Comparator.comparingDouble(Placement::start).thenComparing(Placement::taskId))
        .toList();
  }

  /** Unscaled seconds from the first start to the last finish; 0 when nothing ran. */
  public double makespanSeconds() {
    return placements().stream().mapToDouble(Placement::finish).max().orElse(0);
  }

  /** Unscaled seconds for which slots of each class were busy. */
  public Map<String, Double> busySecondsByClass() {
    Map<String, Double> busy = new TreeMap<>();
    placements()
        .forEach(one -> busy.merge(one.deviceClass(), one.finish() - one.start(), Double::sum));
    return busy;
  }

  private Placement placement(JobEvent event, Instant begin) {
    return new Placement(
        event.getJob(),
        event.getTaskId(),
        event.getAttempt(),
        event.getDeviceId(),
        event.getDeviceClass(),
        seconds(begin, event.getStartedAt()),
        seconds(begin, event.getFinishedAt()),
        switch (event.getType()) {
          case TASK_SUCCEEDED -> Placement.Outcome.SUCCEEDED;
          default -> Placement.Outcome.FAILED;
        });
  }

  private double seconds(Instant begin, Instant at) {
    return scale.fromReal(ChronoUnit.MICROS.between(begin, at) / 1e6);
  }
}
