package io.signalbox.core.pool;

import static io.signalbox.core.pool.Story.A100;
import static io.signalbox.core.pool.Story.CPU;
import static io.signalbox.core.pool.Story.SETTINGS;
import static io.signalbox.core.pool.Story.costing;
import static io.signalbox.core.pool.Story.onlyOn;
import static io.signalbox.core.pool.Story.tasks;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.device.DeviceReport;
import io.signalbox.core.explanation.Wording;
import io.signalbox.core.job.TaskError;
import io.signalbox.core.job.TaskRef;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.core.placement.FollowSchedule;
import io.signalbox.core.placement.FollowSchedule.PlannedSlot;
import io.signalbox.core.placement.PlacementFactory;
import io.signalbox.core.placement.Placements;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each reason to wait, and each place to be, told once. */
class ExplainTest {
  private Story story = new Story();

  private static TaskSpec lasting(double seconds, String id, String... parents) {
    return costing(TaskSpec.of(id, id, parents), Map.of("a100", seconds, "cpu", 4 * seconds));
  }

  /** What is said of a task of job j, which must change nothing. */
  private List<String> said(String task) {
    return Wording.of(story.pool.explain(new TaskRef("j", task), story.now), story.now);
  }

  private void expect(String task, String... sentences) {
    assertEquals(String.join("\n", sentences), String.join("\n", said(task)));
  }

  private void expectAmong(String task, String... sentences) {
    List<String> said = said(task);
    assertTrue(said.containsAll(List.of(sentences)), () -> String.join("\n", said));
  }

  private void startAll() {
    story.takeOffers().forEach(story::start);
  }

  /** A policy with three like tasks for one device of each class, the first of which run. */
  private void threeLikeTasks(PlacementFactory policy) {
    story = new Story(SETTINGS, policy).device("gpu-1", A100).device("cpu-1", CPU);
    List<TaskSpec> specs = Stream.of("a", "b", "c").map(id -> lasting(2, id)).toList();
    story.submit("j", specs, true).tick();
    startAll();
    story.after(0.5);
  }

  @Test
  void jobOrTaskThatIsNotThere() {
    expect("a", "There is no job 'j' in pool 'test'.");
    story.submit("j", "a", "b->a");
    expect("x", "Job 'j' has no task 'x'; it has 2, namely a, b.");
  }

  @Test
  void taskThatMayStillComeIsNamedSo() {
    story.submit("j", tasks("a", "b", "c", "d", "e", "f"), false);
    expect(
        "x",
        "Job 'j' has no task 'x'; it has 6, such as a, b, c, d, e, and isn't sealed: more may"
            + " come.");
  }

  @Test
  void parentThatNobodyHasDescribed() {
    story.device("gpu-1", A100).submit("j", tasks("c->b,a", "d->a", "b"), false).tick();
    expect(
        "a",
        "Task 'j/a' is only known as a parent of d and c; no record has described it yet.",
        "It can start once the job's producer submits it, and the job can't be sealed before.");
    expectAmong(
        "c",
        "Task 'j/c' waits for 2 parents: 'a' (not submitted yet) and 'b' (offered to gpu-1, should"
            + " be done in 0.01 s).",
        "It can start once 'a' is submitted and all its parents have succeeded.");
  }

  @Test
  void parentsThatRunAndWait() {
    List<TaskSpec> specs =
        List.of(lasting(5, "a"), lasting(1, "b"), lasting(3, "c", "a"), lasting(1, "d", "b", "c"));
    story.device("gpu-1", A100).device("gpu-2", A100).submit("j", specs, true).tick();
    startAll();
    story.after(0.5);
    expect(
        "d",
        "Task 'j/d' waits for 2 parents: 'c' (waits for parents of its own, should be done in 7.5 s"
            + " at the earliest) and 'b' (runs on gpu-2, should be done in 0.5 s).",
        "Of these 'c' holds it up longest; it waits for 'a' (runs on gpu-1, should be done in 4.5"
            + " s).",
        "It is on the job's critical path; from its start to the end of the job it takes at least 1"
            + " s.",
        "It can start once the last of them has succeeded, expected in 7.5 s at the earliest.");
    expectAmong(
        "c",
        "Task 'j/c' waits for a parent: 'a' (runs on gpu-1, should be done in 4.5 s).",
        "It can start once 'a' has succeeded, expected in 4.5 s.");
  }

  @Test
  void slotThatIsReserved() {
    threeLikeTasks(Placements.named("late"));
    expect(
        "c",
        "Task 'j/c' became ready 0.5 s ago and waits for a device.",
        "A slot of gpu-1 (a100) is reserved for it, to start in 3.5 s: it should be done there in"
            + " 5.5 s, sooner than on any free device.",
        "1 task stands in the queue of the policy late before it.",
        "The devices that it may run on:",
        "- a100: 1 full; gpu-1 should be free in 1.5 s and would need 2 s",
        "- cpu: 1 free; cpu-1 is free now and would need 8 s",
        "Any delay of its start delays the job; from its start to the end of the job it takes at"
            + " least 2 s.",
        "It starts when gpu-1 has a free slot, which should be in 3.5 s.");
  }

  @Test
  void devicesThatAreFull() {
    threeLikeTasks(Placements.named("fifo"));
    expectAmong(
        "c",
        "Every device that can run it is full.",
        "It can start once a slot is free; the first is expected on gpu-1 (a100) in 1.5 s.");
  }

  @Test
  void taskBoundEarly() {
    threeLikeTasks(Placements.named("dmdas"));
    expectAmong(
        "b",
        "It is bound to gpu-1, where its turn comes next.",
        "It starts when its turn on gpu-1" + " comes.");
    expectAmong("c", "It is bound to gpu-1 behind 1 task.");
  }

  @Test
  void taskOfASchedule() {
    List<TaskRef> order = List.of(ref("b"), ref("a"), ref("c"));
    threeLikeTasks(FollowSchedule.of("plan", List.of(new PlannedSlot("gpu-1", order))));
    expectAmong(
        "c",
        "The schedule has it on gpu-1, where it is the turn of 'b'.",
        "It starts on gpu-1 after 1 scheduled task.");
    expectAmong("a", "It starts on gpu-1 after 'b'.");
  }

  private static TaskRef ref(String task) {
    return new TaskRef("j", task);
  }

  @Test
  void classWithoutDevices() {
    TaskSpec spec = onlyOn(TaskSpec.of("a", "op"), "a100");
    story.device("cpu-1", CPU).submit("j", List.of(spec), true).tick();
    expectAmong("a", "There is no device of a100.", "It can start once a device of a100 joins.");
  }

  @Test
  void devicesThatTakeNothing() {
    story
        .device("lost", A100)
        .after(4)
        .device("drained", A100)
        .on(new Input.DrainDevice("drained", true))
        .report(report("sick", false, 0, List.of(0)))
        .report(report("small", true, 1, List.of(0)))
        .report(report("laneless", true, 0, List.of()))
        .submit("j", List.of(needing(2, onlyOn(TaskSpec.of("a", "op"), "a100"))), true)
        .tick();
    expectAmong(
        "a",
        "No device of a100 can take it.",
        "- a100: 1 with too little memory, 1 without a lane, 1 unhealthy, 1 draining, 1 lost",
        "It can start once a draining device is allowed to work again, or a device's health check"
            + " passes, or a device is heard of again with a lane to read, or a device of a100 with"
            + " enough memory joins.");
  }

  @Test
  void deviceInQuarantineIsTriedAgain() {
    story.device("gpu-1", A100).device("gpu-2", A100).on(new Input.DrainDevice("gpu-2", true));
    for (int sequence = 1; sequence <= 4; sequence++) {
      story.report(report("gpu-1", sequence, sequence == 4, 0, List.of(0)));
    }
    story.submit("j", List.of(onlyOn(TaskSpec.of("a", "op"), "a100")), true).after(1);
    expectAmong(
        "a",
        "- a100: 1 in quarantine, 1 draining",
        "It can start once a draining device is allowed to work again, or a device in quarantine is"
            + " tried again, in 29 s, or a device of a100 joins.");
  }

  private static DeviceReport report(String id, boolean healthy, long memory, List<Integer> lanes) {
    return report(id, 0, healthy, memory, lanes);
  }

  private static DeviceReport report(
      String id, int sequence, boolean healthy, long memory, List<Integer> lanes) {
    DeviceReport.State active = DeviceReport.State.ACTIVE;
    return new DeviceReport(
        id, "a100", 1, sequence, active, lanes, 1, 0, 0, List.of(), memory, 0, 0, 0, healthy,
        Set.of());
  }

  private static TaskSpec needing(long memory, TaskSpec spec) {
    return new TaskSpec(
        spec.id(),
        spec.operation(),
        spec.version(),
        spec.dependencies(),
        spec.work(),
        spec.estimates(),
        spec.classes(),
        memory,
        spec.payload(),
        spec.timeoutSeconds(),
        spec.maxAttempts());
  }

  @Test
  void deviceThatGaveAnOfferBackRests() {
    story.device("gpu-1", A100).submit("j", "a").tick();
    story.release(story.expectOffer("a@gpu-1"), "gpu-1").tick();
    expectAmong(
        "a",
        "What went wrong last: device 'gpu-1' gave it back: no slot.",
        "- a100: 1 resting until the next heartbeat");
  }

  @Test
  void pausedPool() {
    story.device("gpu-1", A100).on(new Input.PausePool()).submit("j", "a").tick().after(1);
    expect(
        "a",
        "Task 'j/a' became ready 1 s ago and waits for a device.",
        "Its pool is paused: no task is offered to any device.",
        "The devices that it may run on:",
        "- a100: 1 free; gpu-1 is free now and would need 0.01 s",
        "It is on the job's critical path; from its start to the end of the job it takes at least"
            + " 0.01 s.",
        "It can start once an operator resumes the pool.");
  }

  @Test
  void failureThatIsWaitedOut() {
    story.device("gpu-1", A100).submit("j", "a").tick();
    Effect.Offer offer = story.expectOffer("a@gpu-1");
    story.start(offer).after(1).fail(offer, TaskError.Kind.INTERNAL).tick();
    expectAmong(
        "a",
        "Task 'j/a' waits after a failure, the first of at most 3: broke.",
        "It is queued again in 1 s.");
    story.after(1);
    expectAmong("a", "What went wrong last: broke.");
  }

  @Test
  void offerThatNobodyTook() {
    story.device("gpu-1", A100).submit("j", "a").tick();
    story.expectOffer("a@gpu-1");
    expectAmong(
        "a",
        "Task 'j/a' is offered to gpu-1 (a100) (attempt 1); it should start now and take 0.01 s.",
        "It starts when gpu-1 takes the offer; when that hasn't happened in 5 s, it is offered"
            + " anew.");
    story.after(3).heartbeats().after(3.5);
    expectAmong("a", "What went wrong last: device 'gpu-1' didn't take offer 1 in time.");
  }

  @Test
  void runningAttemptTellsItsDecision() {
    story.device("gpu-1", A100).device("cpu-1", CPU);
    story.submit("j", List.of(lasting(2, "a")), true).tick();
    story.start(story.expectOffer("a@gpu-1")).after(0.5);
    expect(
        "a",
        "Task 'j/a' has been running on gpu-1 (a100) for 0.5 s (attempt 1), predicted to take 2 s"
            + " and to be done in 1.5 s.",
        "The policy plb chose gpu-1 0.5 s ago, the best score of 2:",
        "- gpu-1 (a100): starts at once, takes 2 s, is done after 2 s; score 2.00",
        "- cpu-1 (cpu): starts at once, takes 8 s, is done after 8 s; score 8.00",
        "It is on the job's critical path; from its start to the end of the job it takes at least 2"
            + " s.",
        "It is over when gpu-1 reports it done, and starts anew elsewhere when that device is"
            + " lost.");
    story.restart().after(2);
    expectAmong(
        "a",
        "Task 'j/a' has been running on gpu-1 (a100) for 2.5 s (attempt 1), 0.5 s longer than the 2"
            + " s that were predicted; it is expected to be done in 0.5 s.",
        "Why it went to gpu-1 isn't known any more: the decision was made before a restart, or for"
            + " another device.");
  }

  @Test
  void taskThatIsDone() {
    story.device("gpu-1", A100).submit("j", "a", "b->a").tick();
    story.complete(story.expectOffer("a@gpu-1")).after(2);
    expect("a", "Task 'j/a' succeeded on gpu-1 2 s ago, on attempt 1.");
    story.complete(story.expectOffer("b@gpu-1")).after(2);
    expect(
        "a",
        "Job 'j' ended 2 s ago: SUCCEEDED.",
        "Where its tasks stood is forgotten then; the job's events tell what became of each.");
  }

  @Test
  void slackIsTold() {
    story.submit("j", List.of(lasting(5, "a"), lasting(2, "b")), true).tick();
    expectAmong(
        "b",
        "With enough devices its start may come 3 s later without the job taking longer; from its start to the end of"
            + " the job it takes at least 2 s.");
  }

  @Test
  void pathsOfAJobNameTheCriticalOneAndTheBottlenecks() {
    assertNull(story.pool.paths("j"));
    List<TaskSpec> specs =
        List.of(
            lasting(1, "a"),
            lasting(2, "b"),
            lasting(3, "hub", "a", "b"),
            lasting(1, "c", "hub"),
            lasting(2, "d", "hub"));
    story.submit("j", specs, true);
    JobPaths paths = story.pool.paths("j");
    assertNotNull(paths);
    assertEquals(7, paths.remainingSeconds(), 1e-9);
    assertEquals(List.of("b", "hub", "d"), paths.critical());
    assertEquals(3, paths.length());
    assertNotNull(paths.bottlenecks());
    // Itself and both behind it, times itself and both before it.
    assertEquals(new JobPaths.Bottleneck("hub", 9), paths.bottlenecks().getFirst());
  }

  @Test
  void everyPolicyExplainsAWaitingTaskWithoutChangingIt() {
    for (String policy : Placements.names()) {
      threeLikeTasks(Placements.named(policy));
      for (String task : List.of("a", "b", "c")) {
        assertTrue(said(task).getFirst().contains("'j/" + task + "'"), policy);
        assertEquals(said(task), said(task), policy);
      }
      story.tick();
      assertEquals(List.of(), story.takeOffers(), policy);
    }
  }
}
