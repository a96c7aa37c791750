package io.signalbox.events.topic;

import io.signalbox.events.Assignment;
import io.signalbox.events.CachedResult;
import io.signalbox.events.Control;
import io.signalbox.events.DeviceTelemetry;
import io.signalbox.events.ExecutionTrace;
import io.signalbox.events.HotspotEvent;
import io.signalbox.events.JobEvent;
import io.signalbox.events.ModelStatistics;
import io.signalbox.events.TaskEvent;
import io.signalbox.events.TasksSubmitted;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What each topic carries and how it is created. */
final class Catalogue {
  // Long enough to look into what happened last week. Telemetry and assignments are worthless soon
  // after they are written, and there are many of them.
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration MONTH = Duration.ofDays(30);

  private Catalogue() {}

  static List<Topic<?>> of(Topics topics) {
    return List.of(
        byPool(topics.taskSubmitted(), TasksSubmitted.class, WEEK, "Tasks of jobs, from producers"),
        byPool(topics.taskEvents(), TaskEvent.class, WEEK, "What workers say of attempts"),
        byPool(topics.deviceTelemetry(), DeviceTelemetry.class, DAY, "Heartbeats of devices"),
        new Topic<>(
            topics.executionTraces(),
            ExecutionTrace.class,
            "operation",
            Partitioning.OPERATION,
            Cleanup.DELETE,
            Optional.of(WEEK),
            "Finished attempts with their times, from workers"),
        byPool(topics.control(), Control.class, WEEK, "Orders of operators"),
        new Topic<>(
            topics.jobEvents(),
            JobEvent.class,
            "job",
            Partitioning.JOB,
            Cleanup.DELETE,
            Optional.of(WEEK),
            "What becomes of jobs and their tasks"),
        byPool(
            topics.hotspots(),
            HotspotEvent.class,
            WEEK,
            "Operations that take more than their share"),
        models(topics),
        results(topics),
        deadLetters(topics));
  }

  static Topic<Assignment> assignments(Topics topics, String deviceClass) {
    return new Topic<>(
        topics.assignments(deviceClass),
        Assignment.class,
        "device id",
        Partitioning.LANE,
        Cleanup.DELETE,
        Optional.of(DAY),
        "Offers to the devices of class " + deviceClass);
  }

  private static <V> Topic<V> byPool(
      String name, Class<V> valueClass, Duration retention, String description) {
    return new Topic<>(
        name,
        valueClass,
        "pool",
        Partitioning.POOL,
        Cleanup.DELETE,
        Optional.of(retention),
        description);
  }

  private static Topic<ModelStatistics> models(Topics topics) {
    return new Topic<>(
        topics.models(),
        ModelStatistics.class,
        "pool|zone|operation@version|class",
        Partitioning.MODEL,
        Cleanup.COMPACT,
        Optional.empty(),
        "What pools have learned of run times");
  }

  private static Topic<CachedResult> results(Topics topics) {
    return new Topic<>(
        topics.results(),
        CachedResult.class,
        "operation:version:context",
        Partitioning.CACHE_KEY,
        Cleanup.COMPACT,
        Optional.empty(),
        "Results that may be used again");
  }

  private static Topic<byte[]> deadLetters(Topics topics) {
    return new Topic<>(
        topics.deadLetters(),
        byte[].class,
        "as read",
        Partitioning.SOURCE,
        Cleanup.DELETE,
        Optional.of(MONTH),
        "What couldn't be read or was refused, with the reason in headers");
  }
}
