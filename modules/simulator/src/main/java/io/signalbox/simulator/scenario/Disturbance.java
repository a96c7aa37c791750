package io.signalbox.simulator.scenario;

import io.signalbox.simulator.workload.Fleet;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What makes runs go other than by their exact times. The same attempt of the same task is
 * disturbed alike under every policy, so that policies can be compared run by run.
 *
 * @param sigma σ of the log-normal noise: durations are multiplied by exp(N(−σ²/2, σ)), whose mean
 *     is 1; 0 for none
 * @param stragglerProbability how likely an attempt is a straggler, 0 to 1
 * @param stragglerFactor how many times as long a straggler takes
 * @param outages devices that are lost; those of one device don't overlap
 */
public record Disturbance(
    double sigma, double stragglerProbability, double stragglerFactor, List<Outage> outages) {
  /** Exact times, and no device is lost. */
  public static final Disturbance NONE = new Disturbance(0, 0, 1);

  public Disturbance {
    outages = List.copyOf(outages);
    if (!(sigma >= 0) || Double.isInfinite(sigma)) {
      throw new IllegalArgumentException("noise must be >= 0 and finite, is " + sigma);
    }
    if (!(stragglerProbability >= 0 && stragglerProbability <= 1)) {
      throw new IllegalArgumentException(
          "the probability of a straggler must be 0 to 1, is " + stragglerProbability);
    }
    if (!(stragglerFactor > 0) || Double.isInfinite(stragglerFactor)) {
      throw new IllegalArgumentException(
          "the factor of stragglers must be > 0 and finite, is " + stragglerFactor);
    }
    for (int i = 0; i < outages.size(); i++) {
      if (outages.subList(0, i).stream().anyMatch(outages.get(i)::overlaps)) {
        throw new IllegalArgumentException(
            "device '%s' can't be lost again before it has come back"
                .formatted(outages.get(i).device()));
      }
    }
  }

  /** Noise and stragglers alone. */
  public Disturbance(double sigma, double stragglerProbability, double stragglerFactor) {
    this(sigma, stragglerProbability, stragglerFactor, List.of());
  }

  /** The same noise and stragglers, with devices that are lost. */
  public Disturbance withOutages(List<Outage> lost) {
    return new Disturbance(sigma, stragglerProbability, stragglerFactor, lost);
  }

  /**
   * The devices that are lost must be there.
   *
   * @throws IllegalArgumentException naming the devices there are when one isn't
   */
  public void check(Fleet fleet) {
    List<String> ids = fleet.devices().stream().map(Fleet.Device::id).toList();
    for (Outage outage : outages) {
      if (!ids.contains(outage.device())) {
        throw new IllegalArgumentException(
            "the fleet has no device '%s' to lose; it has %s"
                .formatted(outage.device(), String.join(", ", ids)));
      }
    }
  }

  /**
   * What the duration of an attempt is multiplied by.
   *
   * @param seed of the run
   * @param task number of the task in the scenario
   * @param attempt number of the attempt
   */
  public double factor(long seed, int task, int attempt) {
    if (sigma == 0 && stragglerProbability == 0) {
      return 1;
    }
    SplittableRandom random =
        new SplittableRandom((seed * 0x9E3779B97F4A7C15L + task) * 0xD1342543DE82EF95L + attempt);
    double noise = Math.exp(random.nextGaussian(-sigma * sigma / 2, sigma));
    return random.nextDouble() < stragglerProbability ? noise * stragglerFactor : noise;
  }
}
