package io.signalbox.simulator.report;

import java.util.Map;

/**
 * One run in figures; what `simulate --format json` prints. Times are simulated seconds, but for
 * the last one.
 *
 * @param workflow name of the workload
 * @param policy name of the policy
 * @param seed the seed
 * @param tasks how many tasks there were
 * @param makespanSeconds when the last one was done
 * @param lowerBoundSeconds what no schedule can beat, with exact times, free transfers and devices
 *     that last; the most of: the bound of all jobs as if they were there from the start, each
 *     job's arrival plus its own bound, and, for some arrivals, that time plus the bound of all
 *     jobs that arrive from then on
 * @param ratio makespan over bound
 * @param meanResponseSeconds mean time of a task from its last parent's end, or its job's arrival,
 *     to its own end
 * @param meanWaitSeconds the same to its start, transfers included
 * @param utilisation by class, the share of its slots' time until the makespan that attempts ran
 *     in, those included that came to nothing
 * @param energyJoules what the fleet took until the makespan, idle devices included; a device of
 *     several slots takes in proportion to those that are busy
 * @param deadlineMisses jobs done after their deadline
 * @param rejected jobs that weren't admitted, since their deadline couldn't be kept; their tasks
 *     count in the lower bound alone
 * @param attempts attempts that were started
 * @param copies attempts that began while another one of their task was under way
 * @param decisions offers made
 * @param microsPerDecision microseconds of this machine's time that placing took for each
 */
public record SimulationReport(
    String workflow,
    String policy,
    long seed,
    int tasks,
    double makespanSeconds,
    double lowerBoundSeconds,
    double ratio,
    double meanResponseSeconds,
    double meanWaitSeconds,
    Map<String, Double> utilisation,
    double energyJoules,
    int deadlineMisses,
    int rejected,
    int attempts,
    int copies,
    int decisions,
    double microsPerDecision) {}
