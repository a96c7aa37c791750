package io.signalbox.engine.scheduling;

import io.signalbox.events.Assignment;
import io.signalbox.events.Content;
import io.signalbox.events.Dependency;
import io.signalbox.events.DeviceTelemetry;
import io.signalbox.events.HotspotEvent;
import io.signalbox.events.HotspotEventType;
import io.signalbox.events.JobHeader;
import io.signalbox.events.TaskEvent;
import io.signalbox.events.TaskEventType;
import io.signalbox.events.TaskSpec;
import io.signalbox.events.TasksSubmitted;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Input records as a producer and a worker would write them. */
public final class Records {
  /** The class of every device here. */
  public static final String GPU = "gpu";

  private Records() {}

  /** Tasks written as "a" or "b->a" (b waits for a). */
  public static TasksSubmitted job(String pool, String job, Instant at, String... tasks) {
    return TasksSubmitted.newBuilder()
        .setPool(pool)
        .setJob(job)
        .setHeader(JobHeader.newBuilder().build())
        .setTasks(Stream.of(tasks).map(Records::task).toList())
        .setSealed(true)
        .setSubmittedAt(at)
        .build();
  }

  private static TaskSpec task(String text) {
    String[] parts = text.split("->");
    List<Dependency> parents =
        parts.length == 1
            ? List.of()
            : Stream.of(parts[1].split(",")).map(parent -> new Dependency(parent, 7L)).toList();
    return TaskSpec.newBuilder()
        .setTaskId(parts[0])
        .setOperation("op")
        .setDependencies(parents)
        .setPayload(content("payload of " + parts[0]))
        .build();
  }

  public static Content content(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Content("text/plain", ByteBuffer.wrap(bytes), null, (long) bytes.length);
  }

  public static String text(Content content) {
    return StandardCharsets.UTF_8.decode(content.getBytes().duplicate()).toString();
  }

  public static DeviceTelemetry heartbeat(String pool, String device, long sequence, Instant at) {
    return linking(pool, device, sequence, 0, at);
  }

  /** A heartbeat of a device that takes so many linked offers behind an attempt. */
  public static DeviceTelemetry linking(
      String pool, String device, long sequence, int linkedOffers, Instant at) {
    return DeviceTelemetry.newBuilder()
        .setPool(pool)
        .setDeviceId(device)
        .setDeviceClass(GPU)
        .setIncarnation(1)
        .setSequence(sequence)
        .setAt(at)
        .setLanes(List.of(2))
        .setLinkedOffers(linkedOffers)
        .build();
  }

  /** News of an operation that has become hot. */
  public static HotspotEvent hotspot(String pool, String operation, Instant at) {
    return HotspotEvent.newBuilder()
        .setPool(pool)
        .setOperation(operation)
        .setDeviceClass(GPU)
        .setType(HotspotEventType.ENTERED)
        .setWindowStart(at.minusSeconds(60))
        .setWindowEnd(at)
        .setCount(300)
        .setPerSecond(5)
        .setMeanMicros(1e5)
        .setP50Micros(1e5)
        .setP95Micros(2e5)
        .setP99Micros(3e5)
        .setShare(0.1)
        .setCountShare(0.9)
        .build();
  }

  public static TaskEvent started(Assignment assignment, Instant at) {
    return event(assignment, at, TaskEventType.STARTED).build();
  }

  public static TaskEvent completed(Assignment assignment, Instant at, String result) {
    return event(assignment, at, TaskEventType.COMPLETED)
        .setStartedAt(at.minusMillis(100))
        .setResult(content(result))
        .build();
  }

  private static TaskEvent.Builder event(Assignment assignment, Instant at, TaskEventType type) {
    return TaskEvent.newBuilder()
        .setPool(assignment.getPool())
        .setJob(assignment.getJob())
        .setTaskId(assignment.getTaskId())
        .setAttempt(assignment.getAttempt())
        .setType(type)
        .setDeviceId(assignment.getDeviceId())
        .setIncarnation(1)
        .setAt(at);
  }
}
