package io.signalbox.core.pool;

import static io.signalbox.core.pool.Story.A100;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.job.JobHeader;
import io.signalbox.core.job.TaskSpec;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A tenant that brings more than its quota is refused, with the quota, its use and what to do. */
class QuotasTest {
  private final Story story = new Story();

  private static Input.TasksSubmitted tasks(String tenant, String job, int count) {
    return tasks(new JobHeader(tenant, null, Map.of(), null), job, 0, count, true);
  }

  private static Input.TasksSubmitted tasks(
      JobHeader header, String job, int first, int count, boolean sealed) {
    String[] names =
        IntStream.range(first, first + count).mapToObj(i -> "t" + i).toArray(String[]::new);
    return new Input.TasksSubmitted(job, header, Story.tasks(names), sealed);
  }

  private Story set(String option, Object value) {
    return story.on(new Input.ChangePlacement(Map.of(option, String.valueOf(value))));
  }

  private void taken(Input.TasksSubmitted submission) {
    story.on(submission);
    assertEquals(List.of(), story.refusals);
  }

  private void refused(Input.TasksSubmitted submission, String... parts) {
    story.events.clear();
    story.on(submission);
    for (String part : parts) {
      assertTrue(story.refusals.getFirst().contains(part), () -> "refusal: " + story.refusals);
    }
    assertEquals(JobEvent.Type.REJECTED, story.events.getLast().type());
    assertEquals(story.refusals, story.events.getLast().reasons());
    story.refusals.clear();
  }

  @Test
  void liveTasksAreBoundedForEachTenantAlone() {
    set("quotas.each.liveTasks", 10);
    taken(tasks("shop", "a", 10));
    refused(
        tasks("shop", "b", 1),
        "tenant 'shop' may have 10 live tasks (quota liveTasks) and has 10; job 'b' brings 1 more",
        "--set quotas.liveTasks.shop=N");
    taken(tasks("lab", "c", 10));
    set("quotas.liveTasks.shop", 12);
    taken(tasks("shop", "d", 2));
    refused(tasks("shop", "e", 1), "may have 12 live tasks");
    set("quotas.liveTasks.shop", 0);
    taken(tasks("shop", "f", 1_000));
  }

  @Test
  void endedJobsMakeRoom() {
    set("quotas.liveTasks.shop", 3).device("gpu-1", A100);
    taken(tasks("shop", "a", 3));
    story.on(new Input.CancelJob("a", "")).cancels.clear();
    taken(tasks("shop", "b", 1));
    story.tick();
    var offer = story.expectOffer("t0@gpu-1");
    story.start(offer);
    taken(tasks("shop", "c", 2));
    refused(tasks("shop", "d", 1), "has 3");
    story.complete(offer);
    taken(tasks("shop", "e", 1));
  }

  @Test
  void recordsOfAJobAreCountedTogetherAndTheJobIsRefusedWithAllOfThem() {
    set("quotas.liveTasks.shop", 10);
    JobHeader shop = new JobHeader("shop", null, Map.of(), null);
    taken(tasks(shop, "a", 0, 6, false));
    refused(tasks(shop, "a", 6, 5, true), "has 6; job 'a' brings 5 more");
    taken(tasks("shop", "b", 10));
  }

  @Test
  void headerThatComesLaterMovesTheTasksToItsTenant() {
    set("quotas.liveTasks.shop", 10);
    taken(tasks(null, "a", 0, 8, false));
    taken(tasks("shop", "b", 6));
    refused(tasks(new JobHeader("shop", null, Map.of(), null), "a", 8, 1, true), "and has 14");
    taken(tasks("shop", "c", 4));
  }

  @Test
  void whatRunningTasksAskForCountsAsLiveTasksAndNotAsARate() {
    set("quotas.liveTasks.shop", 3).device("gpu-1", A100);
    set("quotas.tasksPerSecond.shop", 0.01);
    taken(tasks("shop", "a", 1));
    story.tick();
    var offer = story.expectOffer("t0@gpu-1");
    story.start(offer);
    progressed(offer, Story.tasks("x", "y"));
    assertEquals(List.of(), story.refusals);
    progressed(offer, Story.tasks("z"));
    story.expectRefusal("has 3; job 'a' brings 1 more");
    assertEquals(JobEvent.Type.REJECTED, story.events.getLast().type());
  }

  private void progressed(Effect.Offer offer, List<TaskSpec> spawned) {
    story.on(new Input.AttemptProgressed(offer.attempt(), offer.device(), 1, 0.5, spawned));
  }

  @Test
  void rateIsATokenBucketThatFillsWithTime() {
    set("quotas.tasksPerSecond.shop", 10);
    set("quotas.burstSeconds", 2);
    taken(tasks("shop", "a", 15));
    refused(
        tasks("shop", "b", 8),
        "tenant 'shop' may submit 10.0 tasks/s, 20 at once (quota tasksPerSecond), and 5 now",
        "job 'b' brings 8: submit it in 0.3 s under another id",
        "quotas.tasksPerSecond.shop=N");
    taken(tasks("lab", "c", 100));
    story.now += 0.31;
    taken(tasks("shop", "d", 8));
    story.now += 100;
    refused(tasks("shop", "e", 21), "brings 21: send smaller records");
    taken(tasks("shop", "f", 20));
  }

  /** The same input twice takes nothing the second time, nor does one that is refused. */
  @Test
  void replayTakesNothing() {
    set("quotas.tasksPerSecond.shop", 1);
    taken(tasks("shop", "a", 40));
    taken(tasks("shop", "a", 40));
    refused(tasks("shop", "b", 21), "and 20 now");
    taken(tasks("shop", "c", 20));
  }

  @Test
  void quotasAndWhatIsLeftOfThemOutliveARestart() {
    set("quotas.tasksPerSecond.shop", 1);
    set("quotas.each.liveTasks", 50);
    taken(tasks("shop", "a", 40));
    story.restart();
    refused(tasks("shop", "b", 15), "has 40");
    set("quotas.each.liveTasks", "");
    story.restart();
    refused(tasks("shop", "c", 21), "and 20 now");
    story.now += 5;
    story.restart();
    taken(tasks("shop", "d", 25));
  }

  @Test
  void fullAllowancesLeaveNothingBehind() {
    set("quotas.each.tasksPerSecond", 1);
    for (int i = 0; i < 1_000; i++) {
      taken(tasks("tenant" + i, "j" + i, 1));
      story.now += 0.5;
    }
    long kept = story.rows.values().stream().filter(Row.AllowanceRow.class::isInstance).count();
    assertTrue(kept <= 8, () -> kept + " rows of allowances");
  }

  @Test
  void quotasChangeWithoutTouchingWhatIsQueued() {
    story.submit("j", "a", "b").on(new Input.ChangePlacement(Map.of("policy", "fifo"))).tick();
    set("quotas.each.liveTasks", 5).device("gpu-1", A100).tick();
    story.expectOffer("a@gpu-1");
    assertEquals("5", story.pool.placement().options().get("quotas.each.liveTasks"));
    story.on(new Input.ChangePlacement(Map.of("quotas.liveTasks.x", "-1")));
    story.expectRefusal("quotas.liveTasks.x must be a whole number from 0 to");
    story.on(new Input.ChangePlacement(Map.of("quotas.tasksPerSecond.x", "NaN")));
    story.expectRefusal("quotas.tasksPerSecond.x must be a number of at least 0, is 'NaN'");
  }

  /** A submission is taken exactly when the bucket holds as many tokens as it has tasks. */
  @Test
  void noTenantIsFasterOrSlowerThanItsRate() {
    long first = Long.getLong("signalbox.seed", 1);
    for (long seed = first; seed < first + 30; seed++) {
      Random random = new Random(seed);
      Story any = new Story();
      any.on(
          new Input.ChangePlacement(
              Map.of("quotas.each.tasksPerSecond", "4", "quotas.burstSeconds", "5")));
      double tokens = 20;
      for (int i = 0; i < 200; i++) {
        double seconds = random.nextDouble() * 3;
        any.now += seconds;
        tokens = Math.min(20, tokens + 4 * seconds);
        int count = 1 + random.nextInt(25);
        any.on(tasks("shop", "j" + i, count));
        assertEquals(count <= tokens, any.refusals.isEmpty(), "-Dsignalbox.seed=" + seed);
        tokens -= any.refusals.isEmpty() ? count : 0;
        any.refusals.clear();
        if (random.nextInt(20) == 0) {
          any.restart();
        }
      }
    }
  }
}
