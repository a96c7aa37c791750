package io.signalbox.worker;

import io.signalbox.events.ErrorType;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The handlers of a worker by operation, each safe to subscribe to. */
final class Handlers {
  private final Map<String, TaskHandler> byOperation;
  private final @Nullable TaskHandler any;

  Handlers(Map<String, TaskHandler> byOperation, @Nullable TaskHandler any) {
    if (byOperation.isEmpty() && any == null) {
      throw new IllegalArgumentException("A worker needs a handler: call handle or handleAny");
    }
    this.byOperation = Map.copyOf(byOperation);
    this.any = any;
  }

  /** The Mono that runs an attempt; every failure comes through it. */
  Mono<Result> run(TaskContext task) {
    TaskHandler handler = byOperation.getOrDefault(task.operation(), any);
    if (handler == null) {
      return Mono.error(unknown(task));
    }
    return Mono.defer(() -> caught(() -> handler.handle(task)))
        .subscribeOn(Schedulers.parallel())
        .defaultIfEmpty(Result.empty());
  }

  /** Another worker of the class may know it, or this one after its next release: not USER. */
  private TaskFailedException unknown(TaskContext task) {
    return new TaskFailedException(
        ErrorType.INTERNAL,
        "Device %s has no handler for the operation %s; it has %s"
            .formatted(task.deviceId(), task.operation(), new TreeSet<>(byOperation.keySet())));
  }

  /** A handler that may block, on a scheduler made for it. */
  static TaskHandler blocking(BlockingHandler handler, Scheduler scheduler) {
    return task ->
        Mono.defer(() -> caught(() -> Mono.justOrEmpty(handler.handle(task))))
            .subscribeOn(scheduler);
  }

  /** Reactor lets errors of the JVM fly past its operators, which would leave the slot taken. */
  private static Mono<Result> caught(Callable<Mono<Result>> call) {
    try {
      return call.call();
    } catch (Exception failure) {
      return Mono.error(failure);
    } catch (VirtualMachineError failure) {
      return Mono.error(new TaskFailedException(ErrorType.RESOURCES, failure.toString(), failure));
    } catch (LinkageError failure) {
      return Mono.error(new TaskFailedException(ErrorType.INTERNAL, failure.toString(), failure));
    }
  }
}
