package io.signalbox.core.placement;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.fairness.FairnessSettings;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.core.priority.PriorityWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A tenant floods the pool with a hundred thousand tasks; another one's small job comes later and
 * is done within the bound that docs/SCHEDULING.md names:
 *
 * <pre>
 *   levels · (longest task that runs + longest of its own) + window + its cost / its share
 * </pre>
 */
class FloodTest {
  private static final int TASKS = 100_000;
  private static final double WINDOW_TASKS = 3;
  private static final Map<String, Double> SECONDS = Map.of("gpu", 1.0, "npu", 1.5, "cpu", 2.5);

  private final VirtualPool pool =
      new VirtualPool(new FairnessSettings(WINDOW_TASKS, Map.of()), PriorityWeights.DEFAULT, 300)
          .devices("gpu", 4)
          .devices("npu", 4)
          .devices("cpu", 10);
  private final Random random = new Random(1);

  private static List<TaskSpec> small() {
    List<TaskSpec> tasks = new ArrayList<>();
    String[] parents = new String[12];
    for (int i = 0; i < parents.length; i++) {
      parents[i] = "t" + i;
      tasks.add(VirtualPool.task(parents[i], "small", 0.5, SECONDS));
    }
    tasks.add(VirtualPool.task("join", "small", 0.5, SECONDS, parents));
    return tasks;
  }

  private void flood() {
    List<TaskSpec> tasks = new ArrayList<>();
    for (int i = 0; i < TASKS; i++) {
      tasks.add(VirtualPool.task("t" + i, "flood", 1 + 3 * random.nextDouble(), SECONDS));
    }
    pool.submit("flood", "flooding", tasks);
  }

  /** Seconds from its submission to its end. */
  private double respond(String job) {
    double from = pool.now();
    pool.submit(job, "small", small());
    while (pool.now() < from + 1_000) {
      pool.step(from + 1_000);
      double end = end(job);
      if (end <= pool.now()) {
        return end - from;
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  private double end(String job) {
    for (VirtualPool.Run run : pool.runs().reversed()) {
      if (run.job().equals(job) && run.task().equals("join")) {
        return run.endsAt();
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  private double bound(String job, double share) {
    double longest = 0;
    double longestOwn = 0;
    double cost = 0;
    double all = 0;
    for (VirtualPool.Run run : pool.runs()) {
      longest = Math.max(longest, run.seconds());
      all += run.seconds() * run.price();
      if (run.job().equals(job)) {
        longestOwn = Math.max(longestOwn, run.seconds());
        cost += run.seconds() * run.price();
      }
    }
    double window = WINDOW_TASKS * all / pool.runs().size();
    return 2 * (longest + longestOwn) + window + cost / share;
  }

  @Test
  void aFloodDelaysAnothersSmallJobByAtMostTheBound() {
    double alone = respond("alone");
    flood();
    for (int job = 0; job < 5; job++) {
      double until = pool.now() + 10;
      while (pool.now() < until) {
        pool.step(until);
      }
      int before = pool.runs().size();
      long began = System.nanoTime();
      double response = respond("small-" + job);
      double micros = (System.nanoTime() - began) / 1e3 / (pool.runs().size() - before);
      double bound = bound("small-" + job, 0.5);
      String figures =
          "job %d: alone %.2f s, in the flood %.2f s, bound %.2f s; %.0f us for each of %d starts"
              .formatted(job, alone, response, bound, micros, pool.runs().size() - before);
      if (Boolean.getBoolean("signalbox.figures")) {
        System.out.println(figures);
      }
      assertTrue(response <= bound, figures);
    }
    assertTrue(pool.waiting("flooding") > TASKS / 2, "the flood must last");
  }
}
