package io.signalbox.engine.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.explanation.Explanation;
import io.signalbox.core.job.TaskRef;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
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
  void poolsThatAreTakenOverCanBeAskedBeforeTheFirstTick() {
    try (Scheduler first = Scheduler.on(folder)) {
      KeyValueStore<Bytes, byte[]> rows = emptyStore(SchedulingTopology.STORE);
      KeyValueStore<Bytes, byte[]> models = emptyStore(SchedulingTopology.MODELS);
      first.send(Scheduler.TOPICS.taskSubmitted(), "p", Records.job("p", "j", first.now(), "a"));
      first.tick();
      MockProcessorContext<Object, Object> context = new MockProcessorContext<>();
      context.setCurrentSystemTimeMs(first.now().toEpochMilli());
      rows.init(context.getStateStoreContext(), rows);
      context.addStateStore(rows);
      models.init(context.getStateStoreContext(), models);
      context.addStateStore(models);
      first.copyRows(rows);
      first.board.forget("p");
      first.questions.forget("p");

      new PoolProcessor(first.shell, first.models()).init(context);

      assertEquals(List.of("p"), List.copyOf(first.board.pools()));
      assertTrue(first.board.job("p", "j").isPresent());
      CompletableFuture<Optional<Explanation>> answer = ask(first, "a");
      assertFalse(answer.isDone());
      context.scheduledPunctuators().getFirst().getPunctuator().punctuate(0);
      assertTrue(answer.join().isPresent());
    }
  }

  private static KeyValueStore<Bytes, byte[]> emptyStore(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
        .withLoggingDisabled()
        .build();
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
