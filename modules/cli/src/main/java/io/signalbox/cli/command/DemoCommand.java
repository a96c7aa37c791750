package io.signalbox.cli.command;

import io.signalbox.cli.demo.Demo;
import io.signalbox.cli.demo.DemoSettings;
import io.signalbox.cli.demo.ScheduleFile;
import io.signalbox.cli.demo.Summary;
import io.signalbox.cli.output.CommandFailure;
import io.signalbox.cli.output.Console;
import io.signalbox.cli.output.Output;
import io.signalbox.cli.settings.CommonOptions;
import io.signalbox.cli.settings.EngineSettingsOptions;
import io.signalbox.cli.settings.FleetOptions;
import io.signalbox.cli.settings.Home;
import io.signalbox.cli.settings.WorkloadOptions;
import io.signalbox.cli.station.ScratchFolder;
import io.signalbox.cli.station.Station;
import io.signalbox.cli.station.StationSettings;
import io.signalbox.core.device.DeviceClass;
import io.signalbox.engine.settings.EngineSettings;
import io.signalbox.simulator.workload.Fleet;
import io.signalbox.simulator.workload.InvalidFileException;
import io.signalbox.simulator.workload.Speeds;
import io.signalbox.simulator.workload.Workload;
import io.signalbox.simulator.workload.Workloads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs everything in one process. */
@Command(
    name = "demo",
    description =
        "Runs a workload to its end in one process: an embedded broker and registry on free ports,"
            + " an engine, and a simulated fleet. Then says how good the schedule was.%n",
    footer = {
      "",
      "Examples:",
      "  signalbox demo",
      "  signalbox demo --time-scale 5 --format json",
      "  signalbox demo --workflow workflow.json --fleet fleet.json --speeds speeds.json \\",
      "    --time-scale 200 --schedule-out schedule.json",
      "",
      "With --format json one object stands alone on standard output: job, state, tasks, succeeded,",
      "failed, makespanSeconds, lowerBoundSeconds, ratio, classes {class: {tasks, utilisation}},",
      "wallSeconds. All seconds but wallSeconds are the workload's own, whatever the time scale.",
      "The schedule file has {\"placements\": [{job, taskId, attempt, deviceId, deviceClass, start,",
      "finish, outcome}]}; its time begins when the first task starts.",
      "",
      "Exit code 0 when every job succeeds, 1 when one doesn't, 2 for a bad file."
    })
public final class DemoCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common;
  @Mixin private final WorkloadOptions options = new WorkloadOptions();
  @Mixin private final FleetOptions fleets = new FleetOptions();
  @Mixin private final EngineSettingsOptions engine = new EngineSettingsOptions();

  @Option(
      names = "--workflow",
      paramLabel = "FILE",
      description =
          "Jobs to run, in the project's own format or WfFormat 1.5. Default:"
              + " config/jobs/multimodal-qa.yaml.")
  private @Nullable Path workflowFile;

  @Option(
      names = "--schedule-out",
      paramLabel = "FILE",
      description = "Write what ran where and when, in unscaled seconds, as JSON.")
  private @Nullable Path scheduleOut;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description =
          "Run small jobs for so many real seconds first: a JVM is slow in its first seconds, and a"
              + " scaled clock would show that as the scheduler's doing. Default: 5.")
  private double warmUpSeconds = 5;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description = "Give up after so many real seconds. Default: 600.")
  private double timeoutSeconds = 600;

  /** A command that writes to the console. */
  public DemoCommand(Console console) {
    this.common = new CommonOptions(console);
  }

  @Option(names = "--quiet", description = "No words about the progress.")
  void quiet(boolean quiet) {
    common.console().quiet(quiet);
  }

  @Override
  public Integer call() throws InvalidFileException {
    Output output = common.begin();
    DemoSettings settings = settings();
    if (scheduleOut != null) {
      ScheduleFile.check(scheduleOut);
    }
    try (ScratchFolder scratch = ScratchFolder.create();
        Station station = station(output, settings, scratch.path())) {
      Demo demo = new Demo(settings, output);
      Summary summary = demo.run(station);
      if (scheduleOut != null) {
        ScheduleFile.write(demo.schedule(), scheduleOut);
      }
      output.json(summary);
      summary.lines(settings.fleet()).forEach(output::line);
      return summary.state().equals("SUCCEEDED") ? CommandFailure.OK : CommandFailure.FAILED;
    }
  }

  private DemoSettings settings() throws InvalidFileException {
    if (!(timeoutSeconds > 0) || !(warmUpSeconds >= 0)) {
      throw CommandFailure.usage("--timeout must be > 0 and --warm-up >= 0");
    }
    List<DeviceClass> classes =
        EngineSettings.load(engine.file(), Home.config("device-classes.yaml"), engine.overrides())
            .pool()
            .deviceClasses();
    Set<String> names = classes.stream().map(DeviceClass::name).collect(Collectors.toSet());
    Fleet fleet = fleets.fleet(names);
    Speeds speeds = options.speeds().speeds(fleet.classes());
    Workload workload =
        Workloads.read(Home.given(workflowFile, "jobs", "multimodal-qa.yaml"), Optional.of(names));
    return new DemoSettings(
        workload,
        fleet,
        classes,
        speeds,
        options.timeScale(),
        warmUpSeconds,
        Duration.ofMillis(Math.round(timeoutSeconds * 1e3)),
        engineSettings(fleet));
  }

  private Map<String, String> engineSettings(Fleet fleet) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("http.port", "0");
    // One pool needs one partition; every device has a lane of its own from the start.
    all.put("topics.poolPartitions", "1");
    all.put("topics.lanesPerClass", Long.toString(largestClass(fleet)));
    all.putAll(engine.overrides());
    return all;
  }

  private static long largestClass(Fleet fleet) {
    Collection<Long> sizes =
        fleet.devices().stream()
            .collect(Collectors.groupingBy(Fleet.Device::deviceClass, Collectors.counting()))
            .values();
    return sizes.stream().mapToLong(Long::longValue).max().orElse(1);
  }

  private Station station(Output output, DemoSettings settings, Path data) {
    output.note("starting a broker, a registry and an engine");
    return Station.start(
        new StationSettings(
            null,
            data,
            0,
            0,
            true,
            engine.file(),
            Home.config("device-classes.yaml"),
            settings.overrides()));
  }
}
