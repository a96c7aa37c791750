package io.signalbox.core.pool;

import static io.signalbox.core.pool.Story.A100;
import static io.signalbox.core.pool.Story.CPU;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.device.Quarantine;
import io.signalbox.core.job.AttemptRef;
import io.signalbox.core.job.TaskError;
import io.signalbox.core.job.TaskSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Devices that are slow, fail or are unwell, and what is done about it. */
class DeviceHealthTest {
  private final Story story = new Story();
  private final Map<Effect.Offer, Double> running = new HashMap<>();
  private int submitted;

  private Story fleet(int size) {
    for (int i = 1; i <= size; i++) {
      story.device("gpu-" + i, A100);
    }
    return story;
  }

  private DeviceView view(String device) {
    return story.pool.devices().stream()
        .filter(view -> view.report().id().equals(device))
        .findAny()
        .orElseThrow();
  }

  private Quarantine quarantine(String device) {
    Quarantine quarantine = view(device).quarantine();
    assertNotNull(quarantine, () -> device + " isn't in quarantine");
    return quarantine;
  }

  /**
   * Runs tasks of an operation, each for the seconds that are given for its offer, until all are
   * done. Heartbeats come every second.
   */
  private void run(String operation, int tasks, ToDoubleFunction<Effect.Offer> seconds) {
    List<TaskSpec> specs = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      specs.add(TaskSpec.of("t" + i, operation));
    }
    String job = "run" + ++submitted;
    story.submit(job, specs, true);
    for (int step = 0; step < 40_000; step++) {
      story.tick();
      for (Effect.Offer offer : story.takeOffers()) {
        story.start(offer);
        running.put(offer, story.now + seconds.applyAsDouble(offer));
      }
      story.cancels.forEach(
          cancel -> running.keySet().removeIf(offer -> offer.attempt().equals(cancel.attempt())));
      story.cancels.clear();
      JobView view = story.pool.job(job);
      if (view != null && view.outcome() != null) {
        return;
      }
      story.now += 1;
      List<Effect.Offer> ended =
          running.entrySet().stream()
              .filter(entry -> entry.getValue() <= story.now)
              .map(Map.Entry::getKey)
              .toList();
      for (Effect.Offer offer : ended) {
        running.remove(offer);
        story.on(
            new Input.AttemptCompleted(
                offer.attempt(),
                offer.device(),
                1,
                story.now - seconds.applyAsDouble(offer),
                story.now,
                null,
                List.of()));
      }
      story.heartbeats(
          running.keySet().stream().map(Effect.Offer::attempt).toArray(AttemptRef[]::new));
    }
    throw new AssertionError("the job doesn't end");
  }

  /** The same with a factor for one device. */
  private void runWithSlow(String device, double factor, int tasks) {
    run("op", tasks, offer -> offer.device().equals(device) ? 4 * factor : 4);
  }

  @Test
  void slowDeviceIsToldFromTheOthersAndPredictedAsSlow() {
    fleet(4);
    runWithSlow("gpu-2", 2, 120);
    assertEquals(2, view("gpu-2").slowness(), 0.3);
    assertNull(view("gpu-2").quarantine());
    assertEquals(1, view("gpu-1").slowness());
    story.submit("j", List.of(TaskSpec.of("a", "op"), TaskSpec.of("b", "op")), true).tick();
    var offers = story.expectOffers("a@gpu-1", "b@gpu-3");
    assertEquals(4, offers.getFirst().decision().predictedSeconds(), 0.4);
    story.restart();
    assertEquals(2, view("gpu-2").slowness(), 0.3);
  }

  @Test
  void briefAttemptsSayNothingOfADevice() {
    fleet(4);
    run("op", 200, offer -> offer.device().equals("gpu-2") ? 0.002 : 0.0002);
    assertEquals(1, view("gpu-2").slowness());
    assertNull(view("gpu-2").quarantine());
  }

  @Test
  void deviceThatRecoversIsNoLongerSlow() {
    fleet(3);
    runWithSlow("gpu-2", 2, 90);
    assertTrue(view("gpu-2").slowness() > 1.5);
    runWithSlow("gpu-2", 1, 200);
    assertEquals(1, view("gpu-2").slowness());
  }

  @Test
  void deviceThatIsFarTooSlowIsQuarantined() {
    fleet(4);
    runWithSlow("gpu-3", 4.5, 200);
    assertEquals(Quarantine.Reason.SLOW, quarantine("gpu-3").reason());
    story.restart();
    assertEquals(Quarantine.Reason.SLOW, quarantine("gpu-3").reason());
  }

  @Test
  void probeThatGoesWellLiftsTheQuarantine() {
    fleet(2);
    runWithSlow("gpu-2", 4.5, 80);
    assertNotNull(view("gpu-2").quarantine());
    runWithSlow("gpu-2", 1, 200);
    assertNull(view("gpu-2").quarantine());
    assertEquals(1, view("gpu-2").slowness());
  }

  @Test
  void neverMoreThanHalfOfAClassIsQuarantinedForSlowness() {
    fleet(5);
    List<String> slow = List.of("gpu-1", "gpu-2");
    run("op", 300, offer -> slow.contains(offer.device()) ? 20 : 4);
    run("op", 300, offer -> offer.device().equals("gpu-5") ? 20 : 4);
    long quarantined =
        story.pool.devices().stream().filter(device -> device.quarantine() != null).count();
    assertTrue(quarantined <= 2, () -> quarantined + " of 5 are in quarantine");
  }

  @Test
  void wrongEstimateIsNoDevicesFault() {
    fleet(4);
    run("op", 100, offer -> 2);
    run("op", 100, offer -> 9);
    run("other", 100, offer -> 0.5);
    for (DeviceView device : story.pool.devices()) {
      assertEquals(1, device.slowness());
      assertNull(device.quarantine());
    }
  }

  @Test
  void noiseAndStragglersPunishNobody() {
    int punished = 0;
    for (long seed = 1; seed <= 12; seed++) {
      Random random = new Random(seed);
      Map<Effect.Offer, Double> drawn = new HashMap<>();
      DeviceHealthTest world = new DeviceHealthTest();
      world.fleet(6);
      world.run(
          "op",
          200,
          offer ->
              drawn.computeIfAbsent(
                  offer,
                  any ->
                      4
                          * Math.exp(0.3 * random.nextGaussian())
                          * (random.nextInt(50) == 0 ? 5 : 1)));
      for (DeviceView device : world.story.pool.devices()) {
        assertNull(device.quarantine(), "seed " + seed);
        punished += device.slowness() > 1 ? 1 : 0;
      }
    }
    int seen = punished;
    assertTrue(seen <= 2, () -> seen + " of 72 devices seem slow");
  }

  /** Fails the tasks of one job each on the device until it gets no more. */
  private void failTasks(String device, int tasks) {
    for (int i = 0; i < tasks; i++) {
      story.submit("f" + ++submitted, "a").tick();
      var offer = story.takeOffers().getFirst();
      assertEquals(device, offer.device());
      story.start(offer).fail(offer, TaskError.Kind.INTERNAL);
      story.on(new Input.CancelJob("f" + submitted, ""));
      story.heartbeats().tick();
    }
  }

  @Test
  void threeFailuresInARowQuarantineTheDeviceUntilAProbeSucceeds() {
    story.device("gpu-1", A100, 2, 1);
    failTasks("gpu-1", 3);
    Quarantine quarantine = quarantine("gpu-1");
    assertEquals(Quarantine.Reason.FAILURES, quarantine.reason());
    story.submit("j", "a", "b", "c").heartbeats().tick().expectOffers();
    assertEquals(quarantine.probeAt(), story.pool.nextDue(quarantine.probeAt() - 0.001), 0.01);
    story.now = quarantine.probeAt();
    story.heartbeats().tick();
    var probe = story.expectOffer("a@gpu-1");
    story.start(probe).heartbeats(probe.attempt()).tick().expectOffers();
    story.complete(probe).tick();
    assertNull(view("gpu-1").quarantine());
    story.expectOffers("b@gpu-1", "c@gpu-1");
    story.end();
  }

  @Test
  void probeThatFailsMakesTheQuarantineLonger() {
    story.device("gpu-1", A100);
    failTasks("gpu-1", 3);
    Quarantine first = quarantine("gpu-1");
    story.submit("j", "a");
    story.now = first.probeAt();
    story.heartbeats().tick();
    var probe = story.expectOffer("a@gpu-1");
    story.start(probe).fail(probe, TaskError.Kind.INTERNAL).restart();
    Quarantine second = quarantine("gpu-1");
    assertEquals(2, second.times());
    assertEquals(2 * (first.probeAt() - first.since()), second.probeAt() - second.since(), 1e-6);
    story.heartbeats().after(1.5).expectOffers();
  }

  @Test
  void successBetweenFailuresAndTheSameTaskAgainDoNotCount() {
    story.device("gpu-1", A100);
    failTasks("gpu-1", 2);
    story.submit("good", "a").tick();
    story.complete(story.expectOffer("a@gpu-1")).tick();
    failTasks("gpu-1", 2);
    assertNull(view("gpu-1").quarantine());
    story.submit("bad", "a").tick();
    for (int i = 0; i < 2; i++) {
      var offer = story.expectOffer("a@gpu-1");
      story.start(offer).fail(offer, TaskError.Kind.USER).heartbeats().after(2);
      story.submit("bad" + i, "a").heartbeats().tick();
    }
    assertNull(view("gpu-1").quarantine());
  }

  @Test
  void deviceThatCrashesUnderItsTasksIsQuarantined() {
    story.device("gpu-1", A100, 2, 0).device("cpu-1", CPU);
    for (int i = 0; i < 3; i++) {
      story.submit("j" + i, List.of(Story.onlyOn(TaskSpec.of("a", "op"), "a100")), true).tick();
      story.takeOffers().forEach(story::start);
      // However much it held, it is one crash.
      story.restartOf("gpu-1");
      story.on(new Input.CancelJob("j" + i, "")).tick();
      story.takeOffers();
      assertEquals(i == 2, view("gpu-1").quarantine() != null);
    }
  }

  @Test
  void failedHealthChecksQuarantineEvenWhenTheNextOneIsGood() {
    story.device("gpu-1", A100);
    for (int i = 0; i < 3; i++) {
      story.now += 1;
      story.unhealthy("gpu-1");
    }
    story.heartbeats().submit("j", "a").tick();
    story.expectOffers();
    Quarantine quarantine = quarantine("gpu-1");
    assertEquals(Quarantine.Reason.HEALTH_CHECKS, quarantine.reason());
    story.restart();
    story.now = quarantine.probeAt();
    story.heartbeats().tick();
    story.complete(story.expectOffer("a@gpu-1")).tick();
    assertNull(view("gpu-1").quarantine());
  }

  @Test
  void operatorWhoPutsADeviceBackLiftsItsQuarantine() {
    story.device("gpu-1", A100);
    failTasks("gpu-1", 3);
    story.on(new Input.DrainDevice("gpu-1", true)).on(new Input.DrainDevice("gpu-1", false));
    assertNull(view("gpu-1").quarantine());
    story.restart().submit("j", "a").tick();
    story.expectOffer("a@gpu-1");
  }
}
