package io.signalbox.core.priority;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How likely attempts of each operation fail: the share of failures among its attempts, old ones
 * forgotten exponentially, begun with a belief of 2 % that weighs as much as ten attempts. Bounded:
 * of too many operations the one that has been quiet longest is forgotten.
 */
public final class FailureRates {
  private static final double BELIEVED = 0.02;
  private static final double BELIEF_ATTEMPTS = 10;
  private static final double KEPT = 0.98;
  private static final int MOST_OPERATIONS = 100_000;

  private static final class Rate {
    private double attempts;
    private double failures;
  }

  // By access order, so that the first one is the one that has been quiet longest.
  private final Map<String, Rate> rates =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Rate> eldest) {
          return size() > MOST_OPERATIONS;
        }
      };

  /** Counts an attempt that is over. */
  public void count(String operation, boolean failed) {
    Rate rate = rates.get(operation);
    if (rate == null) {
      if (!failed) {
        // What has never failed is at or below the belief; it isn't worth remembering.
        return;
      }
      rate = new Rate();
      rates.put(operation, rate);
    }
    rate.attempts = KEPT * rate.attempts + 1;
    rate.failures = KEPT * rate.failures + (failed ? 1 : 0);
  }

  /** Probability that an attempt fails, 0 to 1. */
  public double of(String operation) {
    Rate rate = rates.get(operation);
    return rate == null
        ? BELIEVED
        : (rate.failures + BELIEVED * BELIEF_ATTEMPTS) / (rate.attempts + BELIEF_ATTEMPTS);
  }
}
