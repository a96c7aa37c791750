package io.signalbox.core.pool;

import static io.signalbox.core.pool.Story.A100;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.device.DeviceReport;
import io.signalbox.core.device.Vitals;
import io.signalbox.core.estimate.RunTime;
import io.signalbox.core.estimate.SharedModel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What pools tell each other of run times. */
class FederationTest {
  private final Story story = new Story();

  private void device(String zone) {
    story.report(
        new DeviceReport(
            "gpu-" + zone,
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
            0,
            true,
            Set.of(),
            zone,
            Map.of(),
            List.of(),
            Vitals.UNKNOWN));
  }

  /** Runs so many tasks of a second each. */
  private void run(String zone, int tasks) {
    for (int i = 0; i < tasks; i++) {
      story.submit("j" + story.now, "a").tick();
      Effect.Offer offer = story.offers.getFirst();
      story.offers.clear();
      story.start(offer).after(1).complete(offer).tick();
      device(zone);
    }
  }

  private static SharedModel of(String pool, String zone, long samples, double seconds) {
    double mean = Math.log(seconds);
    return new SharedModel(
        pool, zone, new RunTime("op", "", "a100", samples, mean, 0, 0.01, 0, 0, 0, 0, 0));
  }

  private double predicted() {
    story.submit("asked" + story.now, "a").tick();
    Effect.Offer offer = story.offers.removeFirst();
    return offer.decision().predictedSeconds();
  }

  @Test
  void newPoolStartsFromTheAverageOfTheOthersWeighedBySamples() {
    device("");
    story.on(
        new Input.ModelsShared(
            List.of(of("p", "north", 300, 100), of("p", "south", 100, 100), of("q", "", 1, 1))));
    assertEquals(100, predicted(), 10);
  }

  @Test
  void whatAPoolHasLearnedItselfStands() {
    device("");
    run("", 3);
    story.on(new Input.ModelsShared(List.of(of("p", "", 1_000, 100))));
    assertEquals(1, predicted(), 0.2);
  }

  @Test
  void poolTellsZoneByZoneWhenThereIsNotablyMore() {
    device("north");
    run("north", 2);
    assertEquals(List.of(), story.shared);
    run("north", 1);
    assertEquals(1, story.shared.size());
    assertEquals("north", story.shared.getFirst().zone());
    assertEquals(3, story.shared.getFirst().runTime().samples());
    assertEquals(0, story.shared.getFirst().runTime().logSecondsMean(), 1e-9);
    run("north", 97);
    assertTrue(story.shared.size() < 25, "told " + story.shared.size() + " times of 100 attempts");
  }

  @Test
  void restartedPoolGoesOnFromItsOwnWords() {
    device("north");
    story.on(new Input.ModelsShared(List.of(of("test", "north", 500, 1))));
    run("north", 3);
    assertEquals(List.of(), story.shared, "3 more than 500 is nothing to tell");
    assertTrue(story.rows.keySet().stream().anyMatch(key -> key.kind() == RowKey.Kind.RUN_TIME));
  }

  @Test
  void whatWasTakenOverSurvivesARestart() {
    device("");
    story.on(new Input.ModelsShared(List.of(of("p", "", 300, 100)))).tick().restart();
    assertEquals(100, predicted(), 10);
  }
}
