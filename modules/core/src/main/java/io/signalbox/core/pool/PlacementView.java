package io.signalbox.core.pool;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a pool places tasks, for listings.
 *
 * @param policy name of the policy
 * @param options value of each option, by its name and in the order of {@link
 *     io.signalbox.core.placement.PlacementOptions}
 * @param changed those that were changed at run time, as they were given; the rest is as the pool's
 *     settings say
 */
public record PlacementView(
    String policy, Map<String, String> options, Map<String, String> changed) {
  public PlacementView {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    changed = Map.copyOf(changed);
  }
}
