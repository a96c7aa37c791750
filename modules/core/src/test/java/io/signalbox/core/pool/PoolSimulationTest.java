package io.signalbox.core.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.job.TaskSpec;
import io.signalbox.core.placement.Placements;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Whole pools under virtual time: events come late and twice, devices die and come back, the engine
 * dies and is rebuilt from its rows, attempts straggle and fail, and the placement policy is a
 * different one for each seed. Whatever happens, each job ends, each task succeeds once, and none
 * starts before its parents are done.
 */
class PoolSimulationTest {
  private static final int SEEDS = Integer.getInteger("signalbox.seeds", 60);
  private static final long FIRST_SEED = Long.getLong("signalbox.seed", 1);

  @Test
  void everyJobEndsWhateverHappens() {
    int copies = 0;
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      try {
        copies += run(seed);
      } catch (RuntimeException | AssertionError failure) {
        throw new AssertionError(
            ("seed %d; replay it with ./mvnw test -pl modules/core -Dtest=PoolSimulationTest"
                    + " -Dsignalbox.seed=%d -Dsignalbox.seeds=1")
                .formatted(seed, seed),
            failure);
      }
    }
    int made = copies;
    assertTrue(SEEDS < 60 || made > SEEDS / 2, () -> "only " + made + " copies were made");
  }

  /** Returns how many copies were made. */
  private static int run(long seed) {
    Random random = new Random(seed);
    List<String> policies = Placements.names();
    SimulatedFleet fleet = new SimulatedFleet(random, policies.get((int) (seed % policies.size())));
    Map<String, Set<String>> parents = new HashMap<>();
    int jobs = 1 + random.nextInt(3);
    for (int j = 0; j < jobs; j++) {
      submit(fleet, "job" + j, random, parents);
    }
    for (int step = 0; step < 10_000 && !fleet.allEnded(jobs); step++) {
      fleet.step();
    }
    assertTrue(fleet.allEnded(jobs), () -> "jobs still live: " + fleet.story.pool.jobs());
    check(fleet.story.events, parents);
    return fleet.copies;
  }

  private static void submit(
      SimulatedFleet fleet, String job, Random random, Map<String, Set<String>> parents) {
    int size = 1 + random.nextInt(30);
    List<TaskSpec> specs = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Set<String> chosen = new HashSet<>();
      for (int p = 0; i > 0 && p < random.nextInt(4); p++) {
        chosen.add("t" + random.nextInt(i));
      }
      TaskSpec spec = TaskSpec.of("t" + i, "op" + i % 3, chosen.toArray(new String[0]));
      parents.put(job + "/" + spec.id(), chosen);
      specs.add(Story.costing(spec, Map.of("a100", 0.1 + random.nextDouble() * 3, "cpu", 2.0)));
    }
    java.util.Collections.shuffle(specs, random);
    int cut = random.nextInt(size);
    if (cut > 0) {
      fleet.story.submit(job, specs.subList(0, cut), false);
    }
    fleet.story.submit(job, specs.subList(cut, size), true);
  }

  static void check(List<JobEvent> events, Map<String, Set<String>> parents) {
    Set<String> done = new HashSet<>();
    for (JobEvent event : events) {
      JobEvent.Attempt attempt = event.task();
      if (attempt == null) {
        continue;
      }
      String task = event.job() + "/" + attempt.task();
      if (event.type() == JobEvent.Type.TASK_STARTED) {
        for (String parent : parents.getOrDefault(task, Set.of())) {
          assertTrue(done.contains(event.job() + "/" + parent), task + " ran before " + parent);
        }
      }
      if (event.type() == JobEvent.Type.TASK_SUCCEEDED) {
        assertTrue(done.add(task), task + " succeeded twice");
      }
    }
    assertEquals(parents.keySet(), done);
  }
}
