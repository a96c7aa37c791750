package io.signalbox.engine.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.device.DeviceClass;
import io.signalbox.core.pool.Pool;
import io.signalbox.core.pool.PoolSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PoolQuestionsTest {
  private final PoolQuestions questions = new PoolQuestions();
  private final Pool pool =
      new Pool("p", PoolSettings.of(List.of(new DeviceClass("cpu", 1, 0, 0, 0))));

  @Test
  void poolThatIsNotHereHasNoAnswer() {
    assertEquals(Optional.empty(), questions.ask("p", (live, now) -> now).join());
    assertTrue(questions.pools().isEmpty());
  }

  @Test
  void questionWaitsForThePoolsThread() {
    questions.open("p");
    CompletableFuture<Optional<Double>> answer = questions.ask("p", (live, now) -> now);
    assertFalse(answer.isDone());
    questions.answer("p", pool, 2);
    assertEquals(Optional.of(2.0), answer.join());
    assertEquals(List.of("p"), List.copyOf(questions.pools()));
  }

  @Test
  void oneIsAnsweredAtATimeAndFewWait() {
    questions.open("p");
    List<CompletableFuture<Optional<Double>>> asked = new ArrayList<>();
    for (int i = 0; i < 33; i++) {
      asked.add(questions.ask("p", (live, now) -> now));
    }
    assertInstanceOf(PoolBusyException.class, asked.getLast().exceptionNow());
    questions.answer("p", pool, 2);
    assertEquals(1, asked.subList(0, 32).stream().filter(CompletableFuture::isDone).count());
  }

  @Test
  void questionThatNobodyWaitsForIsNotAsked() {
    questions.open("p");
    List<Double> seen = new ArrayList<>();
    questions.ask("p", (live, now) -> seen.add(now)).cancel(false);
    questions.answer("p", pool, 2);
    assertEquals(List.of(), seen);
  }

  @Test
  void failingQuestionIsTheAskersProblem() {
    questions.open("p");
    CompletableFuture<Optional<Double>> answer =
        questions.ask(
            "p",
            (live, now) -> {
              throw new IllegalStateException("odd");
            });
    questions.answer("p", pool, 2);
    assertEquals("odd", answer.exceptionNow().getMessage());
  }

  @Test
  void poolThatMovesAwayAnswersWithNothing() {
    questions.open("p");
    CompletableFuture<Optional<Double>> answer = questions.ask("p", (live, now) -> now);
    questions.forget("p");
    assertEquals(Optional.empty(), answer.join());
  }
}
