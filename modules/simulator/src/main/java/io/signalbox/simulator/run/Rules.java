package io.signalbox.simulator.run;

import io.signalbox.core.hotspot.HotspotSettings;
import io.signalbox.core.placement.PlacementSettings;
import io.signalbox.core.pool.PoolSettings;
import io.signalbox.simulator.policy.Policies;
import org.jspecify.annotations.Nullable;

/**
 * What governs the simulated pool beside the name of its policy.
 *
 * @param placement weights and bounds, for the policies that have some; the policy that it names
 *     doesn't matter
 * @param speculation whether stragglers get copies
 * @param linkedOffers so many may be linked behind an attempt. They save the way of an offer, and
 *     offers take no time here: a run with them shows how early binding fares
 * @param adaptation what makes an operation hot, whereupon the pool leans towards it; null: nobody
 *     watches
 */
public record Rules(
    PlacementSettings placement,
    PoolSettings.Speculation speculation,
    int linkedOffers,
    @Nullable HotspotSettings adaptation) {
  /** The usual ones for a policy: the default settings, copies where it is made for them. */
  public static Rules of(String policy) {
    return new Rules(PlacementSettings.DEFAULT, Policies.speculation(policy), 0, null);
  }

  /** The same with copies, or without. */
  public Rules with(PoolSettings.Speculation other) {
    return new Rules(placement, other, linkedOffers, adaptation);
  }

  /** The same with other weights and bounds. */
  public Rules with(PlacementSettings other) {
    return new Rules(other, speculation, linkedOffers, adaptation);
  }

  /** The same, while operations are watched, or aren't. */
  public Rules with(@Nullable HotspotSettings other) {
    return new Rules(placement, speculation, linkedOffers, other);
  }
}
