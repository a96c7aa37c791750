package io.signalbox.simulator.scenario;

import io.signalbox.simulator.workload.JobPlan;

/**
 * A job that arrives.
 *
 * @param atSeconds when
 * @param plan the job, its deadline an instant
 */
public record Submission(double atSeconds, JobPlan plan) {}
