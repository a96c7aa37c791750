package io.signalbox.engine.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.signalbox.core.explanation.Explanation;
import io.signalbox.core.job.TaskRef;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions about tasks, answered by the thread that owns the pool. */
class ExplainTopologyTest {
  @TempDir Path folder;

  private static CompletableFuture<Optional<Explanation>> ask(Scheduler scheduler, String task) {
    return scheduler.questions.ask("p", (pool, now) -> pool.explain(new TaskRef("j", task), now));
  }

  @Test
  void questionIsAnsweredAtTheNextTick() {
    try (Scheduler scheduler = Scheduler.on(folder)) {
      scheduler.send(
          Scheduler.TOPICS.taskSubmitted(),
          "p",
          Records.job("p", "j", scheduler.now(), "a", "b->a"));
      scheduler.tick();
      CompletableFuture<Optional<Explanation>> answer = ask(scheduler, "b");
      assertFalse(answer.isDone());
      scheduler.pass(Duration.ofMillis(1));
      assertInstanceOf(Explanation.Waiting.class, answer.join().orElseThrow());
    }
  }

  @Test
  void poolsThatAreGivenUpAreNotAskedAnyMore() {
    Scheduler scheduler = Scheduler.on(folder);
    scheduler.send(
        Scheduler.TOPICS.taskSubmitted(), "p", Records.job("p", "j", scheduler.now(), "a"));
    scheduler.tick();
    CompletableFuture<Optional<Explanation>> answer = ask(scheduler, "a");
    scheduler.close();
    assertEquals(Optional.empty(), answer.join());
    assertEquals(Optional.empty(), ask(scheduler, "a").join());
  }
}
