package io.signalbox.worker;

import reactor.core.publisher.Mono;

/** Runs the tasks of an operation without blocking its thread. */
@FunctionalInterface
public interface TaskHandler {
  /**
   * Runs one attempt. The Mono is subscribed on Reactor's parallel scheduler and cancelled when the
   * attempt is cancelled or runs out of time.
   *
   * @return the result; empty counts as {@link Result#empty}. A {@link TaskFailedException} says
   *     what kind of failure it was, out of memory is one of RESOURCES, all others are INTERNAL
   */
  Mono<Result> handle(TaskContext task);
}
