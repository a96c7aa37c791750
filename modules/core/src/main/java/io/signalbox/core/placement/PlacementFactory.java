package io.signalbox.core.placement;

import io.signalbox.core.device.Fleet;
import io.signalbox.core.estimate.RunTimeEstimator;

/** Makes the placement policy of a pool. */
@FunctionalInterface
public interface PlacementFactory {
  /**
   * A policy without tasks.
   *
   * @param fleet the pool's devices
   * @param estimator predicts run times
   * @param settings what governs it
   */
  Placement create(Fleet fleet, RunTimeEstimator estimator, PlacementSettings settings);
}
