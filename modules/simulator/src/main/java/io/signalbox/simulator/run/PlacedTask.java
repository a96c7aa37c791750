package io.signalbox.simulator.run;

import io.signalbox.simulator.workload.Fleet;

/**
 * Where and when a task was done.
 *
 * @param task its number in the scenario's problem
 * @param attempt number of the attempt that did it
 * @param copy whether that attempt began while another one of the task was under way
 * @param device the device
 * @param slot the device's slot, counted from 0
 * @param readySeconds when its last parent was done, or its job arrived
 * @param startSeconds when it started, its inputs being there
 * @param finishSeconds when it was done
 */
public record PlacedTask(
    int task,
    int attempt,
    boolean copy,
    Fleet.Device device,
    int slot,
    double readySeconds,
    double startSeconds,
    double finishSeconds) {}
