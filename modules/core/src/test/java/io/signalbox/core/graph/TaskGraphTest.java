package io.signalbox.core.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TaskGraphTest {
  private final TaskGraph graph = new TaskGraph(0);

  @Test
  void rankIsTheLongestPathToTheEndWithTransfers() {
    nodes(1, 2, 3, 4);
    edge(0, 1, 10);
    edge(0, 2, 0);
    edge(1, 3, 0);
    edge(2, 3, 5);
    graph.updateRanks();
    assertEquals(4, graph.upwardRank(3));
    assertEquals(12, graph.upwardRank(2));
    assertEquals(6, graph.upwardRank(1));
    assertEquals(17, graph.upwardRank(0));
    assertEquals(1, graph.criticalChild(0));
    assertArrayEquals(new int[] {0, 1, 3}, graph.criticalPath());
    assertEquals(2, graph.depth(3));
    assertEquals(2, graph.maxDepth());
  }

  @Test
  void whatIsFinishedIsNoPartOfWhatRemains() {
    nodes(5, 1, 8);
    edge(0, 1, 0);
    graph.updateRanks();
    assertEquals(8, graph.remainingSeconds());
    graph.finish(2);
    assertEquals(6, graph.remainingSeconds());
    graph.finish(0);
    assertEquals(1, graph.remainingSeconds());
    assertArrayEquals(new int[] {1}, graph.criticalPath());
    graph.finish(1);
    graph.finish(1);
    assertEquals(0, graph.remainingSeconds());
    assertEquals(0, graph.unfinishedCount());
    assertArrayEquals(new int[0], graph.criticalPath());
  }

  @Test
  void aNodeFinishedBeforeItsParentsIsSteppedOver() {
    nodes(1, 2, 4);
    edge(0, 1, 0);
    edge(1, 2, 0);
    graph.finish(1);
    graph.updateRanks();
    assertEquals(5, graph.upwardRank(0));
    assertArrayEquals(new int[] {0, 2}, graph.criticalPath());
    graph.finish(0);
    assertEquals(4, graph.remainingSeconds());
  }

  @Test
  void aWeightThatShrinksMovesTheCriticalPath() {
    nodes(1, 9, 5);
    edge(0, 1, 0);
    edge(0, 2, 0);
    graph.updateRanks();
    assertEquals(1, graph.criticalChild(0));
    graph.setWeight(1, 2);
    graph.updateRanks();
    assertEquals(2, graph.criticalChild(0));
    assertEquals(6, graph.upwardRank(0));
  }

  @Test
  void theCycleIsNamedInTheOrderOfItsEdgesAndTheGraphStaysAsItWas() {
    nodes(1, 1, 1, 1, 1);
    edge(0, 1, 0);
    edge(1, 2, 0);
    edge(2, 3, 0);
    edge(4, 2, 0);
    int[] cycle = graph.addEdge(3, 1, 0);
    assertNotNull(cycle);
    assertArrayEquals(new int[] {1, 2, 3}, cycle);
    assertEquals(4, graph.edgeCount());
    assertArrayEquals(new int[] {2}, graph.addEdge(2, 2, 0));
    assertNull(graph.addEdge(0, 3, 0));
  }

  @Test
  void anEdgeThatIsThereAlreadyIsIgnored() {
    nodes(1, 1);
    edge(0, 1, 3);
    edge(0, 1, 7);
    graph.updateRanks();
    assertEquals(1, graph.edgeCount());
    assertEquals(3, graph.transferSeconds(0, 0));
    assertEquals(3, graph.parentTransferSeconds(1, 0));
    assertEquals(5, graph.upwardRank(0));
  }

  @Test
  void badInputIsRefusedByName() {
    nodes(1, 1);
    var transfer =
        assertThrows(IllegalArgumentException.class, () -> graph.addEdge(0, 1, Double.NaN));
    assertEquals(
        "transfer time of the edge 0 -> 1 must be >= 0 and finite, is NaN", transfer.getMessage());
    assertThrows(IllegalArgumentException.class, () -> graph.setWeight(1, -1));
    assertThrows(IndexOutOfBoundsException.class, () -> graph.setWeight(2, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> graph.child(0, 0));
    graph.finish(1);
    assertThrows(IllegalStateException.class, () -> graph.addEdge(0, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> new TaskGraph(1));
  }

  @Test
  void slackAndBottleneckComeFromTheLongestPaths() {
    // 0 and 1 join in 2, which fans out to 3, 4 and 5; 6 stands alone.
    nodes(3, 1, 2, 4, 1, 1, 1);
    edge(0, 2, 0);
    edge(1, 2, 0);
    edge(2, 3, 0);
    edge(2, 4, 0);
    edge(2, 5, 0);
    graph.updateRanks();
    PathAnalysis paths = PathAnalysis.of(graph);
    assertEquals(3, paths.downwardRank(2));
    assertEquals(0, paths.slackSeconds(2, graph.remainingSeconds()));
    assertEquals(2, paths.slackSeconds(1, graph.remainingSeconds()));
    assertEquals(3, paths.slackSeconds(4, graph.remainingSeconds()));
    assertEquals(8, paths.slackSeconds(6, graph.remainingSeconds()));
    assertEquals(3 * 4, paths.pairsThrough(2));
    assertEquals(2, paths.bottlenecks(1)[0]);
    graph.finish(0);
    graph.finish(1);
    graph.finish(2);
    assertEquals(4, PathAnalysis.of(graph).bottlenecks(10).length);
  }

  private void nodes(double... weights) {
    for (double weight : weights) {
      graph.setWeight(graph.addNode(), weight);
    }
  }

  private void edge(int parent, int child, double transfer) {
    assertNull(graph.addEdge(parent, child, transfer));
  }
}
