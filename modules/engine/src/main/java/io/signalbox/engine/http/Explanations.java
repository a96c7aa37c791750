package io.signalbox.engine.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.core.explanation.Explanation;
import io.signalbox.core.job.TaskRef;
import io.signalbox.engine.board.PoolBusyException;
import io.signalbox.engine.board.PoolQuestions;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Asks the pools of this instance about single tasks, the paths of jobs, and themselves. */
final class Explanations {
  /** Less than other instances wait for this one. */
  private static final Duration TIMEOUT = Duration.ofMillis(1_500);

  private final PoolQuestions pools;

  Explanations(PoolQuestions pools) {
    this.pools = pools;
  }

  private record Told(Explanation explanation, double now) {}

  /** Where a task stands and why, from each pool that knows its job. */
  Mono<List<ObjectNode>> of(Optional<String> pool, TaskRef task) {
    return each(
        pool,
        name ->
            ask(name, (live, now) -> new Told(live.explain(task, now), now))
                .filter(told -> !(told.explanation() instanceof Explanation.UnknownJob))
                .map(told -> ExplanationJson.of(name, told.explanation(), told.now())));
  }

  /** What still holds a job up, from each pool in which it lives. */
  Mono<List<ObjectNode>> paths(Optional<String> pool, String job) {
    return each(
        pool,
        name ->
            ask(name, (live, now) -> Optional.ofNullable(live.paths(job)))
                .flatMap(Mono::justOrEmpty)
                .map(paths -> PathsJson.of(name, job, paths)));
  }

  /** How a pool places tasks; empty when it isn't here. */
  Mono<List<ObjectNode>> placement(String pool) {
    return each(
        Optional.of(pool),
        name ->
            ask(name, (live, now) -> live.placement())
                .map(placement -> PlacementJson.of(name, placement)));
  }

  private interface ToPool {
    Mono<ObjectNode> ask(String name);
  }

  private Mono<List<ObjectNode>> each(Optional<String> pool, ToPool question) {
    Collection<String> names = pool.<Collection<String>>map(List::of).orElseGet(pools::pools);
    return Flux.fromIterable(names).flatMap(question::ask).collectList();
  }

  private <T> Mono<T> ask(String pool, PoolQuestions.Question<T> question) {
    return Mono.fromFuture(() -> pools.ask(pool, question))
        .timeout(
            TIMEOUT,
            Mono.error(() ->
                new PoolBusyException(
                    "pool '%s' hasn't answered within %.1f s"
                        .formatted(pool, TIMEOUT.toMillis() / 1e3))))
        .flatMap(Mono::justOrEmpty);
  }
}
