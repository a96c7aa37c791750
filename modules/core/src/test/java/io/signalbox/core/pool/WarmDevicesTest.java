package io.signalbox.core.pool;

import io.signalbox.core.device.DeviceClass;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.core.placement.PlacementSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tasks go where their operation is loaded, if that is worth the wait. */
class WarmDevicesTest {
  private static final DeviceClass CLASS = Story.A100;
  private static final double WARM_SECONDS = 5;

  private final Story story = new Story(settings(WARM_SECONDS));

  @Test
  void taskGoesToTheDeviceThatSaysItIsWarm() {
    story.device("gpu-1", CLASS).warm("gpu-2", CLASS, "embed").device("gpu-3", CLASS);
    submit("j", task("a", "embed", 10)).tick().expectOffer("a@gpu-2");
  }

  @Test
  void warmthCountsForNothingWhereItSavesNothing() {
    Story cold = new Story(settings(0));
    cold.device("gpu-1", CLASS).warm("gpu-2", CLASS, "embed");
    cold.submit("j", List.of(task("a", "embed", 10)), true).tick().expectOffer("a@gpu-1");
  }

  @Test
  void onlyFreeDeviceThatIsWarmIsFoundAmongManyThatAreBusyOrCold() {
    for (int i = 100; i < 125; i++) {
      story.device("cold-" + i, CLASS);
    }
    for (int i = 100; i < 140; i++) {
      story.warm("warm-" + i, CLASS, "embed");
    }
    List<TaskSpec> first = new ArrayList<>();
    for (int i = 100; i < 139; i++) {
      first.add(task("t" + i, "embed", 100));
    }
    story.submit("busy", first, true).tick();
    story.takeOffers().forEach(story::start);
    submit("j", task("a", "embed", 100)).tick().expectOffer("a@warm-139");
  }

  @Test
  void deviceIsWarmForWhatItRanLastUntilItsWorkerStartsAnew() {
    story.device("gpu-1", CLASS).device("gpu-2", CLASS);
    submit("i", task("x", "decode", 10), task("y", "embed", 9)).tick();
    var offers = story.expectOffers("x@gpu-1", "y@gpu-2");
    offers.forEach(story::start);
    offers.forEach(story::complete);
    submit("j", task("a", "embed", 10)).tick();
    var again = story.expectOffer("a@gpu-2");
    story.start(again).complete(again).restartOf("gpu-2");
    submit("k", task("b", "embed", 10)).tick().expectOffer("b@gpu-1");
  }

  @Test
  void taskWaitsForTheWarmDeviceOnlyIfThatIsWorthIt() {
    story.warm("gpu-1", CLASS, "embed");
    submit("i", task("x", "other", 3)).tick();
    story.start(story.expectOffer("x@gpu-1")).device("gpu-2", CLASS);
    submit("j", task("a", "embed", 10)).tick().expectOffers();
    story.after(0.5).expectOffers();
    submit("k", task("b", "other", 10)).tick().expectOffer("b@gpu-2");
  }

  @Test
  void taskDoesNotWaitForTheWarmDeviceWhenThatTakesLonger() {
    story.warm("gpu-1", CLASS, "embed");
    submit("i", task("x", "other", 30)).tick();
    story.start(story.expectOffer("x@gpu-1")).device("gpu-2", CLASS);
    submit("j", task("a", "embed", 10)).tick().expectOffer("a@gpu-2");
  }

  @Test
  void deviceThatIsWarmNoMoreOrGoneIsPassedOver() {
    story.device("gpu-1", CLASS).warm("gpu-2", CLASS, "embed").warm("gpu-3", CLASS, "embed");
    story.warm("gpu-2", CLASS, "decode").on(new Input.DrainDevice("gpu-3", true));
    submit("j", task("a", "embed", 10), task("b", "decode", 9)).tick();
    story.expectOffers("a@gpu-1", "b@gpu-2");
  }

  private Story submit(String job, TaskSpec... tasks) {
    return story.submit(job, List.of(tasks), true);
  }

  private static TaskSpec task(String id, String operation, double seconds) {
    return Story.costing(TaskSpec.of(id, operation), Map.of(CLASS.name(), seconds));
  }

  private static PoolSettings settings(double warmSeconds) {
    PoolSettings usual = Story.SETTINGS;
    PlacementSettings placement = usual.placement();
    return new PoolSettings(
        List.of(CLASS),
        usual.offerSeconds(),
        usual.clockSkewSeconds(),
        usual.leaseSeconds(),
        usual.maxAttempts(),
        usual.backoffSeconds(),
        usual.maxBackoffSeconds(),
        usual.endedJobSeconds(),
        usual.linkedOffers(),
        usual.limits(),
        new PlacementSettings(
            placement.policy(),
            placement.priority(),
            placement.fairness(),
            placement.plan(),
            placement.stealRatio(),
            placement.secondsPerMegajoule(),
            warmSeconds),
        usual.speculation());
  }
}
