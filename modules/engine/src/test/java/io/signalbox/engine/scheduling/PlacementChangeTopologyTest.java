package io.signalbox.engine.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.pool.PlacementView;
import io.signalbox.events.ChangePlacement;
import io.signalbox.events.Control;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders on the topic control that change how a pool places tasks. */
class PlacementChangeTopologyTest {
  @TempDir Path folder;

  private static void change(Scheduler scheduler, Map<String, String> options) {
    scheduler.send(
        Scheduler.TOPICS.control(),
        "p",
        new Control("p", scheduler.now(), "me", new ChangePlacement(options)));
    scheduler.tick();
  }

  private static PlacementView placement(Scheduler scheduler) {
    scheduler.tick();
    CompletableFuture<Optional<PlacementView>> answer =
        scheduler.questions.ask("p", (pool, now) -> pool.placement());
    scheduler.pass(Duration.ofMillis(1));
    scheduler.tick();
    return answer.join().orElseThrow();
  }

  @Test
  void changeIsFollowedAndTakenOverByTheNextEngine(@TempDir Path other) {
    try (Scheduler scheduler = Scheduler.on(folder)) {
      change(scheduler, Map.of("policy", "late", "fairness.weights.team", "3"));
      assertEquals("late", placement(scheduler).policy());
      try (Scheduler next = Scheduler.on(other)) {
        next.takeOver(scheduler);
        change(next, Map.of("stealRatio", "0.5"));
        PlacementView taken = placement(next);
        assertEquals("late", taken.policy());
        assertEquals(
            Map.of("policy", "late", "fairness.weights.team", "3", "stealRatio", "0.5"),
            taken.changed());
      }
    }
  }

  @Test
  void wrongOptionGoesToTheDeadLettersWithTheReason() {
    try (Scheduler scheduler = Scheduler.on(folder)) {
      change(scheduler, Map.of("policy", "best"));
      byte[] reason =
          scheduler.deadLetters().getFirst().headers().lastHeader("signalbox-reason").value();
      String text = new String(reason, StandardCharsets.UTF_8);
      assertTrue(text.contains("policy must be one of plb"), text);
      assertEquals("plb", placement(scheduler).policy());
    }
  }
}
