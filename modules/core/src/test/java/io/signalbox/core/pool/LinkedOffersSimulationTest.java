package io.signalbox.core.pool;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.job.TaskSpec;
import io.signalbox.core.placement.Placements;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Jobs of chains, with a join here and there, on devices of which some take linked offers. Attempts
 * fail, devices die and come back, their events come late, twice and in another order, the engine
 * dies: each task succeeds once and after its parents, and links are followed at all.
 */
class LinkedOffersSimulationTest {
  private static final int SEEDS = Integer.getInteger("signalbox.seeds", 60);
  private static final long FIRST_SEED = Long.getLong("signalbox.seed", 1);

  @Test
  void chainsEndWhateverHappens() {
    int followed = 0;
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      try {
        followed += run(seed);
      } catch (RuntimeException | AssertionError failure) {
        throw new AssertionError(
            ("seed %d; replay it with ./mvnw test -pl modules/core"
                    + " -Dtest=LinkedOffersSimulationTest -Dsignalbox.seed=%d -Dsignalbox.seeds=1")
                .formatted(seed, seed),
            failure);
      }
    }
    assertTrue(followed > SEEDS || SEEDS == 1, "links followed: " + followed);
  }

  private static int run(long seed) {
    Random random = new Random(seed);
    SimulatedFleet fleet = new SimulatedFleet(random, Placements.DEFAULT);
    Map<String, Set<String>> parents = new HashMap<>();
    int jobs = 1 + random.nextInt(3);
    for (int j = 0; j < jobs; j++) {
      fleet.story.submit("job" + j, chains("job" + j, random, parents), true);
    }
    for (int step = 0; step < 6_000 && !fleet.allEnded(jobs); step++) {
      fleet.step();
    }
    assertTrue(fleet.allEnded(jobs), () -> "jobs still live: " + fleet.story.pool.jobs());
    PoolSimulationTest.check(fleet.story.events, parents);
    return fleet.followed();
  }

  private static List<TaskSpec> chains(
      String job, Random random, Map<String, Set<String>> parents) {
    int size = 5 + random.nextInt(40);
    List<TaskSpec> specs = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Set<String> chosen = new TreeSet<>();
      if (i > 0 && random.nextInt(10) > 0) {
        chosen.add("t" + (random.nextInt(5) == 0 ? random.nextInt(i) : i - 1));
      }
      if (i > 0 && random.nextInt(6) == 0) {
        chosen.add("t" + random.nextInt(i));
      }
      TaskSpec spec = TaskSpec.of("t" + i, "op" + i % 3, chosen.toArray(new String[0]));
      parents.put(job + "/" + spec.id(), chosen);
      double seconds = 0.1 + random.nextDouble() * 0.6;
      specs.add(Story.costing(spec, Map.of("a100", seconds, "cpu", 2 * seconds)));
    }
    return specs;
  }
}
