package io.signalbox.core.graph;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The DAG of one job, which may grow while it runs: topological order, upward ranks, depths and the
 * critical path of what is left, all kept up to date. Nodes are dense numbers in the order in which
 * they were added; everything lies in primitive arrays, about 100 bytes a node and 25 an edge.
 *
 * <p>Nodes and edges may come in any order. An edge from an older to a newer node is free; a node
 * that was only referred to so far is best added first and given all its edges at once, since a
 * node that has no parents or no children yet moves anywhere at no cost. There is no need to sort
 * what arrives. Times are seconds. Not thread-safe.
 */
public final class TaskGraph {
  private static final double DEFAULT_TOLERANCE = 0.02;

  private final OrderList order = new OrderList();
  private final Edges edges = new Edges();
  private final TopologicalOrder topology = new TopologicalOrder(edges, order);
  private final Depths depths = new Depths(edges, order);
  private final Frontier frontier = new Frontier(edges);
  private final UpwardRanks ranks;

  /** A graph whose ranks may be off by 2 %. */
  public TaskGraph() {
    this(DEFAULT_TOLERANCE);
  }

  /**
   * An empty graph.
   *
   * @param tolerance by what share of itself a rank may be off; 0 means exact, and then ranks and
   *     critical children don't depend on the history
   */
  public TaskGraph(double tolerance) {
    if (!(tolerance >= 0 && tolerance < 1)) {
      throw new IllegalArgumentException("tolerance must be >= 0 and < 1, is " + tolerance);
    }
    ranks = new UpwardRanks(edges, order, frontier, tolerance);
  }

  /** Adds a node of weight 0 without edges and returns its number, which is the old size. */
  public int addNode() {
    int node = order.append();
    edges.ensureNode(node);
    depths.ensureNode(node);
    ranks.add(node);
    frontier.add(node);
    return node;
  }

  /** How many nodes there are. */
  public int size() {
    return order.size();
  }

  /** How many different edges there are. */
  public int edgeCount() {
    return edges.size();
  }

  /** How many nodes aren't finished. */
  public int unfinishedCount() {
    return frontier.unfinished();
  }

  /**
   * Adds an edge. One that is there already is ignored, with its new transfer time.
   *
   * @param transferSeconds time between the parent's finish and the child's start, at least 0
   * @return null, or the cycle the edge would close, as nodes in the order of its edges and the
   *     first not repeated at the end; the graph is unchanged then
   * @throws IllegalStateException when the child is finished: what has run can't wait any more
   */
  public int @Nullable [] addEdge(int parent, int child, double transferSeconds) {
    check(parent);
    check(child);
    // Messages are made when they are needed: weights are set all the time.
    if (!isTime(transferSeconds)) {
      throw noTime("transfer time of the edge " + parent + " -> " + child, transferSeconds);
    }
    if (frontier.isFinished(child)) {
      throw new IllegalStateException("node " + child + " is finished and takes no more parents");
    }
    if (edges.contains(parent, child)) {
      return null;
    }
    int[] cycle = topology.place(parent, child);
    if (cycle == null) {
      edges.add(parent, child, transferSeconds);
      depths.linked(parent, child);
      frontier.linked(parent, child);
      ranks.linked(parent, child, transferSeconds);
    }
    return cycle;
  }

  /** Sets the run time of a node, which counts from the next {@link #updateRanks}. */
  public void setWeight(int node, double seconds) {
    check(node);
    if (!isTime(seconds)) {
      throw noTime("weight of node " + node, seconds);
    }
    if (!frontier.isFinished(node)) {
      ranks.setWeight(node, seconds);
    }
  }

  /** The run time that was set for a node; 0 for one that finished before its parents. */
  public double weight(int node) {
    check(node);
    return ranks.weight(node);
  }

  /**
   * Notes that a node is done: its run time is no part of what remains. Nodes may be finished in
   * any order. Finishing one twice changes nothing.
   */
  public void finish(int node) {
    check(node);
    if (frontier.isFinished(node)) {
      return;
    }
    frontier.finish(node);
    if (!frontier.isClosed(node)) {
      ranks.setWeight(node, 0);
    }
  }

  /** Whether a node is done. */
  public boolean isFinished(int node) {
    check(node);
    return frontier.isFinished(node);
  }

  /**
   * Brings the ranks up to date with the changes since the last call; call it once per batch. In a
   * graph of more than 16,384 nodes and a tolerance above 0, new nodes count in the ranks of old
   * ones only after each growth by a twentieth, or some calls later: a job of a million tasks can
   * then arrive in small records at a cost that doesn't depend on its size.
   */
  public void updateRanks() {
    ranks.settle();
  }

  /**
   * Goes on bringing the ranks up to date with changes of weights, so many steps of it, each about
   * a node. Until it is through, ranks are as they were or on their way; what waits for growth goes
   * on waiting.
   *
   * @return how many steps are left: when some are, it is through
   */
  public int updateRanks(int mostSteps) {
    return ranks.settle(mostSteps);
  }

  /** Brings all ranks up to date, of whatever size the graph is: when a job is sealed, say. */
  public void updateAllRanks() {
    ranks.settleAll();
  }

  /**
   * The longest remaining time from the start of a node to the end of the job, in seconds, as of
   * the last {@link #updateRanks}. That of a node which finished after all its ancestors stays as
   * it was.
   */
  public double upwardRank(int node) {
    check(node);
    return frontier.rank(node);
  }

  /** The child on the longest path from a node, or -1 when it has no children. */
  public int criticalChild(int node) {
    check(node);
    return ranks.criticalChild(node);
  }

  /** The longest number of edges from a source to a node. */
  public int depth(int node) {
    check(node);
    return depths.depth(node);
  }

  /** The largest depth of any node; 0 in an empty graph. */
  public int maxDepth() {
    return depths.largest();
  }

  /** How many parents a node has. */
  public int parentCount(int node) {
    check(node);
    return edges.parentCount(node);
  }

  /** Parent i of a node, in the order in which the edges were added. */
  public int parent(int node, int i) {
    Objects.checkIndex(i, parentCount(node));
    return edges.parent(node, i);
  }

  /** Transfer time of the edge from {@code parent(node, i)}. */
  public double parentTransferSeconds(int node, int i) {
    Objects.checkIndex(i, parentCount(node));
    return edges.parentTransfer(node, i);
  }

  /** How many children a node has. */
  public int childCount(int node) {
    check(node);
    return edges.childCount(node);
  }

  /** Child i of a node, in the order in which the edges were added. */
  public int child(int node, int i) {
    Objects.checkIndex(i, childCount(node));
    return edges.child(node, i);
  }

  /** Transfer time of the edge to {@code child(node, i)}. */
  public double transferSeconds(int node, int i) {
    Objects.checkIndex(i, childCount(node));
    return edges.childTransfer(node, i);
  }

  /**
   * The largest upward rank of any unfinished node: what the job still takes at least, as of the
   * last {@link #updateRanks}; 0 when everything is finished. Takes constant time.
   */
  public double remainingSeconds() {
    int top = frontier.top();
    return top < 0 ? 0 : frontier.rank(top);
  }

  /** The unfinished nodes on the longest remaining path, as of the last {@link #updateRanks}. */
  public int[] criticalPath() {
    int[] path = new int[16];
    int length = 0;
    for (int node = frontier.top(); node >= 0; node = ranks.criticalChild(node)) {
      if (frontier.isFinished(node)) {
        continue;
      }
      if (length == path.length) {
        path = Arrays.copyOf(path, length * 2);
      }
      path[length++] = node;
    }
    return Arrays.copyOf(path, length);
  }

  /** All nodes, each behind its parents. */
  public int[] topologicalOrder() {
    int[] nodes = new int[size()];
    int at = 0;
    for (int node = order.first(); node >= 0; node = order.next(node)) {
      nodes[at++] = node;
    }
    return nodes;
  }

  private void check(int node) {
    Objects.checkIndex(node, size());
  }

  private static boolean isTime(double seconds) {
    return seconds >= 0 && seconds < Double.POSITIVE_INFINITY;
  }

  private static IllegalArgumentException noTime(String what, double seconds) {
    return new IllegalArgumentException(what + " must be >= 0 and finite, is " + seconds);
  }
}
