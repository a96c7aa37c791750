package io.signalbox.simulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.signalbox.core.device.DeviceClass;
import io.signalbox.core.hotspot.HotspotSettings;
import io.signalbox.core.hotspot.Threshold;
import io.signalbox.simulator.report.Reports;
import io.signalbox.simulator.scenario.Arrivals;
import io.signalbox.simulator.scenario.Disturbance;
import io.signalbox.simulator.scenario.Scenario;
import io.signalbox.simulator.scenario.Traffic;
import io.signalbox.simulator.workload.ArrivalTrace;
import io.signalbox.simulator.workload.Fleet;
import io.signalbox.simulator.workload.InvalidFileException;
import io.signalbox.simulator.workload.Speeds;
import io.signalbox.simulator.workload.Workload;
import io.signalbox.simulator.workload.Workloads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What docs/ADAPTATION.md says of the skewed mix, and that adaptation harms no mix that isn't
 * skewed. Takes about 10 s.
 */
class AdaptationRunTest {
  private static final Path ROOT = Path.of(System.getProperty("signalbox.root"));
  private static final Path TRACE =
      ROOT.resolveSibling("shared").resolve("data/traces/AzureLLMInferenceTrace_conv.csv");
  private static final HotspotSettings RATE =
      HotspotSettings.DEFAULT.withFrequency(new Threshold(1, 6));
  private static ArrivalTrace trace;
  private static Fleet fleet;

  @BeforeAll
  static void read() throws InvalidFileException {
    assumeTrue(Files.exists(TRACE), () -> "skipped: no " + TRACE);
    trace = ArrivalTrace.read(TRACE, 6_000);
    fleet = Fleet.read(ROOT.resolve("config/fleets/default.yaml"));
  }

  private static Scenario scenario(String jobs) throws InvalidFileException {
    Workload workload = Workloads.read(ROOT.resolve("config/jobs").resolve(jobs), Optional.empty());
    List<DeviceClass> classes =
        fleet.classes().stream().map(name -> new DeviceClass(name, 1, 0, 0, 0)).toList();
    return new Scenario(
        Traffic.roundRobin(List.of(workload), trace.requests().size()),
        Arrivals.at(trace.seconds()),
        fleet,
        Speeds.read(ROOT.resolve("config/speeds/default.yaml"), fleet.classes()),
        classes,
        Scenario.Knowledge.GIVEN);
  }

  private static double meanResponse(Scenario scenario, Rules rules) {
    RunResult run = Simulation.run(scenario, Disturbance.NONE, "plb", rules, 1);
    ScheduleCheck.check(scenario, run);
    return Reports.of(scenario, run).meanResponseSeconds();
  }

  @Test
  void aHotOperationOfShortTasksIsServedAQuarterSoonerAtLeast() throws InvalidFileException {
    Scenario scenario = scenario("skewed-mix.yaml");
    double without = meanResponse(scenario, Rules.of("plb"));
    double with = meanResponse(scenario, Rules.of("plb").with(RATE));
    assertTrue(with <= 0.75 * without, () -> with + " s with adaptation, " + without + " without");
  }

  @Test
  void adaptationIsAsGoodAsNoneWhereNothingIsHot() throws InvalidFileException {
    Scenario scenario = scenario("skewed-mix.yaml");
    HotspotSettings never = HotspotSettings.DEFAULT.withFrequency(new Threshold(1e6, 0));
    assertEquals(
        meanResponse(scenario, Rules.of("plb")),
        meanResponse(scenario, Rules.of("plb").with(never)),
        1e-9);
  }
}
