package io.signalbox.engine.board;

import io.signalbox.core.pool.Pool;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Questions to the pools of this instance that the board doesn't answer, since they go into single
 * tasks. A pool belongs to its stream thread alone, so any thread asks, and the stream thread
 * answers between two batches of records. A few questions may wait for each pool, and one is
 * answered at a time: people wait for them, tasks must not wait because of them.
 */
public final class PoolQuestions {
  private static final int MOST_WAITING = 32;

  private final Map<String, BlockingQueue<Asked<?>>> queues = new ConcurrentSkipListMap<>();

  /**
   * A question; it must change nothing.
   *
   * @param <T> the kind of its answer
   */
  @FunctionalInterface
  public interface Question<T> {
    /** Looks into the pool; {@code now} is in seconds since the epoch. */
    T ask(Pool pool, double now);
  }

  private record Asked<T>(Question<T> question, CompletableFuture<Optional<T>> answer) {
    void answer(Pool pool, double now) {
      if (answer.isDone()) {
        return;
      }
      try {
        answer.complete(Optional.of(question.ask(pool, now)));
      } catch (RuntimeException e) {
        // A bug in an answer is told to who asked; it must not stop the scheduler.
        answer.completeExceptionally(e);
      }
    }
  }

  /** Names of the pools that can be asked, sorted. */
  public Collection<String> pools() {
    return List.copyOf(queues.keySet());
  }

  /**
   * Asks a pool. The answer is empty when the pool isn't here, or no longer; it never comes when
   * the stream thread is held up, so set a limit.
   *
   * @return fails with {@link PoolBusyException} when too many questions wait
   */
  public <T> CompletableFuture<Optional<T>> ask(String pool, Question<T> question) {
    BlockingQueue<Asked<?>> queue = queues.get(pool);
    CompletableFuture<Optional<T>> answer = new CompletableFuture<>();
    if (queue == null) {
      answer.complete(Optional.empty());
    } else if (!queue.offer(new Asked<>(question, answer))) {
      answer.completeExceptionally(
          new PoolBusyException("too many questions wait for pool '" + pool + "'"));
    }
    return answer;
  }

  /** From now on the pool can be asked; does nothing when it could before. */
  public void open(String name) {
    queues.computeIfAbsent(name, opened -> new ArrayBlockingQueue<>(MOST_WAITING));
  }

  /**
   * Answers the question that has waited longest, if the pool is open; called by the pool's stream
   * thread.
   */
  public void answer(String name, Pool pool, double now) {
    BlockingQueue<Asked<?>> queue = queues.get(name);
    Asked<?> next = queue == null ? null : queue.poll();
    if (next != null) {
      next.answer(pool, now);
    }
  }

  /** A pool has moved to another instance; what waits is answered with nothing. */
  public void forget(String name) {
    BlockingQueue<Asked<?>> queue = queues.remove(name);
    if (queue != null) {
      List<Asked<?>> waiting = new ArrayList<>();
      queue.drainTo(waiting);
      waiting.forEach(asked -> asked.answer().complete(Optional.empty()));
    }
  }
}
