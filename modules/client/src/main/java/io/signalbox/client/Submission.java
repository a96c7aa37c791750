package io.signalbox.client;

import java.time.Instant;

/**
 * A job that is on its way to the engine: durable, and not yet judged.
 *
 * @param pool the pool
 * @param job the job
 * @param tasks how many tasks were sent
 * @param records how many records they took
 * @param submittedAt when the first record was written
 * @param traceId W3C trace id the whole job runs under, 32 hex digits
 */
public record Submission(
    String pool, String job, long tasks, int records, Instant submittedAt, String traceId) {}
