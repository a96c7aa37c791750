package io.signalbox.engine.translate;

import io.signalbox.core.hotspot.HotOperation;
import io.signalbox.core.hotspot.HotspotNews;
import io.signalbox.core.job.Admission;
import io.signalbox.core.job.AttemptRef;
import io.signalbox.core.job.JobHeader;
import io.signalbox.core.job.TaskError;
import io.signalbox.core.pool.Input;
import io.signalbox.events.CancelJob;
import io.signalbox.events.ChangePlacement;
import io.signalbox.events.Control;
import io.signalbox.events.DeviceTelemetry;
import io.signalbox.events.DrainDevice;
import io.signalbox.events.HotspotEvent;
import io.signalbox.events.PausePool;
import io.signalbox.events.Reschedule;
import io.signalbox.events.ResumePool;
import io.signalbox.events.TaskEvent;
import io.signalbox.events.TasksSubmitted;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** What the input topics carry, as inputs of a pool. */
public final class Inputs {
  private static final int MOST_NAME = 200;

  /** Its form has 55 characters; later versions may have some more. */
  private static final int MOST_TRACEPARENT = 256;

  private final Lanes lanes;

  /**
   * @param lanes which lanes devices may name
   */
  public Inputs(Lanes lanes) {
    this.lanes = lanes;
  }

  /**
   * The pool that a record names.
   *
   * @throws UnusableRecordException when it isn't a name
   */
  public static String pool(SpecificRecord value) {
    String pool =
        switch (value) {
          case TasksSubmitted submitted -> submitted.getPool();
          case TaskEvent event -> event.getPool();
          case DeviceTelemetry telemetry -> telemetry.getPool();
          case Control control -> control.getPool();
          case HotspotEvent event -> event.getPool();
          default -> throw unknown(value);
        };
    return PoolName.checked(pool);
  }

  /**
   * The input that a record is.
   *
   * @param value the record
   * @param traceparent the W3C trace context it came with, or null
   * @throws UnusableRecordException when it contradicts itself
   */
  public Input read(SpecificRecord value, @Nullable String traceparent) {
    return switch (value) {
      case TasksSubmitted submitted -> submitted(submitted, traceparent);
      case TaskEvent event -> attempt(event);
      case DeviceTelemetry telemetry ->
          new Input.DeviceReported(DeviceReports.read(telemetry, lanes));
      case Control control -> command(control.getCommand());
      case HotspotEvent event -> hotspot(event);
      default -> throw unknown(value);
    };
  }

  /**
   * What a pool is told of a record that {@link #read} found unusable; null when nobody waits for
   * it.
   *
   * @param reason what is wrong with the record
   */
  public static @Nullable Input unusable(SpecificRecord value, String reason) {
    return value instanceof TasksSubmitted submitted
        ? new Input.UnusableSubmission(submitted.getJob(), reason)
        : null;
  }

  private static Input submitted(TasksSubmitted value, @Nullable String traceparent) {
    io.signalbox.events.JobHeader header = value.getHeader();
    return new Input.TasksSubmitted(
        value.getJob(),
        header == null ? null : header(header, traceparent),
        Specs.read(value.getTasks()),
        value.getSealed());
  }

  private static JobHeader header(
      io.signalbox.events.JobHeader header, @Nullable String traceparent) {
    Instant deadline = header.getDeadline();
    return new JobHeader(
        header.getTenant(),
        deadline == null ? null : EpochSeconds.of(deadline),
        admission(header.getAdmission()),
        header.getLabels(),
        traceparent == null || traceparent.length() > MOST_TRACEPARENT ? null : traceparent);
  }

  private static Admission admission(io.signalbox.events.Admission admission) {
    return switch (admission) {
      case ENFORCE -> Admission.ENFORCE;
      case WARN -> Admission.WARN;
      case OFF -> Admission.OFF;
    };
  }

  private static Input attempt(TaskEvent event) {
    AttemptRef attempt = new AttemptRef(event.getJob(), event.getTaskId(), event.getAttempt());
    String device = deviceName(event.getDeviceId());
    long incarnation = event.getIncarnation();
    double at = EpochSeconds.of(event.getAt());
    return switch (event.getType()) {
      case STARTED -> new Input.AttemptStarted(attempt, device, incarnation, at);
      case PROGRESS ->
          new Input.AttemptProgressed(
              attempt, device, incarnation, progress(event), Specs.read(event.getSpawned()));
      case COMPLETED ->
          new Input.AttemptCompleted(
              attempt,
              device,
              incarnation,
              startedAt(event, at),
              at,
              Contents.read(event.getResult(), "result of " + attempt),
              Specs.read(event.getSpawned()));
      case FAILED ->
          new Input.AttemptFailed(
              attempt, device, incarnation, startedAt(event, at), at, error(event));
      case RELEASED -> new Input.AttemptReleased(attempt, device, incarnation, reason(event));
    };
  }

  /** It is stored with what it has done, known or not. */
  private static String deviceName(String id) {
    if (id.isEmpty() || id.length() > MOST_NAME) {
      throw new UnusableRecordException(
          "the deviceId has " + id.length() + " characters; 1 to " + MOST_NAME + " are allowed");
    }
    return id;
  }

  private static double startedAt(TaskEvent event, double at) {
    return event.getStartedAt() == null ? at : EpochSeconds.of(event.getStartedAt());
  }

  private static double progress(TaskEvent event) {
    Double progress = event.getProgress();
    return progress == null || progress.isNaN() ? 0 : Math.clamp(progress, 0.0, 1.0);
  }

  private static TaskError error(TaskEvent event) {
    io.signalbox.events.TaskError error = event.getError();
    if (error == null) {
      return new TaskError(TaskError.Kind.INTERNAL, "the worker gave no reason");
    }
    TaskError.Kind kind =
        switch (error.getType()) {
          case USER -> TaskError.Kind.USER;
          case INTERNAL -> TaskError.Kind.INTERNAL;
          case EXTERNAL -> TaskError.Kind.EXTERNAL;
          case RESOURCES -> TaskError.Kind.RESOURCES;
        };
    return new TaskError(kind, shortened(error.getMessage()));
  }

  private static String reason(TaskEvent event) {
    return event.getError() == null ? "" : shortened(event.getError().getMessage());
  }

  /** Messages are stored and shown; a stack trace of megabytes isn't a message. */
  private static String shortened(String message) {
    return message.length() <= 4_000 ? message : message.substring(0, 4_000);
  }

  private static Input command(Object command) {
    return switch (command) {
      case CancelJob cancel -> new Input.CancelJob(cancel.getJob(), shortened(cancel.getReason()));
      case PausePool pause -> new Input.PausePool();
      case ResumePool resume -> new Input.ResumePool();
      case ChangePlacement change -> new Input.ChangePlacement(change.getOptions());
      case Reschedule found -> reschedule(found);
      case DrainDevice drain -> new Input.DrainDevice(drain.getDeviceId(), drain.getDrain());
      default ->
          throw new UnusableRecordException(
              "unknown command " + command.getClass().getSimpleName());
    };
  }

  private static Input reschedule(Reschedule found) {
    return new Input.RescheduleTasks(
        new io.signalbox.core.tuning.Reschedule(
            found.getDeviceId(),
            switch (found.getTrigger()) {
              case HEALTH_CHECKS -> io.signalbox.core.tuning.Reschedule.Trigger.HEALTH_CHECKS;
              case RESPONSE -> io.signalbox.core.tuning.Reschedule.Trigger.RESPONSE;
              case OCCUPANCY -> io.signalbox.core.tuning.Reschedule.Trigger.OCCUPANCY;
            },
            found.getObserved(),
            found.getThreshold(),
            found.getWeight()));
  }

  private static Input hotspot(HotspotEvent event) {
    HotspotNews.Change change =
        switch (event.getType()) {
          case ENTERED -> HotspotNews.Change.ENTERED;
          case UPDATED -> HotspotNews.Change.UPDATED;
          case CLEARED -> HotspotNews.Change.CLEARED;
        };
    try {
      return new Input.HotspotChanged(
          change,
          new HotOperation(
              event.getOperation(),
              event.getDeviceClass(),
              event.getShare(),
              event.getCountShare(),
              event.getPerSecond(),
              event.getMeanMicros() / 1e6,
              EpochSeconds.of(event.getWindowEnd())));
    } catch (IllegalArgumentException e) {
      throw new UnusableRecordException(
          "operation '%s': %s".formatted(shortened(event.getOperation()), e.getMessage()));
    }
  }

  private static UnusableRecordException unknown(SpecificRecord value) {
    return new UnusableRecordException(
        "a " + value.getSchema().getFullName() + " isn't an input of a pool");
  }
}
