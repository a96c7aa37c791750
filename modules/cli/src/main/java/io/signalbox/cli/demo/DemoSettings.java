package io.signalbox.cli.demo;

import io.signalbox.core.device.DeviceClass;
import io.signalbox.simulator.workload.Fleet;
import io.signalbox.simulator.workload.Speeds;
import io.signalbox.simulator.workload.TimeScale;
import io.signalbox.simulator.workload.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a demo runs.
 *
 * @param workload the jobs
 * @param fleet the devices
 * @param classes the device classes there are
 * @param speeds how fast they are
 * @param scale how much faster than the workload's time
 * @param warmUpSeconds how long small jobs run before, in real seconds
 * @param timeout after which it gives up
 * @param overrides settings of the engine, by dotted key
 */
public record DemoSettings(
    Workload workload,
    Fleet fleet,
    List<DeviceClass> classes,
    Speeds speeds,
    TimeScale scale,
    double warmUpSeconds,
    Duration timeout,
    Map<String, String> overrides) {}
