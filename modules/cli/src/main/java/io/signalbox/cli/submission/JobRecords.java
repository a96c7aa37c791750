package io.signalbox.cli.submission;

import io.signalbox.client.Job;
import io.signalbox.core.job.Content;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.events.Admission;
import io.signalbox.events.Dependency;
import io.signalbox.simulator.workload.JobPlan;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns jobs as files describe them into jobs as the client sends them. */
public final class JobRecords {
  private JobRecords() {}

  /**
   * The job of a plan.
   *
   * @param plan a plan whose deadline is an instant by now
   * @param pool the fleet that shall run it
   * @throws IllegalArgumentException when a name isn't allowed
   */
  public static Job of(JobPlan plan, String pool) {
    Double deadline = plan.header().deadline();
    return new Job(
        pool,
        plan.job(),
        plan.header().tenant(),
        deadline == null ? null : instant(deadline),
        Admission.valueOf(plan.header().admission().name()),
        plan.header().labels(),
        plan.tasks().stream().map(JobRecords::task).toList());
  }

  private static io.signalbox.events.TaskSpec task(TaskSpec task) {
    List<Dependency> dependencies =
        task.dependencies().stream()
            .map(dependency -> new Dependency(dependency.task(), dependency.sizeBytes()))
            .toList();
    return new io.signalbox.events.TaskSpec(
        task.id(),
        task.operation(),
        task.version(),
        dependencies,
        task.work(),
        task.estimates(),
        task.classes(),
        task.memoryBytes(),
        content(task.payload()),
        Math.round(task.timeoutSeconds() * 1e3),
        task.maxAttempts(),
        task.labels().required(),
        task.labels().preferred());
  }

  private static io.signalbox.events.@Nullable Content content(@Nullable Content content) {
    if (content == null) {
      return null;
    }
    byte[] bytes = content.bytes();
    return new io.signalbox.events.Content(
        content.contentType(),
        bytes == null ? null : ByteBuffer.wrap(bytes),
        content.uri(),
        content.sizeBytes());
  }

  private static Instant instant(double seconds) {
    return Instant.EPOCH.plusNanos(Math.round(seconds * 1e6) * 1000);
  }
}
