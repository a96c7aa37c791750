package io.signalbox.engine.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.job.TaskState;
import io.signalbox.core.pool.Row;
import io.signalbox.engine.delivery.Fault.Kind;
import io.signalbox.events.Assignment;
import io.signalbox.events.JobEvent;
import io.signalbox.events.JobEventType;
import io.signalbox.events.TaskEvent;
import io.signalbox.events.TaskEventType;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Each invariant of the delivery is seen to fail where something is broken on purpose: an engine, a
 * store or a worker that doesn't do what it should is caught by the invariant that is about it, in
 * runs in which all hold otherwise. About 3 seconds.
 */
class InvariantsCanFailTest {
  private static final int MOST_SEEDS = 80;

  /** Engines die twice and workers once, at times that hit the middle of some of the jobs. */
  private static Plan plan(long seed) {
    Plan plan = Plan.of(seed);
    return plan.with(
        plan.jobs(),
        List.of(
            new Fault(0, Kind.ENGINE_KILLED, 7, 0.5, 0, 0),
            new Fault(1, Kind.ENGINE_KILLED, 12, 0.5, 0, 0),
            new Fault(2, Kind.WORKER_KILLED, 9, 1, 0, 0)));
  }

  /** The invariant finds it in one of the runs, and nothing is wrong with that run otherwise. */
  private static void caught(Campaign.Invariant invariant, String what, Sabotage sabotage) {
    for (long seed = 1; seed <= MOST_SEEDS; seed++) {
      Plan plan = plan(seed);
      @Nullable String breach = breach(invariant, plan, sabotage);
      if (breach != null) {
        assertTrue(breach.contains(what), breach);
        assertNull(Campaign.anyBreach(Delivery.run(plan)), "seed " + seed);
        return;
      }
    }
    throw new AssertionError("nobody noticed in " + MOST_SEEDS + " runs");
  }

  private static @Nullable String breach(
      Campaign.Invariant invariant, Plan plan, Sabotage sabotage) {
    try {
      return invariant.breach(Delivery.run(plan, Guarantee.EXACTLY_ONCE, sabotage));
    } catch (IllegalStateException e) {
      // Rows that contradict each other: nobody goes on with them, and the run proves nothing.
      return null;
    }
  }

  @Test
  void taskWhoseDescriptionIsntStoredIsMissed() {
    caught(
        NoTaskIsLostSimulationTest::breach,
        // Or it is rejected, since its parents can't be found.
        "succe",
        new Sabotage() {
          @Override
          public boolean keeps(Row row) {
            return !(row instanceof Row.SpecRow spec && spec.spec().id().equals("t0"));
          }
        });
  }

  @Test
  void completionThatIsntStoredIsAcceptedTwice() {
    caught(
        NoTaskCompletesTwiceSimulationTest::breach,
        "succeeded twice",
        new Sabotage() {
          @Override
          public boolean keeps(Row row) {
            return !(row instanceof Row.TaskRow task
                && task.state() instanceof TaskState.Succeeded);
          }
        });
  }

  @Test
  void childThatIsStartedWithoutWaitingIsNoticed() {
    caught(
        ParentsComeFirstSimulationTest::breach,
        "began on",
        new Sabotage() {
          @Override
          public Assignment assignment(Assignment sent) {
            return Assignment.newBuilder(sent).setAfter(null).build();
          }
        });
  }

  @Test
  void deviceThatRunsMoreThanItHasSlotsForIsNoticed() {
    caught(
        SlotsAreNeverOverbookedSimulationTest::breach,
        "overbooked",
        new Sabotage() {
          @Override
          public int slots(int slots) {
            return slots + 2;
          }
        });
  }

  @Test
  void completionOfAnAttemptThatDiedIsNoticed() {
    caught(
        LostDevicesTasksRunAgainSimulationTest::breach,
        "died with its device and succeeded",
        new Sabotage() {
          @Override
          public List<TaskEvent> lastWords(String device, long incarnation, List<String> running) {
            return running.stream().map(attempt -> forged(device, incarnation, attempt)).toList();
          }
        });
  }

  /** A completion that nobody has made. */
  private static TaskEvent forged(String device, long incarnation, String attempt) {
    String[] parts = attempt.split("[/#]");
    return TaskEvent.newBuilder()
        .setPool(World.POOL)
        .setJob(parts[0])
        .setTaskId(parts[1])
        .setAttempt(Integer.parseInt(parts[2]))
        .setType(TaskEventType.COMPLETED)
        .setDeviceId(device)
        .setIncarnation(incarnation)
        .setAt(Instant.ofEpochSecond((long) VirtualTime.START))
        .build();
  }

  @Test
  void rowOfARunningAttemptThatIsntStoredIsMissed() {
    caught(
        RestoredPoolIsTheLiveOneSimulationTest::breach,
        "isn't",
        new Sabotage() {
          @Override
          public boolean keeps(Row row) {
            return !(row instanceof Row.TaskRow task && task.state() instanceof TaskState.Running);
          }
        });
  }

  @Test
  void endThatIsntAnnouncedIsMissed() {
    caught(
        EveryJobEndsSimulationTest::breach,
        "never ended",
        new Sabotage() {
          @Override
          public List<JobEvent> announcements(JobEvent event) {
            return event.getType() == JobEventType.JOB_SUCCEEDED ? List.of() : List.of(event);
          }
        });
  }

  @Test
  void endThatIsAnnouncedTwiceIsNoticed() {
    caught(
        EveryJobEndsSimulationTest::breach,
        "has ended, and then came",
        new Sabotage() {
          @Override
          public List<JobEvent> announcements(JobEvent event) {
            return event.getType() == JobEventType.JOB_SUCCEEDED
                ? List.of(event, event)
                : List.of(event);
          }
        });
  }

  @Test
  void workersWordThatIsRefusedIsNoticed() {
    caught(
        NothingGoodIsRefusedSimulationTest::breach,
        "dead letter",
        new Sabotage() {
          @Override
          public SpecificRecord said(SpecificRecord value) {
            return value instanceof TaskEvent event && event.getType() == TaskEventType.STARTED
                ? TaskEvent.newBuilder(event).setAttempt(-event.getAttempt()).build()
                : value;
          }
        });
  }

  @Test
  void everyInvariantHasItsSaboteur() {
    assertEquals(8, Campaign.invariants());
  }
}
