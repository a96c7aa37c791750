package io.signalbox.core.pool;

import io.signalbox.core.device.Device;
import io.signalbox.core.job.Content;
import io.signalbox.core.job.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A job event about one attempt, put together piece by piece. */
final class Announcement {
  private final Task task;
  private final JobEvent.Type type;
  private final int attempt;
  private final String device;
  private @Nullable Double startedAt;
  private @Nullable Double finishedAt;
  private @Nullable Double progress;
  private List<String> reasons = List.of();
  private @Nullable Content result;

  Announcement(Task task, JobEvent.Type type, int attempt, String device) {
    this.task = task;
    this.type = type;
    this.attempt = attempt;
    this.device = device;
  }

  /** When the attempt started, on the device's clock. */
  Announcement started(@Nullable Double at) {
    startedAt = at;
    return this;
  }

  /** When it ended, on the device's clock. */
  Announcement finished(@Nullable Double at) {
    finishedAt = at;
    return this;
  }

  Announcement progress(double share) {
    progress = share;
    return this;
  }

  Announcement because(String reason) {
    reasons = List.of(reason);
    return this;
  }

  Announcement result(@Nullable Content content) {
    result = content;
    return this;
  }

  void publish(State state, Turn turn) {
    if (!turn.effects().hearsOfTasks()) {
      return;
    }
    Device known = state.fleet.device(device);
    JobEvent.Attempt about =
        new JobEvent.Attempt(
            task.id(),
            attempt,
            device,
            known == null ? null : known.deviceClass(),
            startedAt,
            finishedAt);
    turn.publish(
        new JobEvent(
            task.job().id(),
            type,
            turn.now(),
            about,
            progress,
            reasons,
            result,
            null,
            State.counts(task.job())));
  }
}
