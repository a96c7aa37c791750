package io.signalbox.cli.demo;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * One attempt of a task, as a schedule lists it.
 *
 * @param job the job
 * @param taskId the task
 * @param attempt number of the attempt, from 1
 * @param deviceId the device it ran on
 * @param deviceClass the device's class
 * @param start in unscaled seconds from the start of the schedule
 * @param finish in unscaled seconds from the start of the schedule
 * @param outcome SUCCEEDED, or FAILED for an attempt that failed or was lost
 */
@JsonPropertyOrder({
  "job",
  "taskId",
  "attempt",
  "deviceId",
  "deviceClass",
  "start",
  "finish",
  "outcome"
})
public record Placement(
    String job,
    String taskId,
    int attempt,
    String deviceId,
    String deviceClass,
    double start,
    double finish,
    Outcome outcome) {
  /** How an attempt ended. */
  public enum Outcome {
    SUCCEEDED,
    FAILED
  }
}
