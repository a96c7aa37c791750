package io.signalbox.core.pool;

import static io.signalbox.core.pool.Story.A100;
import static io.signalbox.core.pool.Story.CPU;

import io.signalbox.core.job.TaskError;
import io.signalbox.core.job.TaskRef;
import io.signalbox.core.placement.FollowSchedule;
import io.signalbox.core.placement.FollowSchedule.PlannedSlot;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FollowedScheduleTest {
  private final Story story = new Story();

  private void plan(PlannedSlot... slots) {
    story.pool = new Pool("test", Story.SETTINGS, FollowSchedule.of("plan", List.of(slots)));
    story.device("gpu-1", A100).device("cpu-1", CPU);
  }

  /** Tasks written as "job/task". */
  private static PlannedSlot slot(String device, String... tasks) {
    return new PlannedSlot(
        device,
        Stream.of(tasks)
            .map(task -> task.split("/"))
            .map(parts -> new TaskRef(parts[0], parts[1]))
            .toList());
  }

  @Test
  void slotWaitsForItsNextTaskEvenIfALaterOneIsReady() {
    plan(slot("cpu-1", "j/a"), slot("gpu-1", "j/b", "j/c"));
    story.submit("j", "a", "b->a", "c").tick();
    var a = story.expectOffer("a@cpu-1");
    story.start(a).complete(a).tick();
    var b = story.expectOffer("b@gpu-1");
    story.start(b).complete(b).tick();
    story.expectOffer("c@gpu-1");
  }

  @Test
  void taskOfNoPlanIsPlacedAllTheSame() {
    plan(slot("cpu-1", "j/a"));
    story.submit("j", "a", "x").tick();
    story.expectOffers("a@cpu-1", "x@gpu-1");
  }

  @Test
  void planOfADeviceThatIsNotThereIsGivenUp() {
    plan(slot("gpu-9", "j/a", "j/b"));
    story.submit("j", "a", "b->a").tick();
    var a = story.expectOffer("a@gpu-1");
    story.start(a).complete(a).tick();
    story.expectOffer("b@gpu-1");
  }

  @Test
  void jobThatEndedEarlyIsPassedOver() {
    plan(slot("gpu-1", "j/a", "j/b", "k/c"));
    story.submit("j", "a", "b->a").submit("k", "c").tick();
    var a = story.expectOffer("a@gpu-1");
    story.start(a).fail(a, TaskError.Kind.USER).tick();
    story.expectOffer("c@gpu-1");
  }
}
