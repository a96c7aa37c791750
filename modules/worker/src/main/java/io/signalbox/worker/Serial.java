package io.signalbox.worker;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs steps one after the other, on whichever thread brings the first: a device's state needs no
 * lock and no thread of its own. Steps are short and never block.
 */
final class Serial {
  private final Queue<Runnable> steps = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Consumer<Throwable> onError;

  /**
   * Without steps.
   *
   * @param onError is told of a step that failed; those behind it run nevertheless
   */
  Serial(Consumer<Throwable> onError) {
    this.onError = onError;
  }

  /** Runs a step now, or right behind those that run. */
  void run(Runnable step) {
    steps.add(step);
    if (waiting.getAndIncrement() != 0) {
      return;
    }
    do {
      try {
        steps.remove().run();
      } catch (RuntimeException | Error failure) {
        onError.accept(failure);
      }
    } while (waiting.decrementAndGet() != 0);
  }
}
