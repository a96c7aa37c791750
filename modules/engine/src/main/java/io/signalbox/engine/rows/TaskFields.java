package io.signalbox.engine.rows;

import io.signalbox.core.job.Content;
import io.signalbox.core.job.Dependency;
import io.signalbox.core.job.TaskError;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.core.job.TaskState;
import java.util.List;

/** The fields of a task's rows; job and task id are in the key. */
final class TaskFields {
  private static final EnumCode<TaskError.Kind> ERRORS =
      new EnumCode<>(
          List.of(
              TaskError.Kind.USER,
              TaskError.Kind.INTERNAL,
              TaskError.Kind.EXTERNAL,
              TaskError.Kind.RESOURCES));

  private TaskFields() {}

  static void writeSpec(ByteWriter out, TaskSpec spec) {
    out.text(spec.operation())
        .text(spec.version())
        .list(
            spec.dependencies(),
            (each, dependency) -> each.text(dependency.task()).number(dependency.sizeBytes()))
        .real(spec.work())
        .map(spec.estimates(), ByteWriter::real)
        .list(spec.classes(), ByteWriter::text)
        .number(spec.memoryBytes())
        .optional(spec.payload(), TaskFields::writeContent)
        .real(spec.timeoutSeconds())
        .number(spec.maxAttempts());
  }

  static TaskSpec readSpec(ByteReader in, String id) {
    return new TaskSpec(
        id,
        in.text(),
        in.text(),
        in.list(each -> new Dependency(each.text(), each.number())),
        in.real(),
        in.map(ByteReader::real),
        in.list(ByteReader::text),
        in.number(),
        in.optional(TaskFields::readContent),
        in.real(),
        in.integer());
  }

  static void writeContent(ByteWriter out, Content content) {
    out.text(content.contentType())
        .optional(content.bytes(), ByteWriter::blob)
        .optional(content.uri(), ByteWriter::text)
        .number(content.sizeBytes());
  }

  // NullAway doesn't see the @Nullable of an array type in another module's class file.
  @SuppressWarnings("NullAway")
  static Content readContent(ByteReader in) {
    return new Content(
        in.text(), in.optional(ByteReader::blob), in.optional(ByteReader::text), in.number());
  }

  static void writeState(ByteWriter out, TaskState state) {
    switch (state) {
      case TaskState.Waiting() -> out.octet(0);
      case TaskState.Ready(double since) -> out.octet(1).real(since);
      case TaskState.Offered(String device, int lane, double acceptBy, double predictedSeconds) ->
          out.octet(2).text(device).number(lane).real(acceptBy).real(predictedSeconds);
      case TaskState.Running(String device, int lane, double since, double predictedSeconds) ->
          out.octet(3).text(device).number(lane).real(since).real(predictedSeconds);
      case TaskState.BackingOff(double until) -> out.octet(4).real(until);
      case TaskState.Succeeded(String device, double finishedAt) ->
          out.octet(5).text(device).real(finishedAt);
      case TaskState.Failed(TaskError error) ->
          out.octet(6).octet(ERRORS.number(error.kind())).text(error.message());
    }
  }

  static TaskState readState(ByteReader in) {
    int tag = in.octet();
    return switch (tag) {
      case 0 -> new TaskState.Waiting();
      case 1 -> new TaskState.Ready(in.real());
      case 2 -> new TaskState.Offered(in.text(), in.integer(), in.real(), in.real());
      case 3 -> new TaskState.Running(in.text(), in.integer(), in.real(), in.real());
      case 4 -> new TaskState.BackingOff(in.real());
      case 5 -> new TaskState.Succeeded(in.text(), in.real());
      case 6 -> new TaskState.Failed(new TaskError(ERRORS.constant(in.octet()), in.text()));
      default -> throw new UnreadableRowException("task state " + tag + " isn't known");
    };
  }
}
