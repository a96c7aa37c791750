package io.signalbox.engine.hotspots;

import io.signalbox.core.hotspot.HotspotSettings;
import io.signalbox.engine.board.HotspotBoard;
import io.signalbox.engine.identity.Identities;
import java.util.Set;

/**
 * What the processors of the hotspots topology are given.
 *
 * @param settings what makes an operation hot
 * @param deviceClasses names of the classes that are served
 * @param mostPools pools that one partition may hold
 * @param poolPartitions partitions that pools are spread over
 * @param board where listings read
 * @param identities whether workers may speak for the devices they name
 */
public record HotspotShell(
    HotspotSettings settings,
    Set<String> deviceClasses,
    int mostPools,
    int poolPartitions,
    HotspotBoard board,
    Identities identities) {}
