package io.signalbox.engine.delivery;

import static org.junit.jupiter.api.Assertions.fail;

import io.signalbox.engine.delivery.Fault.Kind;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Many runs, each judged by every invariant. The first test that asks pays for the runs, the others
 * of the same process share them. More or other seeds: {@code -Dsignalbox.seeds=100000
 * -Dsignalbox.seed=1}.
 */
final class Campaign {
  static final int SEEDS = Integer.getInteger("signalbox.seeds", 2_000);
  static final long FIRST_SEED = Long.getLong("signalbox.seed", 1);

  /** What must hold of every history. */
  interface Invariant {
    /** What is wrong, or null. */
    @Nullable String breach(History history);
  }

  private record Breach(long seed, String what) {}

  private static final Map<Class<?>, Invariant> INVARIANTS = new LinkedHashMap<>();

  static {
    INVARIANTS.put(NoTaskIsLostSimulationTest.class, NoTaskIsLostSimulationTest::breach);
    INVARIANTS.put(
        NoTaskCompletesTwiceSimulationTest.class, NoTaskCompletesTwiceSimulationTest::breach);
    INVARIANTS.put(ParentsComeFirstSimulationTest.class, ParentsComeFirstSimulationTest::breach);
    INVARIANTS.put(
        SlotsAreNeverOverbookedSimulationTest.class, SlotsAreNeverOverbookedSimulationTest::breach);
    INVARIANTS.put(
        LostDevicesTasksRunAgainSimulationTest.class,
        LostDevicesTasksRunAgainSimulationTest::breach);
    INVARIANTS.put(
        RestoredPoolIsTheLiveOneSimulationTest.class,
        RestoredPoolIsTheLiveOneSimulationTest::breach);
    INVARIANTS.put(EveryJobEndsSimulationTest.class, EveryJobEndsSimulationTest::breach);
    INVARIANTS.put(
        NothingGoodIsRefusedSimulationTest.class, NothingGoodIsRefusedSimulationTest::breach);
  }

  private static @Nullable Campaign held;

  private final Map<Class<?>, Breach> breaches = new LinkedHashMap<>();
  private final Map<Kind, Long> struck = new EnumMap<>(Kind.class);
  private long tasks;
  private long records;
  private long commits;
  private long effects;

  private Campaign() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      judge(Plan.of(seed));
    }
  }

  private void judge(Plan plan) {
    History history;
    try {
      history = Delivery.run(plan);
    } catch (RuntimeException e) {
      // Whatever stopped it, nothing is proven of the run.
      Breach breach = new Breach(plan.seed(), "the run failed: " + e);
      INVARIANTS.keySet().forEach(test -> breaches.putIfAbsent(test, breach));
      return;
    }
    INVARIANTS.forEach((test, invariant) -> {
      String breach = invariant.breach(history);
      if (breach != null) {
        breaches.putIfAbsent(test, new Breach(plan.seed(), breach));
      }
    });
    history.struck.forEach((kind, times) -> struck.merge(kind, (long) times, Long::sum));
    records += history.records;
    commits += history.commits;
    effects += history.effects;
    tasks += history.plan.jobs().stream().mapToLong(job -> job.all().size()).sum();
  }

  /** What a history breaks first, or null. */
  static @Nullable String anyBreach(History history) {
    for (Map.Entry<Class<?>, Invariant> each : INVARIANTS.entrySet()) {
      String breach = each.getValue().breach(history);
      if (breach != null) {
        return each.getKey().getSimpleName() + ": " + breach;
      }
    }
    return null;
  }

  /** How many there are. */
  static int invariants() {
    return INVARIANTS.size();
  }

  static synchronized Campaign run() {
    Campaign done = held == null ? new Campaign() : held;
    held = done;
    return done;
  }

  /** Fails with the first seed that breaks the test's invariant, and the least that still does. */
  static void holds(Class<?> test) {
    Breach breach = run().breaches.get(test);
    if (breach != null) {
      fail(
          Minimizer.report(
              test, Guarantee.EXACTLY_ONCE, breach.seed(), breach.what(), breachOf(test)));
    }
  }

  private static Invariant breachOf(Class<?> test) {
    Invariant invariant = INVARIANTS.get(test);
    if (invariant == null) {
      throw new IllegalArgumentException(test + " is no invariant");
    }
    return invariant;
  }

  /** How often each kind of fault struck. */
  Map<Kind, Long> struck() {
    return struck;
  }

  /** What was run, in lines for people. */
  List<String> figures() {
    return List.of(
        "%d seeds: %d tasks, %d records read, %d effects in %d commits"
            .formatted(SEEDS, tasks, records, effects, commits),
        "%d faults struck: %s"
            .formatted(struck.values().stream().mapToLong(Long::longValue).sum(), struck));
  }
}
