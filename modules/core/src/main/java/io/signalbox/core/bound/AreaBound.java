package io.signalbox.core.bound;

import java.util.Arrays;

/**
 * The area bound by its dual: for any price λ(k) ≥ 0 of a second of class k with Σ m(k)·λ(k) = 1,
 * the tasks cost Σ min over k of λ(k)·p(i,k) at least, and a schedule of length C can pay C. The
 * best prices are looked for by exponentiated subgradient steps; every step's value is a bound.
 */
final class AreaBound {
  private final double[][] seconds;
  private final int[] slots;
  private final double[] share;
  private final double[] used;
  private double[] bestShare;
  private double best = -1;

  /** Starts where every class has the same share of the price. */
  AreaBound(double[][] seconds, int[] slots) {
    this.seconds = seconds;
    this.slots = slots;
    share = new double[slots.length];
    used = new double[slots.length];
    long classes = Arrays.stream(slots).filter(count -> count > 0).count();
    Arrays.setAll(share, k -> slots[k] > 0 ? 1.0 / classes : 0);
    bestShare = share.clone();
  }

  /** Starts from the best prices that another one found. */
  AreaBound(double[][] seconds, int[] slots, AreaBound from) {
    this(seconds, slots);
    System.arraycopy(from.bestShare, 0, share, 0, share.length);
  }

  /**
   * Improves the bound by so many steps over the tasks in {@code members}, and returns it. Steps
   * shrink geometrically, by e^-9 in all: a bound of piecewise linear parts has its top at a kink,
   * which longer steps (1 / √step, say) jump to and fro across, 1 % below it.
   */
  double improve(int[] members, int steps) {
    for (int step = 0; step < steps; step++) {
      double value = evaluate(members);
      if (value > best) {
        best = value;
        bestShare = share.clone();
      }
      move(Math.exp(-9.0 * step / steps));
    }
    return best;
  }

  /** The best prices found, per second of one slot; 0 for a class without slots. */
  double[] prices() {
    double[] prices = new double[slots.length];
    Arrays.setAll(prices, k -> slots[k] > 0 ? bestShare[k] / slots[k] : 0);
    return prices;
  }

  /** The bound at the present prices; leaves each class's load per slot in {@code used}. */
  private double evaluate(int[] members) {
    Arrays.fill(used, 0);
    double sum = 0;
    for (int task : members) {
      double[] row = seconds[task];
      int cheapest = -1;
      double least = Double.POSITIVE_INFINITY;
      for (int k = 0; k < slots.length; k++) {
        if (slots[k] > 0 && row[k] < Double.POSITIVE_INFINITY) {
          double cost = share[k] / slots[k] * row[k];
          if (cost < least) {
            least = cost;
            cheapest = k;
          }
        }
      }
      sum += least;
      used[cheapest] += row[cheapest] / slots[cheapest];
    }
    return sum;
  }

  /** Makes classes dearer in proportion to the load they get. */
  private void move(double rate) {
    double most = Arrays.stream(used).max().orElse(0);
    if (most == 0) {
      return;
    }
    double sum = 0;
    for (int k = 0; k < share.length; k++) {
      // A price never falls to 0, from which it couldn't rise again.
      share[k] = slots[k] > 0 ? Math.max(1e-12, share[k] * Math.exp(rate * used[k] / most)) : 0;
      sum += share[k];
    }
    for (int k = 0; k < share.length; k++) {
      share[k] /= sum;
    }
  }
}
