package io.signalbox.core.priority;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.job.Job;
import io.signalbox.core.job.JobHeader;
import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The formulas of the three models, number by number. */
class PriorityModelsTest {
  private static final double NOW = 1_000;
  private static final long GIGABYTES_8 = 8_000_000_000L;

  /** The largest rank is 20 s, devices have 16 GB, a quarter is busy. */
  private static final PoolFacts FACTS =
      new PoolFacts() {
        @Override
        public double largestRank() {
          return 20;
        }

        @Override
        public double mostMemoryBytes() {
          return 16e9;
        }

        @Override
        public double usage() {
          return 0.25;
        }

        @Override
        public double variation(Task task) {
          return 0.5;
        }

        @Override
        public double failureProbability(Task task) {
          return 0.1;
        }
      };

  /** A chain a → b → c of 2, 3 and 5 seconds. */
  private static Job chain(@Nullable Double deadline) {
    Job job = new Job("job", new JobHeader("t", deadline, Map.of(), null), NOW);
    double[] seconds = {2, 3, 5};
    String[] names = {"a", "b", "c"};
    for (int i = 0; i < 3; i++) {
      Task task = job.define(task(names[i], GIGABYTES_8));
      job.graph().setWeight(task.node(), seconds[i]);
      if (i > 0) {
        job.graph().addEdge(i - 1, i, 0);
      }
    }
    job.graph().updateRanks();
    return job;
  }

  private static TaskSpec task(String id, long memoryBytes) {
    return new TaskSpec(id, "op", "", List.of(), 1, Map.of(), List.of(), memoryBytes, null, 0, 0);
  }

  private static double of(PriorityModel model, Job job, String name) {
    Task task = job.task(name);
    return model.of(task, job.graph().upwardRank(task.node()), FACTS, NOW);
  }

  private static PriorityModel rank(PriorityWeights weights) {
    return PriorityModels.of(new PrioritySettings("rank", weights, 100));
  }

  private static PriorityModel named(String name) {
    return PriorityModels.of(new PrioritySettings(name, PriorityWeights.DEFAULT, 100));
  }

  @Test
  void rankModelAddsUpItsTerms() {
    PriorityModel model = rank(PriorityWeights.DEFAULT);
    // Rank 8 of 20, depth 1 of 2, half the memory, and 8 s of 10 s hang on it.
    double expected = 8 / 20.0 + 0.05 * 0.5 + 0.1 * 0.5 + 0.05 * 0.1 * 0.8;
    assertEquals(expected, of(model, chain(null), "b"), 1e-12);
  }

  @Test
  void rankModelWeighsTheLaxityOfADeadline() {
    PriorityModel model = rank(new PriorityWeights(0, 2, 0, 0, 0, 0));
    // Laxity (28 − 1.5 · 8) / 8 = 2.
    assertEquals(2 * Math.exp(-2), of(model, chain(NOW + 28), "b"), 1e-12);
    assertEquals(2, of(model, chain(NOW + 12), "b"), 1e-12);
    assertEquals(2, of(model, chain(NOW - 1_000), "b"), 1e-12, "a missed one weighs as much");
    assertEquals(0, of(model, chain(null), "b"));
  }

  @Test
  void jobOfOneLevelHasNoDepthAndNothingDividesByIt() {
    Job job = new Job("job", null, NOW);
    job.define(task("only", 0));
    job.graph().updateRanks();
    assertEquals(0, of(rank(PriorityWeights.DEFAULT), job, "only"));
  }

  @Test
  void rankModelAgesAsItsWeightSays() {
    assertEquals(0.5 / 100, rank(PriorityWeights.DEFAULT).perSecondOfWait(), 1e-15);
    assertEquals(0, named("weighted").perSecondOfWait());
    assertEquals(0, named("deadline-depth-size").perSecondOfWait());
  }

  @Test
  void deadlineDepthSizeIsItsFormula() {
    PriorityModel model = named("deadline-depth-size");
    assertEquals(100 / (3 + 1.0) + 2 - 0.1 * 8, of(model, chain(NOW + 3 * 3_600), "c"), 1e-9);
    assertEquals(100 + 0 - 0.8, of(model, chain(NOW - 5), "a"), 1e-9);
    assertEquals(1 - 0.8, of(model, chain(null), "b"), 1e-9);
  }

  @Test
  void weightedIsItsFormula() {
    PriorityModel model = named("weighted");
    assertEquals(0.4 / 10 + 0.3 * 0.75 + 0.3 * 0.1, of(model, chain(null), "a"), 1e-12);
    assertEquals(0.3 * 0.75 + 0.3 * 0.1 * 0.5, of(model, chain(null), "c"), 1e-12);
  }

  @Test
  void weightedCountsTenDependentsAtMost() {
    Job job = new Job("job", null, NOW);
    job.define(task("root", 0));
    job.graph().setWeight(0, 1);
    for (int i = 1; i <= 25; i++) {
      job.define(task("leaf" + i, 0));
      job.graph().addEdge(0, i, 0);
    }
    job.graph().updateRanks();
    assertEquals(0.4 + 0.3 * 0.75 + 0.3 * 0.1, of(named("weighted"), job, "root"), 1e-12);
  }

  @Test
  void settingsAreCheckedAndModelsNamed() {
    assertEquals(List.of("rank", "deadline-depth-size", "weighted"), PriorityModels.names());
    PriorityModels.names().forEach(name -> assertEquals(name, named(name).name()));
    assertEquals(1_200, PrioritySettings.DEFAULT.starvationSeconds());
    IllegalArgumentException unknown =
        assertThrows(IllegalArgumentException.class, () -> named("lottery"));
    assertTrue(unknown.getMessage().contains("there are rank,"), unknown.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> new PrioritySettings("rank", PriorityWeights.DEFAULT, 0));
    assertThrows(
        IllegalArgumentException.class, () -> new PriorityWeights(1, 1, 1, 1, Double.NaN, 1));
  }
}
