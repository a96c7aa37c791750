package io.signalbox.worker;

import io.signalbox.events.TaskSpec;
import java.time.Instant;
import java.util.Map;
import reactor.core.publisher.Mono;

/** One attempt of a task, as its handler sees it. Safe to use from any thread. */
public interface TaskContext {
  /** Pool of the job. */
  String pool();

  /** The job. */
  String job();

  /** The task. */
  String taskId();

  /** Number of the attempt, from 1. */
  int attempt();

  /** The operation to run. */
  String operation();

  /** Version of the operation, may be empty. */
  String version();

  /** Amount of work, in the operation's own unit. */
  double work();

  /** Device memory that it needs, in bytes; 0 when it doesn't matter. */
  long memoryBytes();

  /** The device it runs on. */
  String deviceId();

  /** What the producer gave the task. */
  TaskData payload();

  /** Results of the parents by their task ids, in the order of the dependencies. */
  Map<String, TaskData> inputs();

  /** Where the parents' data is, by their task ids, in the order of the dependencies. */
  Map<String, Origin> origins();

  /**
   * Where the data of a parent is.
   *
   * @param deviceId the device that the parent ran on
   * @param finishedAt when it finished, on that device's clock
   * @param sizeBytes bytes to move from there, from the dependency; 0 when unknown
   */
  record Origin(String deviceId, Instant finishedAt, long sizeBytes) {}

  /** W3C {@code traceparent} to pass on to services that the handler calls. */
  String traceparent();

  /**
   * Reports how much is done. At most one report in 100 ms is sent; those between are dropped.
   *
   * @param share 0 to 1
   */
  void progress(double share);

  /**
   * Adds tasks to the job. They are sent when this attempt completes, and not at all when it
   * doesn't: so an attempt that is tried again doesn't spawn twice.
   */
  void spawn(TaskSpec... tasks);

  /** True from the moment that nobody waits for this attempt any more. */
  boolean isCancelled();

  /** Completes when the attempt is cancelled or out of time; never when it ends by itself. */
  Mono<Void> cancelled();
}
