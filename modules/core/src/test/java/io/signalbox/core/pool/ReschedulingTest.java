package io.signalbox.core.pool;

import static io.signalbox.core.pool.Story.A100;
import static io.signalbox.core.pool.Story.CPU;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.device.DeviceReport;
import io.signalbox.core.device.Quarantine;
import io.signalbox.core.job.TaskRef;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.core.tuning.Reschedule;
import io.signalbox.core.tuning.Reschedule.Trigger;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Orders to place a device's tasks anew. */
class ReschedulingTest {
  private final Story story = new Story();

  private Story order(String device, Trigger trigger) {
    return story.on(new Input.RescheduleTasks(new Reschedule(device, trigger, 5, 0.9, 150)));
  }

  private DeviceView view(String device) {
    return story.pool.devices().stream()
        .filter(view -> view.report().id().equals(device))
        .findAny()
        .orElseThrow();
  }

  @Test
  void slowDeviceLosesItsUnstartedOffersToOthersAndGoesIntoQuarantine() {
    story.device("gpu-1", A100, 2, 0).submit("j", "a", "b").tick();
    List<Effect.Offer> offers = story.expectOffers("a@gpu-1", "b@gpu-1");
    story.start(offers.getFirst()).device("gpu-2", A100, 2, 0);
    order("gpu-1", Trigger.RESPONSE).tick();
    assertEquals(Quarantine.Reason.RESPONSE, view("gpu-1").quarantine().reason());
    Effect.Offer again = story.expectOffer("b@gpu-2");
    assertEquals(2, again.attempt().attempt());
    assertEquals(offers.getLast().attempt(), story.cancels.removeFirst().attempt());
    assertEquals(1, view("gpu-1").running(), "what runs goes on");
    story.complete(offers.getFirst()).start(again).complete(again);
    assertEquals(Row.JobState.SUCCEEDED, story.pool.job("j").outcome().state());
    assertEquals(1, view("gpu-1").rescheduled().offers());
    story.end();
  }

  @Test
  void explanationNamesTheEvidence() {
    story.device("gpu-1", A100).device("gpu-2", A100).submit("j", "a").tick();
    Effect.Offer offer = story.takeOffers().getFirst();
    order(offer.device(), Trigger.RESPONSE);
    String said = story.pool.explain(new TaskRef("j", "a"), story.now).toString();
    assertTrue(said.contains("its attempts took 5.00 s on average, more than 0.90 s"), said);
  }

  @Test
  void orderThatComesTwiceChangesNothingTheSecondTime() {
    story.device("gpu-1", A100).device("gpu-2", A100).submit("j", "a").tick();
    Effect.Offer offer = story.takeOffers().getFirst();
    order(offer.device(), Trigger.RESPONSE);
    Quarantine first = view(offer.device()).quarantine();
    order(offer.device(), Trigger.RESPONSE);
    assertEquals(first, view(offer.device()).quarantine());
    assertEquals(1, story.cancels.size());
  }

  @Test
  void lastDeviceOfAClassIsKeptHoweverSlow() {
    story.device("gpu-1", A100).submit("j", "a").tick();
    story.takeOffers();
    order("gpu-1", Trigger.RESPONSE).tick();
    assertNull(view("gpu-1").quarantine());
    story.end();
  }

  @Test
  void illDeviceLosesItsOffersAndHealthyOneKeepsThem() {
    story.device("gpu-1", A100).submit("j", "a").tick();
    story.takeOffers();
    order("gpu-1", Trigger.HEALTH_CHECKS).tick();
    assertNull(view("gpu-1").quarantine(), "by now it is well");
    story.end();
    story.device("gpu-2", A100).unhealthy("gpu-1");
    order("gpu-1", Trigger.HEALTH_CHECKS).tick();
    assertEquals(Quarantine.Reason.HEALTH_CHECKS, view("gpu-1").quarantine().reason());
    story.expectOffer("a@gpu-2");
  }

  @Test
  void deviceThatFlapsLosesItsOffersThoughItIsWellAgain() {
    story.device("gpu-1", A100).submit("j", "a").tick();
    story.takeOffers();
    story.device("gpu-2", A100).unhealthy("gpu-1").unhealthy("gpu-1").unhealthy("gpu-1");
    story.heartbeat("gpu-1");
    order("gpu-1", Trigger.HEALTH_CHECKS).tick();
    story.expectOffer("a@gpu-2");
  }

  @Test
  void fullDeviceGivesUpOffersOnlyWhereAnotherIsIdle() {
    story.device("gpu-1", A100, 1, 2).submit("j", "a", "b", "c").tick();
    List<Effect.Offer> offers = story.takeOffers();
    story.start(offers.getFirst());
    order("gpu-1", Trigger.OCCUPANCY).tick();
    story.end();
    int prefetched = view("gpu-1").offered();
    story.device("gpu-2", A100, 2, 0);
    order("gpu-1", Trigger.OCCUPANCY);
    assertEquals(prefetched, story.cancels.size());
    assertNull(view("gpu-1").quarantine());
  }

  @Test
  void fullPoolGivesUpNothing() {
    story.device("gpu-1", A100, 1, 2).submit("j", "a", "b", "c").tick();
    story.start(story.takeOffers().getFirst());
    order("", Trigger.OCCUPANCY).tick();
    story.end();
  }

  @Test
  void withdrawnOfferThatStartedMeanwhileIsStoppedAndRunsOnce() {
    story.device("gpu-1", A100).device("gpu-2", A100).submit("j", "a").tick();
    Effect.Offer first = story.takeOffers().getFirst();
    order(first.device(), Trigger.RESPONSE).tick();
    Effect.Offer second = story.takeOffers().getFirst();
    story.cancels.clear();
    story.start(first);
    assertEquals(first.attempt(), story.cancels.removeFirst().attempt());
    story.start(second).complete(second);
    assertEquals(Row.JobState.SUCCEEDED, story.pool.job("j").outcome().state());
    story.end();
  }

  @Test
  void deviceThatHasLeftIsNoError() {
    order("gone", Trigger.RESPONSE);
    story.end();
  }

  @Test
  void quarantineForItsResponseSurvivesARestart() {
    story.device("gpu-1", A100).device("gpu-2", A100);
    order("gpu-1", Trigger.RESPONSE).restart();
    assertNotNull(view("gpu-1").quarantine());
  }

  private static List<TaskSpec> only(String prefix, String deviceClass, int tasks) {
    return IntStream.range(0, tasks)
        .mapToObj(i -> Story.onlyOn(TaskSpec.of(prefix + i, "op-" + prefix), deviceClass))
        .toList();
  }

  @Test
  void fullClassDoesntBlockOthers() {
    story.device("gpu-1", A100).device("cpu-1", CPU, 4, 0);
    story.submit("full", only("g", "a100", 900), true).tick();
    assertEquals(1, story.takeOffers().size());
    story.submit("other", only("c", "cpu", 4), true).tick();
    story.expectOffers("c0@cpu-1", "c1@cpu-1", "c2@cpu-1", "c3@cpu-1");
  }

  @Test
  void deadClassDoesntBlockOthers() {
    story.device("gpu-1", A100).device("cpu-1", CPU, 4, 0);
    story.submit("dead", only("g", "a100", 900), true).tick();
    story.start(story.takeOffers().getFirst());
    for (int second = 0; second < 4; second++) {
      story.heartbeat("cpu-1").after(1);
    }
    story.submit("other", only("c", "cpu", 4), true).tick();
    story.expectOffers("c0@cpu-1", "c1@cpu-1", "c2@cpu-1", "c3@cpu-1");
  }

  @Test
  void heavierOneOfTwoIdleDevicesIsGivenWork() {
    story.report(loaded("gpu-1", 0.9)).report(loaded("gpu-2", 0.1));
    story.submit("j", "a").tick();
    story.expectOffer("a@gpu-2");
  }

  private static DeviceReport loaded(String id, double load) {
    return new DeviceReport(
        id,
        A100.name(),
        1,
        0,
        DeviceReport.State.ACTIVE,
        List.of(0),
        1,
        0,
        0,
        List.of(),
        0,
        0,
        0,
        load,
        true,
        Set.of());
  }
}
