package io.signalbox.core.job;

/**
 * What the pool's plan says of a task. Times are seconds since the epoch.
 *
 * @param deviceClass the class that should run it
 * @param rank what the plan ordered it by, in seconds: the larger, the sooner
 * @param startsAt when it should start
 * @param finishesAt when it should be done
 */
public record Planned(String deviceClass, double rank, double startsAt, double finishesAt) {}
