package io.signalbox.core.placement;

import io.signalbox.core.device.Device;
import io.signalbox.core.job.Task;

/**
 * A task and the device that shall run it.
 *
 * @param startsAt when it should start there, in seconds since the epoch
 * @param predictedSeconds predicted run time there
 * @param finishesAt when it should finish there, in seconds since the epoch
 */
public record Binding(
    Task task, Device device, double startsAt, double predictedSeconds, double finishesAt) {}
