package io.signalbox.core.pool;

import io.signalbox.core.admission.Proof;
import io.signalbox.core.job.JobHeader;
import org.jspecify.annotations.Nullable;

/**
 * A job as listings show it.
 *
 * @param job its id
 * @param header what holds for it
 * @param sealed its producer sends no more tasks
 * @param acceptedAt in seconds since the epoch
 * @param counts its tasks now
 * @param ready tasks that wait for a device
 * @param remainingSeconds predicted seconds along the longest unfinished path
 * @param proof what the last test of its deadline found; null when it wasn't tested
 * @param outcome how it ended; null while it lives
 */
public record JobView(
    String job,
    JobHeader header,
    boolean sealed,
    double acceptedAt,
    TaskCounts counts,
    int ready,
    double remainingSeconds,
    @Nullable Proof proof,
    Row.@Nullable Outcome outcome) {}
