package io.signalbox.bench.latency;

import io.signalbox.bench.measure.Latency;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Where the time goes between the end of a task and the start of its successor, job by job. All
 * times are of this process: microseconds since the epoch.
 */
final class Stages {
  /** Points on the way, in order. */
  enum Point {
    /** The task's end was due. */
    DUE(""),
    /** Its worker handed COMPLETED to its producer. */
    REPORTED("worker: end was due until COMPLETED is handed to the producer"),
    /** A reader of task-events had it, as the engine does. */
    RECEIVED("producer linger, log and fetch: until a reader of task-events has it"),
    /** The engine made the offer. */
    DECIDED("engine: until the successor is offered (poll, batch, tick)"),
    /** A reader that doesn't wait for commits had the assignment. */
    WRITTEN("until the assignment is in the log (processing, engine's producer, fetch)"),
    /** The worker's consumer had it. */
    READABLE("commit: until it can be read by the worker"),
    /** The successor's handler ran. */
    STARTED("worker: until its handler runs (STARTED written, acknowledged)");

    private final String since;

    Point(String since) {
      this.since = since;
    }
  }

  private final Map<String, Map<Point, Long>> open = new ConcurrentHashMap<>();
  private final Map<Point, Histogram> stages = new EnumMap<>(Point.class);
  private final Histogram whole = histogram();
  private final Set<Point> points;

  /**
   * Sees these points of the way, and passes over the others.
   *
   * @param points with {@link Point#DUE} and {@link Point#READABLE}
   */
  Stages(Set<Point> points) {
    this.points = EnumSet.copyOf(points);
    points.forEach(point -> stages.put(point, histogram()));
  }

  private static Histogram histogram() {
    return new ConcurrentHistogram(TimeUnit.MINUTES.toMicros(5), 3);
  }

  /** A job whose first task shall end then is measured. */
  void expect(String job, long dueMicros) {
    Map<Point, Long> times = new EnumMap<>(Point.class);
    times.put(Point.DUE, dueMicros);
    open.put(job, times);
  }

  /** When the first task of a job shall end; 0 for a job that isn't known. */
  long due(String job) {
    Map<Point, Long> times = open.get(job);
    if (times == null) {
      return 0;
    }
    synchronized (times) {
      return times.getOrDefault(Point.DUE, 0L);
    }
  }

  /** A job has come to a point. */
  void reached(String job, Point point, long micros) {
    Map<Point, Long> times = points.contains(point) ? open.get(job) : null;
    if (times == null) {
      return;
    }
    synchronized (times) {
      if (times.putIfAbsent(point, micros) == null && times.size() == points.size()) {
        open.remove(job);
        finish(times);
      }
    }
  }

  private void finish(Map<Point, Long> times) {
    whole.recordValue(between(times, Point.DUE, Point.READABLE));
    Point before = Point.DUE;
    for (Point point : points) {
      if (point != Point.DUE) {
        histogramOf(point).recordValue(between(times, before, point));
        before = point;
      }
    }
  }

  private Histogram histogramOf(Point point) {
    return stages.computeIfAbsent(point, missing -> histogram());
  }

  /** Readers on several threads and clocks of milliseconds may swap neighbours. */
  private static long between(Map<Point, Long> times, Point from, Point to) {
    return Math.max(0, times.getOrDefault(to, 0L) - times.getOrDefault(from, 0L));
  }

  /** How many jobs are through. */
  long finished() {
    return whole.getTotalCount();
  }

  /** From the end of a task until its successor's assignment can be read. */
  Latency whole() {
    return Latency.ofMicros("completion until the successor's assignment is read", whole);
  }

  /** Each stage by itself. */
  List<Latency> stages() {
    List<Latency> all = new ArrayList<>();
    for (Point point : points) {
      if (point != Point.DUE) {
        all.add(Latency.ofMicros(point.since, histogramOf(point)));
      }
    }
    return all;
  }
}
