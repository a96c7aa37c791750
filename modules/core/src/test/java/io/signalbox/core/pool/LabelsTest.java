package io.signalbox.core.pool;

import static io.signalbox.core.pool.Story.A100;
import static io.signalbox.core.pool.Story.CPU;
import static io.signalbox.core.pool.Story.costing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.device.DeviceClass;
import io.signalbox.core.device.DeviceReport;
import io.signalbox.core.device.Link;
import io.signalbox.core.device.Vitals;
import io.signalbox.core.explanation.Wording;
import io.signalbox.core.job.Dependency;
import io.signalbox.core.job.LabelRules;
import io.signalbox.core.job.TaskRef;
import io.signalbox.core.job.TaskSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What tasks ask of devices' labels and zones, and how far zones lie apart. */
class LabelsTest {
  private final Story story = new Story();

  private static TaskSpec requiring(String id, String label, String value) {
    return TaskSpec.of(id, "op").with(LabelRules.of(Map.of(label, value), Map.of()));
  }

  private Story device(
      String id, DeviceClass of, String zone, Map<String, String> labels, Link... links) {
    return story.report(
        new DeviceReport(
            id,
            of.name(),
            1,
            0,
            DeviceReport.State.ACTIVE,
            List.of(0),
            1,
            0,
            0,
            List.of(),
            0,
            1e9,
            0.001,
            0,
            true,
            Set.of(),
            zone,
            labels,
            List.of(links),
            Vitals.UNKNOWN));
  }

  private String text(String job, String task) {
    return String.join(
        "\n", Wording.of(story.pool.explain(new TaskRef(job, task), story.now), story.now));
  }

  @Test
  void taskGoesToADeviceThatHasWhatItRequiresThoughOthersAreFaster() {
    device("gpu-1", A100, "paris", Map.of());
    device("cpu-1", CPU, "berlin", Map.of("arch", "arm64"));
    story.submit("j", List.of(requiring("a", "zone", "berlin")), true).tick();
    Effect.Offer first = story.expectOffer("a@cpu-1");
    story.start(first).complete(first).tick();
    story.submit("k", List.of(requiring("b", "arch", "arm64")), true).tick();
    story.expectOffer("b@cpu-1");
  }

  @Test
  void taskWhoseRequirementNobodyMeetsWaitsAndSaysSo() {
    device("gpu-1", A100, "paris", Map.of("arch", "x86"));
    TaskSpec picky =
        TaskSpec.of("a", "op")
            .with(LabelRules.of(Map.of("zone", "berlin", "arch", "x86"), Map.of()));
    story.submit("j", List.of(picky), true).tick();
    assertEquals(List.of(), story.offers);
    String text = text("j", "a");
    assertTrue(
        text.contains(
            "It requires devices with arch=x86, zone=berlin, and no device of a100 or cpu has"
                + " zone=berlin."),
        text);
    assertTrue(text.contains("once a device joins that has arch=x86, zone=berlin"), text);
    // It starts with the first heartbeat of one that has.
    device("cpu-1", CPU, "berlin", Map.of("arch", "x86"));
    story.tick().expectOffer("a@cpu-1");
  }

  @Test
  void tasksThatNobodyCanRunHoldUpNoOthers() {
    device("gpu-1", A100, "paris", Map.of());
    List<TaskSpec> stuck = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      stuck.add(requiring("stuck" + i, "zone", "moon"));
    }
    story.submit("j", stuck, true).tick();
    story.submit("k", "free").tick();
    story.expectOffer("free@gpu-1");
  }

  @Test
  void labelsThatChangeCountFromTheHeartbeatOn() {
    device("gpu-1", A100, "", Map.of());
    story.submit("j", List.of(requiring("a", "driver", "570")), true).tick();
    assertEquals(List.of(), story.offers);
    device("gpu-1", A100, "", Map.of("driver", "570"));
    story.tick().expectOffer("a@gpu-1");
  }

  @Test
  void preferredDeviceIsTakenUnlessItIsMuchLater() {
    device("gpu-1", A100, "paris", Map.of());
    device("gpu-2", A100, "berlin", Map.of());
    LabelRules berlin = LabelRules.of(Map.of(), Map.of("zone", "berlin"));
    TaskSpec first = costing(TaskSpec.of("a", "op"), Map.of("a100", 10.0)).with(berlin);
    story.submit("j", List.of(first), true).tick();
    story.start(story.expectOffer("a@gpu-2"));
    // The other one is free now, and that by far outweighs the label.
    TaskSpec second = costing(TaskSpec.of("b", "op"), Map.of("a100", 10.0)).with(berlin);
    story.submit("k", List.of(second), true).tick();
    story.expectOffer("b@gpu-1");
  }

  @Test
  void restartedPoolKnowsLabelsAndWhatIsAskedOfThem() {
    device("gpu-1", A100, "paris", Map.of());
    device("gpu-2", A100, "berlin", Map.of("arch", "arm64"));
    story.submit("j", List.of(requiring("a", "arch", "arm64")), true).restart().tick();
    story.expectOffer("a@gpu-2");
  }

  @Test
  void anotherDeviceOfTheLaneThatLacksTheLabelMayNotTakeTheOfferUp() {
    device("gpu-1", A100, "paris", Map.of());
    device("gpu-2", A100, "berlin", Map.of());
    story.submit("j", List.of(requiring("a", "zone", "berlin")), true).tick();
    Effect.Offer offer = story.expectOffer("a@gpu-2");
    story.start(offer, "gpu-1");
    assertEquals(1, story.cancels.size());
    assertEquals("gpu-1", story.cancels.getFirst().device());
  }

  @Test
  void dataThatLiesInAnotherZoneTakesTheLinkBetweenThem() {
    Link slow = new Link("paris", 0.05, 1e6);
    device("gpu-1", A100, "berlin", Map.of(), slow);
    story.submit("first", List.of(costing(TaskSpec.of("p", "p"), Map.of("a100", 1.0))), false);
    story.tick();
    Effect.Offer parent = story.expectOffer("p@gpu-1");
    story.start(parent).complete(parent);
    // By now its own device is busy; 100 MB take 100 s to Paris, and 0.1 s within Berlin.
    story.submit("j", List.of(costing(TaskSpec.of("x", "x"), Map.of("a100", 50.0))), true).tick();
    story.start(story.expectOffer("x@gpu-1"));
    device("gpu-2", A100, "paris", Map.of());
    device("gpu-3", A100, "berlin", Map.of());
    TaskSpec child =
        new TaskSpec(
            "c",
            "c",
            "",
            List.of(new Dependency("p", 100_000_000)),
            1,
            Map.of("a100", 1.0),
            List.of(),
            0,
            null,
            0,
            0);
    story.submit("first", List.of(child), true).tick();
    story.expectOffer("c@gpu-3");
  }

  @Test
  void labelsAreBounded() {
    story.submit("j", List.of(requiring("a", "no name", "x")), true);
    story.expectRefusal("label that task 'a' requires 'no name' can't be used");
    story.submit("k", List.of(requiring("a", "zone", "")), true);
    story.expectRefusal("whose value has 0 characters; 1 to 200 are allowed");
  }
}
