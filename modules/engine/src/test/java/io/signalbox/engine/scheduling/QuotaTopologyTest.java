package io.signalbox.engine.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.events.ChangePlacement;
import io.signalbox.events.Control;
import io.signalbox.events.JobEvent;
import io.signalbox.events.JobEventType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Producers that are faster than the fleet are told so, on job-events. */
class QuotaTopologyTest {
  @TempDir Path folder;

  private static void submit(Scheduler scheduler, String job, String... tasks) {
    scheduler.send(
        Scheduler.TOPICS.taskSubmitted(), "p", Records.job("p", job, scheduler.now(), tasks));
    scheduler.tick();
  }

  @Test
  void jobOverAQuotaIsRejectedWithTheReasonThatIsInTheDeadLetters(@TempDir Path other) {
    try (Scheduler scheduler = Scheduler.on(folder)) {
      Map<String, String> quotas =
          Map.of("quotas.liveTasks.default", "3", "quotas.tasksPerSecond.default", "0.05");
      scheduler.send(
          Scheduler.TOPICS.control(),
          "p",
          new Control("p", scheduler.now(), "me", new ChangePlacement(quotas)));
      submit(scheduler, "fits", "a", "b");
      scheduler.jobEvents();
      submit(scheduler, "large", "a", "b");
      JobEvent event = scheduler.jobEvents().getFirst();
      assertEquals(JobEventType.REJECTED, event.getType());
      String reason = event.getReasons().getFirst();
      assertTrue(reason.contains("3 live tasks (quota liveTasks) and has 2"), reason);
      byte[] letter =
          scheduler.deadLetters().getFirst().headers().lastHeader("signalbox-reason").value();
      assertEquals(reason, new String(letter, StandardCharsets.UTF_8));
      try (Scheduler next = Scheduler.on(other)) {
        next.takeOver(scheduler);
        submit(next, "more", "a");
        submit(next, "fast", "a");
        List<JobEvent> events = next.jobEvents();
        assertEquals(JobEventType.ACCEPTED, events.getFirst().getType());
        reason = events.getLast().getReasons().getFirst();
        assertTrue(reason.contains("has 3"), reason);
      }
    }
  }

  @Test
  void jobThatWaitsForAPlaceIsSaidToBeQueued() {
    try (Scheduler scheduler = Scheduler.on(folder)) {
      submit(scheduler, "j", "a", "b");
      scheduler.jobEvents();
      scheduler.pass(Duration.ofSeconds(6));
      scheduler.tick();
      JobEvent event = scheduler.jobEvents().getFirst();
      assertEquals(JobEventType.QUEUED, event.getType());
      assertTrue(event.getReasons().getFirst().contains("2 of its tasks are ready"));
    }
  }
}
