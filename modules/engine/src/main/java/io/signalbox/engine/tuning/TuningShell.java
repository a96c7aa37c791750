package io.signalbox.engine.tuning;

import io.signalbox.core.tuning.TuningSettings;
import io.signalbox.engine.identity.Identities;

/**
 * What the processors of the tuning topology are given.
 *
 * @param settings when a pool is told to place tasks anew
 * @param mostPools pools that one partition may hold
 * @param poolPartitions partitions that pools are spread over
 * @param identities whether workers may speak for the devices they name
 */
public record TuningShell(
    TuningSettings settings, int mostPools, int poolPartitions, Identities identities) {}
