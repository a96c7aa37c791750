package io.signalbox.reactive;

import io.signalbox.events.Content;
import io.signalbox.events.TaskSpec;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Cuts tasks into batches that fit one record: at most 1,000 tasks and 900,000 bytes. */
public final class TaskBatches {
  /** Most tasks of one record. */
  public static final int MAX_TASKS = 1_000;

  /** Most bytes of one record's tasks; below the brokers' default limit of 1 MiB a batch. */
  public static final int MAX_BYTES = 900_000;

  /** The most that numbers, lengths and union branches of one task take in Avro's binary form. */
  private static final int FIXED_BYTES = 96;

  private TaskBatches() {}

  /**
   * Cuts a stream of tasks, in order; a batch is emitted as soon as it is full.
   *
   * @return fails with IllegalArgumentException at a task that is too large for any record
   */
  public static Flux<List<TaskSpec>> of(Flux<TaskSpec> tasks) {
    return Flux.defer(() -> tasks.bufferUntil(cutBefore(), true));
  }

  private static Predicate<TaskSpec> cutBefore() {
    return new Predicate<>() {
      private int count;
      private long bytes;

      @Override
      public boolean test(TaskSpec task) {
        long size = bytesOf(task);
        count++;
        bytes += size;
        boolean full = count > MAX_TASKS || bytes > MAX_BYTES;
        if (full) {
          count = 1;
          bytes = size;
        }
        return full;
      }
    };
  }

  /**
   * An upper bound of a task's size in Avro's binary form.
   *
   * @throws IllegalArgumentException when it can't fit any record
   */
  static long bytesOf(TaskSpec task) {
    long bytes = FIXED_BYTES + utf8(task.getTaskId()) + utf8(task.getOperation());
    bytes += utf8(task.getVersion());
    for (var dependency : task.getDependencies()) {
      bytes += utf8(dependency.getTaskId()) + 12;
    }
    for (String deviceClass : task.getEstimates().keySet()) {
      bytes += utf8(deviceClass) + 10;
    }
    for (String deviceClass : task.getClasses()) {
      bytes += utf8(deviceClass) + 2;
    }
    bytes += bytesOf(task.getPayload());
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "Task %s takes %d bytes, a record holds %d; use a URI or fewer dependencies"
              .formatted(task.getTaskId(), bytes, MAX_BYTES));
    }
    return bytes;
  }

  private static long bytesOf(@Nullable Content content) {
    if (content == null) {
      return 0;
    }
    ByteBuffer inline = content.getBytes();
    String uri = content.getUri();
    return utf8(content.getContentType())
        + (inline == null ? 0 : inline.remaining() + 5)
        + (uri == null ? 0 : utf8(uri) + 2);
  }

  /** Counts three bytes for all that isn't ASCII, which is the most a char takes. */
  private static long utf8(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      bytes += text.charAt(i) < 0x80 ? 1 : 3;
    }
    return bytes;
  }
}
