package io.signalbox.engine.settings;

/**
 * How the engine's topics are created.
 *
 * @param create create what is missing; otherwise a missing topic is an error
 * @param poolPartitions partitions of each pool topic
 * @param lanesPerClass partitions an assignment topic begins with
 * @param maxLanesPerClass how far an assignment topic may grow
 * @param replicationFactor of each topic; -1 means the cluster's default
 */
public record TopicSettings(
    boolean create,
    int poolPartitions,
    int lanesPerClass,
    int maxLanesPerClass,
    short replicationFactor) {}
