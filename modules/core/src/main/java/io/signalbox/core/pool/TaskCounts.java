package io.signalbox.core.pool;

/**
 * Tasks of a job by state.
 *
 * @param total known tasks
 * @param running with a running attempt
 * @param succeeded done
 * @param failed given up
 */
public record TaskCounts(int total, int running, int succeeded, int failed) {}
