package io.signalbox.core.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

class TaskGraphPropertyTest {
  private static final int HISTORIES = 1_000;
  // Set signalbox.seed to replay the one history whose seed a failure names.
  private static final Integer REPLAY = Integer.getInteger("signalbox.seed");

  @Test
  void incrementalRanksAreTheRecomputedOnes() {
    forEachSeed(seed -> new History(seed, 0).run());
  }

  @Test
  void ranksStayWithinTheToleranceOfTheRecomputedOnes() {
    forEachSeed(seed -> new History(seed, 0.02).run());
    forEachSeed(seed -> new History(seed, 0.3).run());
  }

  @Test
  void ranksBroughtUpToDateInPartsAreTheRecomputedOnes() {
    forEachSeed(seed -> new History(seed, 0).runInParts());
    forEachSeed(seed -> new History(seed, 0.02).runInParts());
  }

  private static void forEachSeed(IntConsumer run) {
    int from = REPLAY == null ? 0 : REPLAY;
    int to = REPLAY == null ? HISTORIES : from + 1;
    for (int seed = from; seed < to; seed++) {
      run.accept(seed);
    }
  }

  /** A graph that grows, changes and finishes by chance, checked against a plain one. */
  private static final class History {
    private static final int NODES = 40;
    private final int seed;
    private final double tolerance;
    private final SplittableRandom random;
    private final TaskGraph graph;
    private final double[][] transfer = new double[NODES][NODES];
    private final double[] weight = new double[NODES];
    private final boolean[] finished = new boolean[NODES];
    private int size;

    History(int seed, double tolerance) {
      this.seed = seed;
      this.tolerance = tolerance;
      random = new SplittableRandom(seed);
      graph = new TaskGraph(tolerance);
      for (double[] row : transfer) {
        Arrays.fill(row, -1);
      }
    }

    void run() {
      for (int step = 0; step < 50; step++) {
        int changes = 1 + random.nextInt(6);
        for (int i = 0; i < changes; i++) {
          change();
        }
        graph.updateRanks();
        check();
      }
    }

    void runInParts() {
      for (int step = 0; step < 50; step++) {
        int changes = 1 + random.nextInt(12);
        for (int i = 0; i < changes; i++) {
          change();
          graph.updateRanks(random.nextInt(4));
        }
        int left = 0;
        while (left == 0) {
          left = graph.updateRanks(1 + random.nextInt(9));
        }
        graph.updateRanks();
        check();
      }
    }

    private void change() {
      int kind = random.nextInt(10);
      if (size < 2 || (kind < 2 && size < NODES)) {
        assertEquals(size++, graph.addNode());
      } else if (kind < 6) {
        addEdge(random.nextInt(size), random.nextInt(size));
      } else if (kind < 9) {
        int node = random.nextInt(size);
        double seconds = random.nextInt(4) == 0 ? random.nextInt(5) : random.nextDouble(10);
        if (!finished[node]) {
          weight[node] = seconds;
        }
        graph.setWeight(node, seconds);
      } else if (random.nextInt(3) == 0) {
        finish(random.nextInt(size));
      }
    }

    private void addEdge(int parent, int child) {
      if (finished[child]) {
        return;
      }
      double seconds = random.nextBoolean() ? 0 : random.nextDouble(3);
      boolean closesCycle = reaches(child, parent);
      int[] cycle = graph.addEdge(parent, child, seconds);
      if (transfer[parent][child] >= 0) {
        return;
      }
      assertEquals(closesCycle, cycle != null, this::toString);
      if (cycle == null) {
        transfer[parent][child] = seconds;
        return;
      }
      assertEquals(child, cycle[0], this::toString);
      assertEquals(parent, cycle[cycle.length - 1], this::toString);
      for (int i = 0; i + 1 < cycle.length; i++) {
        assertTrue(transfer[cycle[i]][cycle[i + 1]] >= 0, this::toString);
      }
    }

    private void finish(int node) {
      finished[node] = true;
      graph.finish(node);
    }

    private boolean reaches(int from, int to) {
      return reaches(from, to, new boolean[size]);
    }

    private boolean reaches(int from, int to, boolean[] seen) {
      if (from == to) {
        return true;
      }
      seen[from] = true;
      for (int child = 0; child < size; child++) {
        if (transfer[from][child] >= 0 && !seen[child] && reaches(child, to, seen)) {
          return true;
        }
      }
      return false;
    }

    private void check() {
      int[] order = graph.topologicalOrder();
      int[] place = new int[size];
      for (int i = 0; i < size; i++) {
        place[order[i]] = i;
      }
      double[] rank = new double[size];
      int[] critical = new int[size];
      for (int i = size - 1; i >= 0; i--) {
        rank[order[i]] = recompute(order[i], rank, place, critical);
      }
      int[] depth = new int[size];
      for (int node : order) {
        for (int child = 0; child < size; child++) {
          if (transfer[node][child] >= 0) {
            depth[child] = Math.max(depth[child], depth[node] + 1);
          }
        }
      }
      compare(rank, critical, depth);
    }

    private double recompute(int node, double[] rank, int[] place, int[] critical) {
      double tail = 0;
      critical[node] = -1;
      for (int child = 0; child < size; child++) {
        if (transfer[node][child] < 0) {
          continue;
        }
        assertTrue(place[node] < place[child], this::toString);
        double seconds = transfer[node][child] + rank[child];
        if (seconds > tail || critical[node] < 0) {
          tail = seconds;
          critical[node] = child;
        }
      }
      return (finished[node] ? 0 : weight[node]) + tail;
    }

    private void compare(double[] rank, int[] critical, int[] depth) {
      double remaining = 0;
      for (int node = 0; node < size; node++) {
        assertEquals(depth[node], graph.depth(node), this::toString);
        assertEquals(finished[node], graph.isFinished(node), this::toString);
        if (!finished[node]) {
          remaining = Math.max(remaining, rank[node]);
          assertEquals(rank[node], graph.upwardRank(node), tolerance * rank[node], this::toString);
          if (tolerance == 0) {
            assertEquals(critical[node], graph.criticalChild(node), this::toString);
          }
        }
      }
      assertEquals(remaining, graph.remainingSeconds(), tolerance * remaining, this::toString);
    }

    @Override
    public String toString() {
      return "history "
          + seed
          + ", tolerance "
          + tolerance
          + "; replay with -Dsignalbox.seed="
          + seed;
    }
  }

  @Test
  void aMillionNodesAreTaken() {
    isLayered(layered(1_000_000, 1_000, false), 1_000);
    isLayered(layered(250_000, 250, true), 1_000);
  }

  private static void isLayered(TaskGraph graph, int layers) {
    graph.updateAllRanks();
    assertEquals(layers - 1, graph.maxDepth());
    assertEquals(layers, graph.criticalPath().length);
    assertEquals(layers, graph.remainingSeconds(), 0.02 * layers);
  }

  @Test
  void aLargeGraphThatGrowsEndsWithTheRanksOfOneBuiltAtOnce() {
    TaskGraph graph = layered(60_000, 100, false);
    graph.updateAllRanks();
    for (int node = 0; node < graph.size(); node++) {
      double exact = 600 - graph.depth(node);
      assertEquals(exact, graph.upwardRank(node), 0.02 * exact, "node " + node);
    }
  }

  @Test
  void aChainThatComesInAnyOrderIsInOrderAtTheEnd() {
    int length = 100_000;
    int[] arrival = new int[length];
    Arrays.setAll(arrival, i -> i);
    shuffle(arrival, new Random(7));
    TaskGraph graph = new TaskGraph();
    for (int i = 0; i < length; i++) {
      graph.addNode();
    }
    for (int node : arrival) {
      graph.setWeight(node, 1);
      if (node > 0) {
        graph.addEdge(node - 1, node, 0);
      }
    }
    int[] straight = new int[length];
    Arrays.setAll(straight, i -> i);
    assertArrayEquals(straight, graph.topologicalOrder());
    graph.updateAllRanks();
    assertEquals(length, graph.remainingSeconds(), 0.02 * length);
  }

  private static void shuffle(int[] values, Random random) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int value = values[i];
      values[i] = values[j];
      values[j] = value;
    }
  }

  /** Each node waits for its own column and two others in the layer before; all weights are 1. */
  private static TaskGraph layered(int nodes, int width, boolean reverse) {
    TaskGraph graph = new TaskGraph();
    for (int i = 0; i < nodes; i++) {
      graph.addNode();
      if (!reverse) {
        describe(graph, i, i, width);
      }
    }
    for (int i = nodes - 1; reverse && i >= 0; i--) {
      describe(graph, i, nodes - 1 - i, width);
    }
    return graph;
  }

  private static void describe(TaskGraph graph, int node, int count, int width) {
    graph.setWeight(node, 1);
    int column = node % width;
    int above = node - column - width;
    for (int i = 0; above >= 0 && i < 3; i++) {
      graph.addEdge(above + (column + i * 7) % width, node, 0);
    }
    if (count % 1_000 == 0) {
      graph.updateRanks();
    }
  }
}
