package io.signalbox.core.fairness;

import java.util.Map;

/**
 * How a pool is shared between tenants.
 *
 * @param windowTasks how far a tenant may be ahead of the one that has had least, in mean task
 *     costs: inside this window the most urgent task of any tenant goes first. At least 0; a large
 *     one makes tenants indifferent
 * @param weights share of each tenant relative to the others, greater than 0; tenants that aren't
 *     named have 1
 * @param quotas how much each tenant may bring in
 */
public record FairnessSettings(double windowTasks, Map<String, Double> weights, Quotas quotas) {
  /** The defaults: all tenants alike. */
  public static final FairnessSettings DEFAULT = new FairnessSettings(3, Map.of());

  public FairnessSettings {
    weights = Map.copyOf(weights);
    if (!(windowTasks >= 0) || Double.isInfinite(windowTasks)) {
      throw new IllegalArgumentException(
          "the fairness window must be >= 0 and finite, is " + windowTasks);
    }
    weights.forEach((tenant, weight) -> {
      if (!(weight > 0) || Double.isInfinite(weight)) {
        throw new IllegalArgumentException(
            "the weight of tenant '%s' must be > 0 and finite, is %s".formatted(tenant, weight));
      }
    });
  }

  /** Shares without quotas. */
  public FairnessSettings(double windowTasks, Map<String, Double> weights) {
    this(windowTasks, weights, Quotas.NONE);
  }

  /** The same with other quotas. */
  public FairnessSettings with(Quotas other) {
    return new FairnessSettings(windowTasks, weights, other);
  }

  /** The tenant's weight. */
  public double weightOf(String tenant) {
    return weights.getOrDefault(tenant, 1.0);
  }
}
