package io.signalbox.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.core.bound.LowerBound;
import io.signalbox.core.plan.StaticProblem;
import io.signalbox.core.plan.StaticRanks;
import io.signalbox.core.plan.StaticSchedule;
import io.signalbox.core.plan.StaticScheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The static schedulers against published figures. */
class GoldenPlanTest {
  private static final double ROUNDED = 1e-4;

  @Test
  void textbookExamplesComeOutToTheNumber() throws IOException {
    for (JsonNode example : read("textbook.json")) {
      StaticProblem problem = textbook(example);
      String name = example.get("name").asText();
      same(example.get("rank_u"), StaticRanks.upward(problem), name + " rank_u");
      same(example.get("rank_d"), StaticRanks.downward(problem), name + " rank_d");
      double[][] costs = StaticRanks.optimisticCosts(problem);
      example
          .get("oct")
          .properties()
          .forEach(row -> {
            double[] expected = doubles(row.getValue());
            double[] actual = costs[Integer.parseInt(row.getKey()) - 1];
            assertEquals(Arrays.toString(expected), Arrays.toString(actual), name + " oct");
          });
      same(example.get("rank_oct"), StaticRanks.optimisticRanks(costs), name + " rank_oct");
      same(example.get("heft"), StaticScheduler.HEFT.schedule(problem), name + " HEFT");
      same(example.get("cpop"), StaticScheduler.CPOP.schedule(problem), name + " CPOP");
      same(example.get("peft"), StaticScheduler.PEFT.schedule(problem), name + " PEFT");
      int[] slots = new int[problem.processorCount()];
      Arrays.fill(slots, 1);
      LowerBound bound = LowerBound.of(problem.seconds(), slots, problem.parents());
      double leastPath = example.get("lower_bounds").get("cp_min_class").asDouble();
      assertEquals(leastPath, bound.criticalPathSeconds(), name);
    }
  }

  @Test
  void tiledCholeskyComesWithinThreePercentOfThePublishedMakespans() throws IOException {
    JsonNode golden = read("cholesky_nb1024_skylake_v100.json");
    golden
        .get("published")
        .get("7cpu+1gpu")
        .properties()
        .forEach(entry -> {
          int tiles = Integer.parseInt(entry.getKey());
          if (tiles > 40) {
            return;
          }
          StaticProblem problem = cholesky(golden, tiles);
          JsonNode published = entry.getValue();
          near(published.get("HEFT"), StaticScheduler.HEFT.schedule(problem), tiles);
          near(published.get("PEFT"), StaticScheduler.PEFT.schedule(problem), tiles);
        });
  }

  private static void near(JsonNode published, StaticSchedule schedule, int tiles) {
    double expected = published.asDouble();
    assertEquals(expected, schedule.makespanSeconds(), 0.03 * expected, tiles + " tiles");
  }

  private static void same(JsonNode expected, double[] actual, String what) {
    assertEquals(expected.size(), actual.length, what);
    expected
        .properties()
        .forEach(entry -> {
          int task = Integer.parseInt(entry.getKey()) - 1;
          assertEquals(
              entry.getValue().asDouble(), actual[task], ROUNDED, what + " of " + (task + 1));
        });
  }

  private static void same(JsonNode expected, StaticSchedule actual, String what) {
    expected
        .get("schedule")
        .properties()
        .forEach(entry -> {
          int task = Integer.parseInt(entry.getKey()) - 1;
          String place = what + ", task " + (task + 1);
          assertEquals(entry.getValue().get("proc").asInt(), actual.processors()[task] + 1, place);
          assertEquals(entry.getValue().get("start").asDouble(), actual.starts()[task], place);
          assertEquals(entry.getValue().get("finish").asDouble(), actual.finishes()[task], place);
        });
    assertEquals(expected.get("makespan").asDouble(), actual.makespanSeconds(), what);
  }

  private static StaticProblem textbook(JsonNode example) {
    int tasks = example.get("cost").size();
    double[][] seconds = new double[tasks][];
    for (int task = 0; task < tasks; task++) {
      seconds[task] = doubles(example.get("cost").get(String.valueOf(task + 1)));
    }
    Edges edges = new Edges(tasks);
    for (JsonNode edge : example.get("edges")) {
      edges.add(edge.get(0).asInt() - 1, edge.get(1).asInt() - 1, edge.get(2).asDouble());
    }
    int[] memories = new int[example.get("processors").asInt()];
    Arrays.setAll(memories, processor -> processor);
    return new StaticProblem(seconds, edges.parents(), edges.transfers(), memories);
  }

  /** Seven CPU cores with one memory, and a GPU with its own. */
  private static StaticProblem cholesky(JsonNode golden, int tiles) {
    List<String> kinds = new ArrayList<>();
    List<int[]> pairs = new ArrayList<>();
    int[][] lastWriter = new int[tiles][tiles];
    for (int[] row : lastWriter) {
      Arrays.fill(row, -1);
    }
    for (int k = 0; k < tiles; k++) {
      write(kinds, pairs, lastWriter, "POTRF", k, k);
      for (int i = k + 1; i < tiles; i++) {
        write(kinds, pairs, lastWriter, "TRSM", i, k, lastWriter[k][k]);
      }
      for (int i = k + 1; i < tiles; i++) {
        write(kinds, pairs, lastWriter, "SYRK", i, i, lastWriter[i][k]);
        for (int j = k + 1; j < i; j++) {
          write(kinds, pairs, lastWriter, "GEMM", i, j, lastWriter[i][k], lastWriter[j][k]);
        }
      }
    }
    assertEquals(golden.get("tasks_by_tiles").get(String.valueOf(tiles)).asInt(), kinds.size());
    assertEquals(golden.get("edges_by_tiles").get(String.valueOf(tiles)).asInt(), pairs.size());
    double[][] seconds = new double[kinds.size()][8];
    Edges edges = new Edges(kinds.size());
    for (int task = 0; task < seconds.length; task++) {
      Arrays.fill(seconds[task], golden.get("cpu_core").get(kinds.get(task)).asDouble());
      seconds[task][7] = golden.get("gpu").get(kinds.get(task)).asDouble();
    }
    for (int[] pair : pairs) {
      double transfer = golden.get("comm_by_child_type").get(kinds.get(pair[1])).asDouble();
      edges.add(pair[0], pair[1], transfer);
    }
    int[] memories = {0, 0, 0, 0, 0, 0, 0, 1};
    return new StaticProblem(seconds, edges.parents(), edges.transfers(), memories);
  }

  private static void write(
      List<String> kinds,
      List<int[]> pairs,
      int[][] lastWriter,
      String kind,
      int row,
      int column,
      int... reads) {
    int task = kinds.size();
    kinds.add(kind);
    for (int writer : reads) {
      pairs.add(new int[] {writer, task});
    }
    if (lastWriter[row][column] >= 0) {
      pairs.add(new int[] {lastWriter[row][column], task});
    }
    lastWriter[row][column] = task;
  }

  private static double[] doubles(JsonNode array) {
    double[] values = new double[array.size()];
    Arrays.setAll(values, i -> array.get(i).asDouble());
    return values;
  }

  private static JsonNode read(String file) throws IOException {
    Path path = Path.of(System.getProperty("signalbox.root"), "../shared/data/golden", file);
    Assumptions.assumeTrue(Files.exists(path), "needs the reference data in " + path.normalize());
    JsonNode node = new ObjectMapper().readTree(path.toFile());
    assertTrue(node.size() > 0, file);
    return node;
  }

  /** Parents and transfer times, gathered edge by edge. */
  private static final class Edges {
    private final Map<Integer, List<Integer>> parents = new HashMap<>();
    private final Map<Integer, List<Double>> transfers = new HashMap<>();
    private final int tasks;

    Edges(int tasks) {
      this.tasks = tasks;
    }

    void add(int parent, int child, double transfer) {
      parents.computeIfAbsent(child, key -> new ArrayList<>()).add(parent);
      transfers.computeIfAbsent(child, key -> new ArrayList<>()).add(transfer);
    }

    int[][] parents() {
      int[][] rows = new int[tasks][];
      Arrays.setAll(
          rows,
          task ->
              parents.getOrDefault(task, List.of()).stream().mapToInt(Integer::intValue).toArray());
      return rows;
    }

    double[][] transfers() {
      double[][] rows = new double[tasks][];
      Arrays.setAll(
          rows,
          task ->
              transfers.getOrDefault(task, List.of()).stream()
                  .mapToDouble(Double::doubleValue)
                  .toArray());
      return rows;
    }
  }
}
