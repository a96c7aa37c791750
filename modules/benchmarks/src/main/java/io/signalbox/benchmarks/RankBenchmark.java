package io.signalbox.benchmarks;

import io.signalbox.core.graph.TaskGraph;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a completion costs in the ranks of a large graph: layers of a thousand nodes, each node with
 * three parents in the layers before it, completed in topological order; once with nothing else
 * changing and once with the run time of a node that still waits turning out different each time.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 3,
    jvmArgs = {"-Xmx2g", "-XX:+UseParallelGC"})
public class RankBenchmark {
  private static final int STEPS = 1_000;
  private static final int LAYER = 1_000;
  private static final int PARENTS = 3;

  @Param("1000000")
  int nodes;

  private TaskGraph graph = new TaskGraph();
  private SplittableRandom random = new SplittableRandom(1);
  private int next;

  /** Builds the graph. */
  @Setup
  public void build() {
    graph = new TaskGraph();
    random = new SplittableRandom(1);
    next = 0;
    for (int node = 0; node < nodes; node++) {
      graph.addNode();
      int layerStart = node - node % LAYER;
      for (int i = 0; i < PARENTS && layerStart > 0; i++) {
        int back = 1 + random.nextInt(Math.min(layerStart, 3 * LAYER));
        graph.addEdge(layerStart - back, node, 0);
      }
      graph.setWeight(node, 1 + 9 * random.nextDouble());
    }
    graph.updateAllRanks();
  }

  /** A graph that is nearly done is built anew; that isn't measured. */
  @Setup(Level.Invocation)
  public void rebuildWhenDone() {
    if (graph.unfinishedCount() < nodes / 2) {
      build();
    }
  }

  /** A task completes and the ranks are brought up to date. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public double completion() {
    for (int i = 0; i < STEPS; i++) {
      graph.finish(next++);
      graph.updateRanks();
    }
    return graph.remainingSeconds();
  }

  /** A task completes, and the run time of one that waits is now expected to be another. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public double completionAndEstimate() {
    for (int i = 0; i < STEPS; i++) {
      graph.finish(next++);
      int waiting = next + random.nextInt(nodes - next);
      graph.setWeight(waiting, graph.weight(waiting) * (0.7 + 0.6 * random.nextDouble()));
      graph.updateRanks();
    }
    return graph.remainingSeconds();
  }
}
