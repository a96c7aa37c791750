package io.signalbox.core.placement;

/**
 * A device that a decision weighed against others.
 *
 * @param device its id
 * @param deviceClass its class
 * @param startsAt when the task should start there, in seconds since the epoch
 * @param predictedSeconds predicted run time there
 * @param finishesAt when it should finish there, in seconds since the epoch
 * @param score what the policy compares, smaller is better: the predicted finish plus what speaks
 *     against the device minus what speaks for it, in seconds
 */
public record Candidate(
    String device,
    String deviceClass,
    double startsAt,
    double predictedSeconds,
    double finishesAt,
    double score) {}
