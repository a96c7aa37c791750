package io.signalbox.cli.command;

import io.signalbox.cli.cluster.DeviceClassNames;
import io.signalbox.cli.fleet.RunTimes;
import io.signalbox.cli.fleet.SimulatedFleet;
import io.signalbox.cli.output.CommandFailure;
import io.signalbox.cli.output.Console;
import io.signalbox.cli.output.Output;
import io.signalbox.cli.settings.ClusterOptions;
import io.signalbox.cli.settings.CommonOptions;
import io.signalbox.cli.settings.DeviceClassOptions;
import io.signalbox.cli.settings.FleetOptions;
import io.signalbox.cli.settings.WorkloadOptions;
import io.signalbox.core.device.DeviceClass;
import io.signalbox.engine.settings.DeviceClasses;
import io.signalbox.events.connection.Connection;
import io.signalbox.simulator.workload.Fleet;
import io.signalbox.simulator.workload.InvalidFileException;
import io.signalbox.simulator.workload.Speeds;
import io.signalbox.simulator.workload.TimeScale;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import reactor.core.publisher.Mono;

/** Runs a simulated fleet. */
@Command(
    name = "worker",
    description =
        "Runs simulated devices: each takes assignments of its class and lets the time pass that"
            + " they would take, work / speed seconds after their inputs have travelled. Ctrl-C or"
            + " SIGTERM lets what runs end first.%n",
    footer = {
      "",
      "Examples:",
      "  signalbox worker --fleet config/fleets/default.yaml",
      "  signalbox worker --fleet fleet.json --speeds speeds.json --time-scale 100",
      "  signalbox worker --fleet fleet.json --only nvidia-a100      the devices of one class",
      "  signalbox worker --fleet fleet.json --only cpu-3            one device",
      "",
      "Exit code 2 for a bad fleet or speeds file, 1 when no broker answers."
    })
public final class WorkerCommand implements Callable<Integer> {
  private static final Duration READY_LIMIT = Duration.ofSeconds(60);

  /** For the reports of what was given up in the end. */
  private static final Duration LAST_REPORTS = Duration.ofSeconds(10);

  @Mixin private final CommonOptions common;
  @Mixin private final ClusterOptions cluster = new ClusterOptions();
  @Mixin private final WorkloadOptions workload = new WorkloadOptions();
  @Mixin private final FleetOptions fleets = new FleetOptions();
  @Mixin private final DeviceClassOptions deviceClasses = new DeviceClassOptions();

  @Option(
      names = "--pool",
      paramLabel = "POOL",
      defaultValue = "default",
      description = "The pool they belong to. Default: default.")
  private String pool = "default";

  @Option(
      names = "--only",
      paramLabel = "CLASS|DEVICE",
      description = "Only devices of this class, or the device of this id. May be repeated.")
  private List<String> only = List.of();

  @Option(
      names = "--drain-seconds",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long what runs may take when the fleet is stopped. Default: 30.")
  private double drainSeconds = 30;

  /** A command that writes to the console. */
  public WorkerCommand(Console console) {
    this.common = new CommonOptions(console);
  }

  @Override
  public Integer call() throws InvalidFileException {
    Output output = common.begin();
    Path file = fleets.file();
    Fleet all = Fleet.read(file);
    List<Fleet.Device> devices = chosen(all, file);
    Speeds speeds = workload.speeds().speeds(all.classes());
    List<DeviceClass> classes = DeviceClasses.read(deviceClasses.file());
    TimeScale scale = workload.timeScale();
    Connection connection = cluster.reachable();
    // Read again with the classes that are served: an unknown one is named with its place.
    Fleet.read(file, Optional.of(DeviceClassNames.on(connection)));
    SimulatedFleet fleet =
        SimulatedFleet.start(
            connection, pool, devices, classes, scale.network(all.network()), RunTimes.of(speeds));
    return run(output, connection, fleet, devices.size());
  }

  private int run(Output output, Connection connection, SimulatedFleet fleet, int devices) {
    Thread stop = new Thread(() -> drain(output, fleet), "signalbox-stop");
    Runtime.getRuntime().addShutdownHook(stop);
    fleet.ready().block(READY_LIMIT);
    output.line(
        "%d devices of pool %s take work from %s; Ctrl-C lets what runs end and stops"
            .formatted(devices, pool, connection.bootstrapServers()));
    output.json(Map.of("devices", devices, "pool", pool, "ready", true));
    fleet.terminated().block();
    return CommandFailure.OK;
  }

  private void drain(Output output, SimulatedFleet fleet) {
    output.note("stopping: what runs may take " + drainSeconds + " s");
    Duration limit = Duration.ofMillis(Math.round(drainSeconds * 1e3));
    Mono<Boolean> stopped = fleet.drain(limit).onErrorComplete().thenReturn(true);
    if (Boolean.TRUE.equals(stopped.timeout(limit.plus(LAST_REPORTS), Mono.just(false)).block())) {
      fleet.close();
    } else {
      output.note(
          "stopped without the broker's word that all reports are there: what they were about is"
              + " offered again once its lease has ended");
    }
  }

  private List<Fleet.Device> chosen(Fleet fleet, Path file) {
    List<Fleet.Device> chosen =
        fleet.devices().stream()
            .filter(device ->
                only.isEmpty() || only.contains(device.id()) || only.contains(device.deviceClass()))
            .toList();
    if (chosen.isEmpty()) {
      throw CommandFailure.usage(
          "--only "
              + only
              + " leaves no device of "
              + file
              + ", whose classes are "
              + fleet.classes());
    }
    return chosen;
  }
}
