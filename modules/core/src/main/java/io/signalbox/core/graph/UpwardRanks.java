package io.signalbox.core.graph;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * The upward rank of every unfinished node: u(i) = w(i) + max over children j of (c(i,j) + u(j)),
 * kept up to date by passing changes from children to parents.
 *
 * <p>A change may be withheld from a parent, if it is small and the parent's rank lies in a higher
 * power of two. Along any path the powers only grow, so at most one change per power is withheld on
 * it, and with ε the share that may be withheld, the errors add up to a geometric series: no rank
 * is off by more than 4·ε of itself. So ε is a quarter of the tolerance.
 *
 * <p>While a large graph grows, each new layer would still change the ranks of a good part of it.
 * So nodes that are new or got new parents have their ranks at once, but what they change in others
 * waits until the graph has grown by a twentieth: that many passes over the graph form a geometric
 * series too. With tolerance 0 nothing waits.
 */
final class UpwardRanks {
  private static final int LARGE = 16_384;
  private static final int GROWTH_SHARE = 20;
  private static final int CREDIT_PER_CALL = 32;

  private final Edges edges;
  private final OrderList order;
  private final Frontier frontier;
  private final WorkList changed;
  private final IntConsumer update = this::update;
  private final double withheldShare;
  private double[] weight = new double[8];
  // The largest c(i,j) + u(j), and the child it comes from: the lowest number among equals.
  private double[] tail = new double[8];
  private int[] criticalChild = new int[8];
  private boolean[] isTailStale = new boolean[8];
  // The rank that parents in higher powers of two were last told.
  private double[] told;
  // New, or with new parents, since everything was settled last.
  private boolean[] isFresh = new boolean[8];
  private int settledNodes;
  private long settledSize;
  private boolean[] isWaiting = new boolean[8];
  private int[] waiting = new int[8];
  private int waitingCount;
  private long credit;

  UpwardRanks(Edges edges, OrderList order, Frontier frontier, double tolerance) {
    this.edges = edges;
    this.order = order;
    this.frontier = frontier;
    changed = new WorkList(order, true);
    withheldShare = tolerance / 4;
    told = tolerance > 0 ? new double[8] : new double[0];
  }

  void add(int node) {
    if (node >= weight.length) {
      int capacity = node + 1 + (node >> 1);
      weight = Arrays.copyOf(weight, capacity);
      tail = Arrays.copyOf(tail, capacity);
      criticalChild = Arrays.copyOf(criticalChild, capacity);
      isTailStale = Arrays.copyOf(isTailStale, capacity);
      isWaiting = Arrays.copyOf(isWaiting, capacity);
      isFresh = Arrays.copyOf(isFresh, capacity);
      told = withheldShare > 0 ? Arrays.copyOf(told, capacity) : told;
    }
    criticalChild[node] = -1;
    isFresh[node] = true;
  }

  void linked(int parent, int child, double transferSeconds) {
    isFresh[child] = true;
    offer(parent, child, transferSeconds + frontier.rank(child));
  }

  double weight(int node) {
    return weight[node];
  }

  void setWeight(int node, double seconds) {
    if (weight[node] != seconds) {
      weight[node] = seconds;
      changed.add(node);
    }
  }

  int criticalChild(int node) {
    return criticalChild[node];
  }

  /** Works changes off; what waits only if the graph has grown enough, or after many calls. */
  void settle() {
    credit = waitingCount == 0 ? 0 : credit + CREDIT_PER_CALL;
    long growth = graphSize() - settledSize;
    if (growth * GROWTH_SHARE + credit > graphSize()) {
      settleAll();
    } else {
      changed.drain(update);
    }
  }

  /** Works changes off, but no more than so many steps of it; returns how many are left. */
  int settle(int mostSteps) {
    return changed.drain(update, mostSteps);
  }

  /** Works everything off. */
  void settleAll() {
    for (int i = 0; i < waitingCount; i++) {
      isWaiting[waiting[i]] = false;
      changed.add(waiting[i]);
    }
    waitingCount = 0;
    credit = 0;
    if (graphSize() > settledSize) {
      settledSize = graphSize();
      settledNodes = order.size();
      Arrays.fill(isFresh, 0, settledNodes, false);
    }
    changed.drain(update);
  }

  private long graphSize() {
    return (long) order.size() + edges.size();
  }

  private void update(int node) {
    if (frontier.isClosed(node)) {
      return;
    }
    if (isTailStale[node]) {
      rescan(node);
    }
    double old = frontier.rank(node);
    double rank = weight[node] + tail[node];
    if (withheldShare > 0 && Math.getExponent(rank) < Math.getExponent(old)) {
      // Children may have withheld a change because this node was in a higher power.
      rescan(node);
      rank = weight[node] + tail[node];
    }
    if (rank != old) {
      frontier.setRank(node, rank);
      tellParents(node, rank);
    }
  }

  private void rescan(int node) {
    isTailStale[node] = false;
    tail[node] = 0;
    criticalChild[node] = -1;
    for (int i = 0; i < edges.childCount(node); i++) {
      int child = edges.child(node, i);
      take(node, child, edges.childTransfer(node, i) + frontier.rank(child));
    }
  }

  private void tellParents(int node, double rank) {
    boolean withhold = false;
    if (withheldShare > 0) {
      withhold = Math.abs(rank - told[node]) <= withheldShare * rank;
      told[node] = withhold ? told[node] : rank;
    }
    for (int i = 0; i < edges.parentCount(node); i++) {
      int parent = edges.parent(node, i);
      boolean isHigher = Math.getExponent(frontier.rank(parent)) > Math.getExponent(rank);
      if (!(withhold && isHigher)) {
        offer(parent, node, edges.parentTransfer(node, i) + rank);
      }
    }
  }

  /** Tells a node that the path through one child now takes so long. */
  private void offer(int node, int child, double seconds) {
    if (frontier.isClosed(node)) {
      return;
    }
    if (!isTailStale[node] && !take(node, child, seconds)) {
      if (criticalChild[node] != child || seconds == tail[node]) {
        return;
      }
      isTailStale[node] = true;
    }
    boolean isGrowth = isFresh[child] && !isFresh[node];
    if (isGrowth && settledNodes >= LARGE && withheldShare > 0) {
      waitForGrowth(node);
    } else {
      changed.add(node);
    }
  }

  private void waitForGrowth(int node) {
    if (isWaiting[node]) {
      return;
    }
    isWaiting[node] = true;
    if (waitingCount == waiting.length) {
      waiting = Arrays.copyOf(waiting, waitingCount * 2);
    }
    waiting[waitingCount++] = node;
  }

  private boolean take(int node, int child, double seconds) {
    boolean isCritical =
        seconds > tail[node]
            || (seconds == tail[node] && (criticalChild[node] < 0 || child < criticalChild[node]));
    if (isCritical) {
      tail[node] = seconds;
      criticalChild[node] = child;
    }
    return isCritical;
  }
}
