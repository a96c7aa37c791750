package io.signalbox.worker;

import io.signalbox.events.Assignment;
import io.signalbox.events.DeviceState;
import io.signalbox.events.DeviceTelemetry;
import io.signalbox.events.ErrorType;
import io.signalbox.events.ExecutionTrace;
import io.signalbox.events.HeldAttempt;
import io.signalbox.events.Input;
import io.signalbox.events.TaskError;
import io.signalbox.events.TaskEvent;
import io.signalbox.events.TaskEventType;
import io.signalbox.events.TaskSpec;
import io.signalbox.events.ZoneLink;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Puts into the words of the topics what a device has to say. */
final class Reports {
  private static final int MAX_MESSAGE = 4_000;

  private final WorkerSettings settings;
  private final long incarnation;
  private long sequence;

  Reports(WorkerSettings settings, long incarnation) {
    this.settings = settings;
    this.incarnation = incarnation;
  }

  private TaskEvent.Builder event(Assignment of, TaskEventType type, Instant at) {
    return TaskEvent.newBuilder()
        .setPool(of.getPool())
        .setJob(of.getJob())
        .setTaskId(of.getTaskId())
        .setAttempt(of.getAttempt())
        .setType(type)
        .setDeviceId(settings.deviceId())
        .setIncarnation(incarnation)
        .setAt(at)
        .setSpawned(List.of());
  }

  TaskEvent started(Assignment of, Instant at) {
    return event(of, TaskEventType.STARTED, at).build();
  }

  TaskEvent progress(Assignment of, double share, Instant at) {
    return event(of, TaskEventType.PROGRESS, at).setProgress(share).build();
  }

  TaskEvent spawned(Assignment of, List<TaskSpec> tasks, Instant at) {
    return event(of, TaskEventType.PROGRESS, at).setSpawned(tasks).build();
  }

  TaskEvent released(Assignment of, String reason, Instant at) {
    return event(of, TaskEventType.RELEASED, at)
        .setError(new TaskError(ErrorType.INTERNAL, reason))
        .build();
  }

  TaskEvent completed(Attempt attempt, Result result, List<TaskSpec> spawned, Instant at) {
    return event(attempt.assignment(), TaskEventType.COMPLETED, at)
        .setStartedAt(attempt.startedAt())
        .setResult(result.content())
        .setSpawned(spawned)
        .build();
  }

  /** The result as input of an attempt that is linked to this one. */
  Input handedOn(Attempt attempt, Result result, Instant at) {
    return new Input(attempt.taskId(), settings.deviceId(), at, 0L, result.content());
  }

  TaskEvent failed(Attempt attempt, Throwable error, Instant at) {
    return event(attempt.assignment(), TaskEventType.FAILED, at)
        .setStartedAt(attempt.startedAt())
        .setError(new TaskError(typeOf(error), messageOf(error)))
        .build();
  }

  private static ErrorType typeOf(Throwable error) {
    if (error instanceof TaskFailedException failed) {
      return failed.type();
    }
    return error instanceof OutOfMemoryError ? ErrorType.RESOURCES : ErrorType.INTERNAL;
  }

  private static String messageOf(Throwable error) {
    String said = error.getMessage();
    String message = error instanceof TaskFailedException && said != null ? said : error.toString();
    return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE);
  }

  ExecutionTrace trace(Attempt attempt, Instant end, boolean succeeded) {
    Assignment of = attempt.assignment();
    return ExecutionTrace.newBuilder()
        .setPool(of.getPool())
        .setJob(of.getJob())
        .setTaskId(of.getTaskId())
        .setAttempt(of.getAttempt())
        .setOperation(of.getOperation())
        .setVersion(of.getVersion())
        .setService(settings.service())
        .setStartTime(attempt.startedAt())
        .setEndTime(end)
        .setDurationMicros(attempt.elapsedMicros())
        .setSucceeded(succeeded)
        .setWork(of.getWork())
        .setDeviceClass(settings.deviceClass())
        .setDeviceId(settings.deviceId())
        .setTraceId(attempt.offer().traceparent().traceId())
        .setSpanId(attempt.offer().traceparent().spanId())
        .setParentSpanId(attempt.offer().traceparent().parentSpanId())
        .build();
  }

  /** The next heartbeat; each has the next sequence number. */
  DeviceTelemetry heartbeat(
      DeviceState state,
      Collection<Integer> lanes,
      Offers offers,
      DeviceReading reading,
      List<String> warmModels,
      Whereabouts where,
      Map<String, LinkProbe.Reading> links,
      Instant at) {
    return DeviceTelemetry.newBuilder()
        .setPool(settings.pool())
        .setDeviceId(settings.deviceId())
        .setDeviceClass(settings.deviceClass())
        .setIncarnation(incarnation)
        .setSequence(sequence++)
        .setAt(at)
        .setState(state)
        .setLanes(lanes.stream().sorted().toList())
        .setSlots(settings.slots())
        .setPrefetch(settings.prefetch())
        .setLinkedOffers(settings.linkedOffers())
        .setHeld(held(offers))
        .setMemoryTotalBytes(reading.memoryTotalBytes())
        .setMemoryFreeBytes(reading.memoryFreeBytes())
        .setBandwidthBytesPerSecond(settings.bandwidthBytesPerSecond())
        .setLinkLatencyMillis(settings.linkLatencyMillis())
        .setLoad(reading.load())
        .setPowerWatts(reading.powerWatts())
        .setIoLatencyMillis(reading.ioLatencyMillis())
        .setHealthy(reading.healthy())
        .setLabels(where.labels())
        .setZone(where.zone())
        .setWarmModels(warmModels)
        .setLinks(links(links))
        .build();
  }

  private static List<ZoneLink> links(Map<String, LinkProbe.Reading> links) {
    return links.entrySet().stream()
        .map(link ->
            new ZoneLink(
                link.getKey(),
                link.getValue().latencyMillis(),
                link.getValue().bandwidthBytesPerSecond()))
        .toList();
  }

  private static List<HeldAttempt> held(Offers offers) {
    return Stream.concat(
            offers.running().stream().map(attempt -> held(attempt, true)),
            Stream.concat(offers.queued().stream(), offers.linked().stream())
                .map(attempt -> held(attempt, false)))
        .toList();
  }

  private static HeldAttempt held(AttemptId attempt, boolean running) {
    return new HeldAttempt(attempt.job(), attempt.taskId(), attempt.attempt(), running);
  }
}
