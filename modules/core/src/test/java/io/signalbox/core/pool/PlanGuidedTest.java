package io.signalbox.core.pool;

import static io.signalbox.core.pool.Story.A100;
import static io.signalbox.core.pool.Story.CPU;
import static io.signalbox.core.pool.Story.SETTINGS;
import static io.signalbox.core.pool.Story.costing;
import static io.signalbox.core.pool.Story.onlyOn;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.signalbox.core.device.DeviceReport;
import io.signalbox.core.fairness.FairnessSettings;
import io.signalbox.core.job.Dependency;
import io.signalbox.core.job.JobHeader;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.core.placement.PlacementSettings;
import io.signalbox.core.plan.PlanSettings;
import io.signalbox.core.priority.PrioritySettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What plan-guided late binding does, one habit a story. */
class PlanGuidedTest {
  private Story story = new Story();

  private static Story with(FairnessSettings fairness, double perMegajoule, double warmSeconds) {
    PlacementSettings placement =
        new PlacementSettings(
            "plb",
            PrioritySettings.DEFAULT,
            fairness,
            PlanSettings.DEFAULT,
            0.6,
            perMegajoule,
            warmSeconds);
    return new Story(
        new PoolSettings(
            SETTINGS.deviceClasses(),
            SETTINGS.offerSeconds(),
            SETTINGS.clockSkewSeconds(),
            SETTINGS.leaseSeconds(),
            SETTINGS.maxAttempts(),
            SETTINGS.backoffSeconds(),
            SETTINGS.maxBackoffSeconds(),
            SETTINGS.endedJobSeconds(),
            SETTINGS.linkedOffers(),
            SETTINGS.limits(),
            placement,
            SETTINGS.speculation()));
  }

  /** A task that takes so long on a GPU and on a CPU. */
  private static TaskSpec task(String id, double gpu, double cpu, String... parents) {
    return costing(TaskSpec.of(id, id, parents), Map.of("a100", gpu, "cpu", cpu));
  }

  private Story submit(String job, String tenant, Double deadline, TaskSpec... specs) {
    JobHeader header = new JobHeader(tenant, deadline, Map.of(), null);
    return story.on(new Input.TasksSubmitted(job, header, List.of(specs), true));
  }

  @Test
  void taskWaitsForItsPlannedClassThoughAnotherOneIsIdle() {
    story.device("gpu-1", A100).device("cpu-1", CPU);
    story.submit("j", List.of(task("a", 5, 100), task("b", 4, 100)), true).tick();
    story.start(story.expectOffer("a@gpu-1")).after(2).end();
  }

  @Test
  void taskThatFallsBehindItsPlanIsStolenByAnIdleClassIfThatPays() {
    story.device("gpu-1", A100).device("cpu-1", CPU);
    story.submit("j", List.of(task("a", 5, 100), task("b", 4, 12)), true).tick();
    Effect.Offer first = story.expectOffer("a@gpu-1");
    story.start(first).after(2).end();
    // It goes far over its time, and what it still takes is guessed to be as much again.
    for (int second = 0; second < 60 && story.offers.isEmpty(); second++) {
      story.heartbeats(first.attempt()).after(1);
    }
    story.expectOffer("b@cpu-1");
  }

  /** After its parent the critical task needs the GPU for long; the filler would block it. */
  private Effect.Offer parentOfACriticalTaskRuns() {
    story.device("gpu-1", A100).device("cpu-1", CPU);
    story
        .submit(
            "j",
            List.of(
                onlyOn(task("parent", 9, 1), "cpu"),
                onlyOn(task("critical", 50, 900, "parent"), "a100"),
                onlyOn(task("filler", 20, 900), "a100")),
            true)
        .tick();
    Effect.Offer parent = story.expectOffer("parent@cpu-1");
    story.start(parent);
    return parent;
  }

  @Test
  void slotIsKeptForAPlannedTaskThatIsAboutToBeReady() {
    Effect.Offer parent = parentOfACriticalTaskRuns();
    story.after(1).end();
    story.complete(parent).tick().expectOffer("critical@gpu-1");
  }

  @Test
  void slotIsNotKeptForATaskWhoseParentIsLate() {
    Effect.Offer parent = parentOfACriticalTaskRuns();
    story.heartbeats(parent.attempt()).after(2).expectOffer("filler@gpu-1");
  }

  /** A task whose input of ten seconds' way comes from another device. */
  private void inputTravels() {
    story.report(report("gpu-1", "a100", 0)).report(report("cpu-1", "cpu", 0));
    TaskSpec child = onlyOn(task("child", 20, 900), "a100");
    TaskSpec waiting =
        new TaskSpec(
            child.id(),
            child.operation(),
            "",
            List.of(new Dependency("parent", 100)),
            1,
            child.estimates(),
            child.classes(),
            0,
            null,
            0,
            0);
    story.submit("j", List.of(onlyOn(task("parent", 9, 1), "cpu"), waiting), true).tick();
    Effect.Offer parent = story.expectOffer("parent@cpu-1");
    story.start(parent).after(1).complete(parent);
  }

  @Test
  void idleDeviceIsHeldForATaskWhoseInputsTravel() {
    inputTravels();
    story.tick().expectOffer("child@gpu-1");
  }

  @Test
  void shortTaskFillsTheTimeThatAnInputTravels() {
    inputTravels();
    story.submit("k", List.of(onlyOn(task("short", 3, 900), "a100")), true).tick();
    Effect.Offer filler = story.expectOffer("short@gpu-1");
    story.start(filler).after(2).complete(filler).tick().expectOffer("child@gpu-1");
  }

  @Test
  void taskThatIsTooLongForTheGapWaitsBehindIt() {
    inputTravels();
    story.submit("k", List.of(onlyOn(task("long", 12, 900), "a100")), true).tick();
    story.expectOffer("child@gpu-1");
  }

  @Test
  void memoryDecidesWhichDeviceOfTheClass() {
    story.report(report("gpu-1", "a100", 10)).report(report("gpu-2", "a100", 40));
    TaskSpec big = new TaskSpec("big", "op", "", List.of(), 1, Map.of(), List.of(), 20, null, 0, 0);
    story.submit("j", List.of(big), true).tick();
    story.expectOffer("big@gpu-2");
  }

  private static DeviceReport report(String id, String deviceClass, long memoryBytes) {
    return new DeviceReport(
        id,
        deviceClass,
        1,
        0,
        DeviceReport.State.ACTIVE,
        List.of(0),
        1,
        0,
        0,
        List.of(),
        memoryBytes,
        10,
        0,
        0,
        true,
        Set.of());
  }

  @Test
  void deadlineMakesAJobUrgent() {
    story.device("gpu-1", A100);
    submit("first", "t", null, task("long", 5, 100));
    submit("dated", "t", story.now + 3, task("short", 2, 100));
    story.tick().expectOffer("short@gpu-1");
  }

  @Test
  void tenantsTakeTurnsWhateverTheirTasksRanks() {
    story = with(new FairnessSettings(0, Map.of()), 0, 0).device("gpu-1", A100);
    submit("a", "a", null, task("a1", 9, 99), task("a2", 9, 99), task("a3", 9, 99));
    submit("b", "b", null, task("b1", 1, 99), task("b2", 1, 99));
    List<String> order = List.of("a1@gpu-1", "b1@gpu-1", "b2@gpu-1", "a2@gpu-1");
    for (String next : order) {
      Effect.Offer offer = story.tick().expectOffer(next);
      story.start(offer);
      story.now += offer.decision().predictedSeconds();
      story.heartbeats(offer.attempt()).complete(offer);
    }
  }

  @Test
  void tenantAheadGetsWhatNobodyElseCanUse() {
    story = with(new FairnessSettings(0, Map.of()), 0, 0);
    story.device("gpu-1", A100).device("gpu-2", A100).device("gpu-3", A100);
    submit("a", "a", null, task("a1", 9, 99), task("a2", 9, 99));
    submit("b", "b", null, task("b1", 1, 99));
    assertEquals(3, story.tick().takeOffers().size());
  }

  @Test
  void energyTiltsTheChoice() {
    TaskSpec task = task("a", 9, 10);
    story.device("gpu-1", A100).device("cpu-1", CPU);
    story.submit("j", List.of(task), true).tick().expectOffer("a@gpu-1");
    // 400 W · 9 s = 3.6 kJ against 200 W · 10 s = 2 kJ: a second is worth 1 kJ.
    story = with(FairnessSettings.DEFAULT, 1_000, 0).device("gpu-1", A100).device("cpu-1", CPU);
    Effect.Offer offer = story.submit("j", List.of(task), true).tick().takeOffers().getFirst();
    assertEquals(
        List.of("cpu-1", "gpu-1"),
        offer.decision().candidates().stream().map(candidate -> candidate.device()).toList());
    assertEquals(story.now + 10 + 2, offer.decision().candidates().getFirst().score(), 1e-9);
  }

  @Test
  void loadedOperationTiltsTheChoice() {
    story = with(FairnessSettings.DEFAULT, 0, 3).device("gpu-1", A100).device("cpu-1", CPU);
    story.submit("j", List.of(onlyOn(task("a", 9, 10), "cpu")), true).tick();
    Effect.Offer warming = story.expectOffer("a@cpu-1");
    story.start(warming).after(1).complete(warming).heartbeats();
    story.submit("k", List.of(task("a", 9, 10)), true).tick();
    Effect.Offer next = story.takeOffers().getFirst();
    Map<String, Double> bonus =
        next.decision().candidates().stream()
            .collect(
                Collectors.toMap(
                    candidate -> candidate.device(),
                    candidate -> candidate.finishesAt() - candidate.score()));
    assertEquals(Map.of("cpu-1", 3.0, "gpu-1", 0.0), bonus);
  }
}
