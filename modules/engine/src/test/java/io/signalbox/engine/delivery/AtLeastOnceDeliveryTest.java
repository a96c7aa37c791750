package io.signalbox.engine.delivery;

import static org.junit.jupiter.api.Assertions.fail;

import io.signalbox.engine.delivery.Fault.Kind;
import io.signalbox.engine.delivery.Plan.JobPlan;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The same runs with an engine that is told at_least_once (see {@link Guarantee}). Around a crash
 * an announcement may then be lost or come twice; an offer may be stored that nobody can read, and
 * is made again when it has ended; or be read that isn't stored, and what its worker says of it is
 * refused. All else holds: every job ends as it should, each of its tasks was done with its
 * parents' results, no device is given more than it takes, rows make the live pool, and nothing
 * else that is good is refused. More or other seeds: {@code bin/reliability at-least-once}.
 */
class AtLeastOnceDeliveryTest {
  private static final int SEEDS = Integer.getInteger("signalbox.seeds", 600);

  private long tasks;
  private long records;
  private long deaths;
  private long faults;

  @Test
  void whatDoesntHangOnAnnouncementsHolds() {
    for (long seed = Campaign.FIRST_SEED; seed < Campaign.FIRST_SEED + SEEDS; seed++) {
      judge(Plan.of(seed));
    }
    if (Boolean.getBoolean("signalbox.figures")) {
      System.out.printf(
          "%d seeds at least once: %d tasks, %d records read, the engine killed %d times,"
              + " %d faults struck in all%n",
          SEEDS, tasks, records, deaths, faults);
    }
  }

  private void judge(Plan plan) {
    History history;
    try {
      history = Delivery.run(plan, Guarantee.AT_LEAST_ONCE, Sabotage.NONE);
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + plan.seed() + " at least once: the run failed", e);
    }
    String breach = breach(history);
    if (breach != null) {
      fail(
          Minimizer.report(
              getClass(),
              Guarantee.AT_LEAST_ONCE,
              plan.seed(),
              breach,
              AtLeastOnceDeliveryTest::breach));
    }
    tasks += plan.jobs().stream().mapToLong(job -> job.all().size()).sum();
    records += history.records;
    deaths += history.struck.getOrDefault(Kind.ENGINE_KILLED, 0);
    deaths += history.struck.getOrDefault(Kind.ENGINE_KILLED_AT_AN_EFFECT, 0);
    faults += history.struck.values().stream().mapToLong(Integer::longValue).sum();
  }

  private static @Nullable String breach(History history) {
    for (Campaign.Invariant invariant :
        List.<Campaign.Invariant>of(
            AtLeastOnceDeliveryTest::jobsEnd,
            ParentsComeFirstSimulationTest::begunTooEarly,
            SlotsAreNeverOverbookedSimulationTest::breach,
            RestoredPoolIsTheLiveOneSimulationTest::breach,
            NothingGoodIsRefusedSimulationTest::breachAtLeastOnce)) {
      String breach = invariant.breach(history);
      if (breach != null) {
        return breach;
      }
    }
    return null;
  }

  /** By the books, and by what workers have done. */
  private static @Nullable String jobsEnd(History history) {
    Set<String> done = new HashSet<>();
    history.all(Fact.Finished.class).forEach(finished -> done.add(finished.task()));
    Map<String, String> ended = history.endedByTheBooks;
    boolean cancelled = !history.plan.faults(Kind.JOB_CANCELLED).isEmpty();
    for (JobPlan job : history.plan.jobs()) {
      String outcome = ended.get(job.id());
      if (outcome == null) {
        return job.id() + " never ended";
      }
      if (!outcome.equals("SUCCEEDED") && !job.breaks() && !cancelled) {
        return job.id() + " ended as " + outcome;
      }
      for (String task : job.all().keySet()) {
        if (outcome.equals("SUCCEEDED") && !done.contains(job.id() + "/" + task)) {
          return "%s succeeded without its task %s".formatted(job.id(), task);
        }
      }
    }
    return null;
  }
}
