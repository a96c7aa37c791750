package io.signalbox.engine.delivery;

import io.signalbox.engine.delivery.Campaign.Invariant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the fewest faults, jobs and tasks that still break an invariant, and tells the story. */
final class Minimizer {
  private static final int MOST_RUNS = 3_000;
  private static final int LAST_FACTS = 80;

  private final Guarantee guarantee;
  private final Invariant invariant;
  private int runs;

  private Minimizer(Guarantee guarantee, Invariant invariant) {
    this.guarantee = guarantee;
    this.invariant = invariant;
  }

  static String report(
      Class<?> test, Guarantee guarantee, long seed, String what, Invariant invariant) {
    Plan least = new Minimizer(guarantee, invariant).minimize(Plan.of(seed));
    String story;
    try {
      History history = Delivery.run(least, guarantee, Sabotage.NONE);
      int end = whenItBroke(invariant, history);
      story =
          invariant.breach(history)
              + "\n"
              + history.facts.stream()
                  .limit(end)
                  .skip(Math.max(0, end - LAST_FACTS))
                  .map(Fact::toString)
                  .collect(Collectors.joining("\n"));
    } catch (RuntimeException e) {
      story = e + "\n  at " + e.getStackTrace()[0];
    }
    return """
    seed %1$d: %2$s
    Replay it: bin/reliability %6$s 1 %1$d   (%3$s)
        The least that still breaks it: %4$s%5$s\
    """
        .formatted(seed, what, test.getSimpleName(), least, story, guarantee.command());
  }

  /** How many facts it takes until the breach can be seen; all where only the end shows it. */
  private static int whenItBroke(Invariant invariant, History history) {
    String breach = String.valueOf(invariant.breach(history));
    History so = new History(history.plan);
    for (Fact fact : history.facts) {
      so.add(fact);
      if (breach.equals(invariant.breach(so))) {
        return so.facts.size() > 1 ? so.facts.size() : history.facts.size();
      }
    }
    return history.facts.size();
  }

  private Plan minimize(Plan plan) {
    Plan before;
    Plan least = plan;
    do {
      before = least;
      least = without(least, least.faults(), (each, faults) -> each.with(each.jobs(), faults));
      least = without(least, least.jobs(), (each, jobs) -> each.with(jobs, each.faults()));
      least = withFewerTasks(least);
    } while (!least.equals(before) && runs < MOST_RUNS);
    return least;
  }

  /** Takes out one after the other of what isn't needed. */
  private <T> Plan without(Plan plan, List<T> parts, BiFunction<Plan, List<T>, Plan> with) {
    Plan least = plan;
    List<T> needed = new ArrayList<>(parts);
    for (T part : parts) {
      List<T> fewer = new ArrayList<>(needed);
      fewer.remove(part);
      Plan candidate = with.apply(least, List.copyOf(fewer));
      if (!candidate.jobs().isEmpty() && breaks(candidate)) {
        least = candidate;
        needed = fewer;
      }
    }
    return least;
  }

  /** Cuts jobs off at their ends: nothing before depends on what is behind. */
  private Plan withFewerTasks(Plan plan) {
    Plan least = plan;
    for (int job = 0; job < plan.jobs().size(); job++) {
      for (int size = plan.jobs().get(job).tasks().size() - 1; size > 0; size--) {
        List<Plan.JobPlan> jobs = new ArrayList<>(least.jobs());
        Plan.JobPlan whole = jobs.get(job);
        jobs.set(
            job,
            new Plan.JobPlan(
                whole.id(),
                whole.at(),
                Math.min(whole.records(), size),
                whole.tasks().subList(0, size)));
        Plan candidate = least.with(jobs, least.faults());
        if (!breaks(candidate)) {
          break;
        }
        least = candidate;
      }
    }
    return least;
  }

  private boolean breaks(Plan plan) {
    if (++runs > MOST_RUNS) {
      return false;
    }
    try {
      @Nullable String breach = invariant.breach(Delivery.run(plan, guarantee, Sabotage.NONE));
      return breach != null;
    } catch (RuntimeException e) {
      return true;
    }
  }
}
