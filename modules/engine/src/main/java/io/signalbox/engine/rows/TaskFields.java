package io.signalbox.engine.rows;

import io.signalbox.core.job.Content;
import io.signalbox.core.job.Dependency;
import io.signalbox.core.job.LabelRules;
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

  static void writeLabels(ByteWriter out, LabelRules labels) {
    out.map(labels.required(), ByteWriter::text).map(labels.preferred(), ByteWriter::text);
  }

  /** The spec with what it asks of labels, which comes now. */
  static TaskSpec readLabels(ByteReader in, TaskSpec spec) {
    return spec.with(LabelRules.of(in.map(ByteReader::text), in.map(ByteReader::text)));
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
      case TaskState.Ready(double since, boolean over) -> out.octet(over ? 8 : 1).real(since);
      case TaskState.Offered offered -> writePlaced(out.octet(2), offered, offered.acceptBy());
      case TaskState.Running runs -> writePlaced(out.octet(3), runs, runs.since());
      case TaskState.BackingOff(double until) -> out.octet(4).real(until);
      case TaskState.Succeeded(int attempt, String device, double finishedAt) ->
          out.octet(5).number(attempt).text(device).real(finishedAt);
      case TaskState.Failed(TaskError error) ->
          out.octet(6).octet(ERRORS.number(error.kind())).text(error.message());
      case TaskState.Linked linked ->
          out.octet(7)
              .number(linked.attempt())
              .text(linked.parent())
              .number(linked.parentAttempt())
              .text(linked.device())
              .number(linked.lane())
              .real(linked.acceptBy())
              .real(linked.predictedSeconds());
    }
  }

  private static void writePlaced(ByteWriter out, TaskState.Placed placed, double time) {
    out.number(placed.attempt())
        .text(placed.device())
        .number(placed.lane())
        .real(time)
        .real(placed.predictedSeconds());
  }

  /** A second live attempt; it is in one of the states that a first one may be in. */
  static TaskState.Placed readCopy(ByteReader in) {
    if (readState(in) instanceof TaskState.Placed copy) {
      return copy;
    }
    throw new UnreadableRowException("a copy is neither offered nor running");
  }

  static TaskState readState(ByteReader in) {
    int tag = in.octet();
    return switch (tag) {
      case 0 -> new TaskState.Waiting();
      case 1 -> new TaskState.Ready(in.real());
      case 2 -> new TaskState.Offered(in.integer(), in.text(), in.integer(), in.real(), in.real());
      case 3 -> new TaskState.Running(in.integer(), in.text(), in.integer(), in.real(), in.real());
      case 4 -> new TaskState.BackingOff(in.real());
      case 5 -> new TaskState.Succeeded(in.integer(), in.text(), in.real());
      case 6 -> new TaskState.Failed(new TaskError(ERRORS.constant(in.octet()), in.text()));
      case 7 ->
          new TaskState.Linked(
              in.integer(), in.text(), in.integer(), in.text(), in.integer(), in.real(), in.real());
      case 8 -> new TaskState.Ready(in.real(), true);
      default -> throw new UnreadableRowException("task state " + tag + " isn't known");
    };
  }
}
