package io.signalbox.engine.settings;

/**
 * How the engine watches operations and devices, beside scheduling and apart from it.
 *
 * @param enabled it does
 * @param threads stream threads for that
 * @param commitIntervalMillis longest time between two commits; what is found is seen after one
 */
public record AdaptationSettings(boolean enabled, int threads, long commitIntervalMillis) {}
