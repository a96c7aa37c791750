package io.signalbox.core.pool;

import static io.signalbox.core.pool.Story.A100;
import static io.signalbox.core.pool.Story.CPU;
import static io.signalbox.core.pool.Story.SETTINGS;
import static io.signalbox.core.pool.Story.costing;
import static io.signalbox.core.pool.Story.onlyOn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.job.TaskSpec;
import io.signalbox.core.placement.Candidate;
import io.signalbox.core.placement.Placements;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What decisions say of themselves. */
class DecisionTest {
  private static final TaskSpec TASK =
      costing(TaskSpec.of("t", "op"), Map.of("a100", 1.0, "cpu", 4.0));

  @Test
  void decisionNamesTheBestDeviceOfEachClassTheBestFirst() {
    Story story = new Story().device("cpu-1", CPU).device("gpu-1", A100).device("gpu-2", A100);
    story.submit("j", List.of(TASK), true).tick();
    Effect.Decision decision = story.expectOffer("t@gpu-1").decision();
    assertEquals(
        List.of(
            new Candidate("gpu-1", "a100", 1_000, 1, 1_001, 1_001),
            new Candidate("cpu-1", "cpu", 1_000, 4, 1_004, 1_004)),
        decision.candidates());
    assertEquals(1_001, decision.score());
  }

  @Test
  void classThatIsNotAllowedIsNoCandidate() {
    Story story = new Story().device("cpu-1", CPU).device("gpu-1", A100);
    story.submit("j", List.of(onlyOn(TASK, "cpu")), true).tick();
    assertEquals(1, story.expectOffer("t@cpu-1").decision().candidates().size());
  }

  @Test
  void whoHoldsTheInputsIsACandidateBesideItsClass() {
    Story story = new Story().device("gpu-1", A100).device("gpu-2", A100);
    story
        .submit("k", List.of(costing(TaskSpec.of("long", "slow"), Map.of("a100", 9.0))), true)
        .submit("j", "a", "b->a")
        .tick();
    List<Effect.Offer> first = story.expectOffers("long@gpu-1", "a@gpu-2");
    story.start(first.getFirst()).start(first.getLast()).after(1);
    story.complete(first.getFirst()).complete(first.getLast()).tick();
    List<Candidate> weighed = story.expectOffer("b@gpu-1").decision().candidates();
    assertEquals(List.of("gpu-1", "gpu-2"), weighed.stream().map(Candidate::device).toList());
  }

  @Test
  void everyPolicyHasTheChosenDeviceAmongItsCandidates() {
    for (String policy : Placements.names()) {
      Story story = new Story(SETTINGS, Placements.named(policy));
      story.device("cpu-1", CPU).device("gpu-1", A100).submit("j", List.of(TASK), true).tick();
      Effect.Offer offer = story.takeOffers().getFirst();
      Candidate chosen =
          offer.decision().candidates().stream()
              .filter(candidate -> candidate.device().equals(offer.device()))
              .findAny()
              .orElseThrow(() -> new AssertionError(policy + ": " + offer));
      assertEquals(offer.decision().predictedFinish(), chosen.finishesAt(), policy);
      assertEquals(offer.decision().score(), chosen.score(), policy);
      assertTrue(offer.decision().candidates().getFirst().score() <= chosen.score(), policy);
    }
  }
}
