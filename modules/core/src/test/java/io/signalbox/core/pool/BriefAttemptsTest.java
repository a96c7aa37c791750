package io.signalbox.core.pool;

import static io.signalbox.core.pool.Story.A100;
import static io.signalbox.core.pool.Story.CPU;
import static io.signalbox.core.pool.Story.tasks;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.signalbox.core.job.Admission;
import io.signalbox.core.job.JobHeader;
import io.signalbox.core.job.TaskError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Attempts of which nothing is heard before their end, which says when they started. */
class BriefAttemptsTest {
  private static final double SECONDS = 0.002;

  private final Story story = new Story();

  private static void end(Story story, Effect.Offer offer, boolean well) {
    double startedAt = story.now - SECONDS;
    story.on(
        well
            ? new Input.AttemptCompleted(
                offer.attempt(), offer.device(), 1, startedAt, story.now, null, List.of())
            : new Input.AttemptFailed(
                offer.attempt(),
                offer.device(),
                1,
                startedAt,
                story.now,
                new TaskError(TaskError.Kind.EXTERNAL, "broke")));
  }

  private static void start(Story story, Effect.Offer offer) {
    story.on(new Input.AttemptStarted(offer.attempt(), offer.device(), 1, story.now - SECONDS));
  }

  /** All that comes out while two tenants' jobs go through a small fleet, and what is stored. */
  private static List<String> run(boolean told) {
    Story story = new Story();
    story.linking("gpu-1", A100, 1, 1, 4).linking("cpu-1", CPU, 2, 1, 0);
    for (String tenant : List.of("red", "blue")) {
      JobHeader header = new JobHeader(tenant, null, Admission.OFF, Map.of(), null);
      story.on(
          new Input.TasksSubmitted(
              tenant, header, tasks("a", "b->a", "c->b", "d", "e->d", "f", "g->e,f"), true));
    }
    List<String> out = new ArrayList<>();
    List<Effect.Offer> open = new ArrayList<>();
    for (int i = 0;
        i < 200 && story.pool.jobs().stream().anyMatch(it -> it.outcome() == null);
        i++) {
      // Failed ones are tried again after a second.
      story.now += open.isEmpty() ? 0.1 : SECONDS;
      story.heartbeats().tick();
      open.addAll(story.takeOffers());
      out.add("offers " + open);
      if (!open.isEmpty()) {
        Effect.Offer next = open.removeFirst();
        story.now += SECONDS;
        if (told) {
          start(story, next);
        }
        end(story, next, i % 5 != 2 || next.attempt().attempt() > 1);
      }
      out.add("cancels " + story.cancels);
      out.add("devices " + story.pool.devices());
    }
    out.add("events " + story.events);
    out.add("rows " + story.rows);
    return out;
  }

  @Test
  void endThatBringsItsStartDoesWhatBothWouldHaveDone() {
    assertEquals(run(true), run(false));
    assertEquals(2, run(false).getLast().split("SUCCEEDED", -1).length - 1, "jobs");
  }

  @Test
  void followersHearOfTheStartOfAnAttemptThatFails() {
    story.device("gpu-1", A100).submit("j", "a").tick();
    story.now += SECONDS;
    end(story, story.expectOffer("a@gpu-1"), false);
    story.expectEvents("ACCEPTED", "TASK_STARTED a", "TASK_RETRYING a");
    assertEquals(story.now - SECONDS, Objects.requireNonNull(story.seen.getFirst().startedAt()));
  }

  @Test
  void deviceThatTookUpAnothersOfferIsntToldToStop() {
    story.device("gpu-1", A100).submit("j", "a", "b").tick();
    var a = story.expectOffer("a@gpu-1");
    story.device("gpu-2", A100).complete(a, "gpu-2").tick();
    assertEquals(List.of(), story.cancels);
    story.expectEvents("ACCEPTED", "TASK_STARTED a", "TASK_SUCCEEDED a");
  }

  @Test
  void linkedAttemptThatEndsBeforeItsParentIsUndone() {
    story.linking("gpu-1", A100, 1, 0, 16).submit("j", tasks("a", "b->a"), true).tick();
    var offers = story.takeOffers();
    assertEquals(2, offers.size());
    end(story, offers.get(1), true);
    end(story, offers.get(0), true);
    story.tick();
    assertEquals(2, story.takeOffers().getFirst().attempt().attempt());
    assertEquals(List.of(), story.cancels);
  }
}
