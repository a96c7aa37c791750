package io.signalbox.simulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.signalbox.core.device.DeviceClass;
import io.signalbox.simulator.policy.Policies;
import io.signalbox.simulator.scenario.Disturbance;
import io.signalbox.simulator.scenario.Scenario;
import io.signalbox.simulator.workload.Fleet;
import io.signalbox.simulator.workload.InvalidFileException;
import io.signalbox.simulator.workload.Speeds;
import io.signalbox.simulator.workload.Workloads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real workflows on 18 unlike devices, against the figures of an independent program. */
class WfInstancesRunTest {
  private static final Path DATA =
      Path.of(System.getProperty("signalbox.root")).resolveSibling("shared").resolve("data");

  private static Scenario scenario(String name) throws InvalidFileException {
    Path file = DATA.resolve("wfinstances").resolve(name + ".json");
    assumeTrue(Files.exists(file), () -> "skipped: no " + file);
    Fleet fleet = Fleet.read(DATA.resolve("fleets/fleet18.json"));
    Speeds speeds = Speeds.read(DATA.resolve("fleets/speeds.json"), fleet.classes());
    List<DeviceClass> classes =
        fleet.classes().stream().map(known -> new DeviceClass(known, 1, 0, 0, 0)).toList();
    return new Scenario(Workloads.read(file), fleet, speeds, classes, Scenario.Knowledge.GIVEN);
  }

  /** The reference divides by the critical path or the area, whichever is longer. */
  private static double ratio(Scenario scenario, String policy) {
    RunResult run = Simulation.run(scenario, Disturbance.NONE, policy, 1);
    ScheduleCheck.check(scenario, run);
    double bound = Math.max(scenario.bound().criticalPathSeconds(), scenario.bound().areaSeconds());
    return run.makespanSeconds() / bound;
  }

  @ParameterizedTest
  @CsvSource({
    "rnaseq-dirt02-001, 1.000, 1.000, 1.484",
    "cycles-chameleon-5l-1c-9p-001, 1.258, 1.229, 1.523",
    "epigenomics-chameleon-ilmn-6seq-50k-001, 1.135, 1.129, 1.411",
    "1000genome-chameleon-22ch-250k-001, 1.308, 1.305, 1.634",
    "montage-chameleon-2mass-005d-001, 1.697, 1.720, 4.612",
    "blast-chameleon-medium-001, 1.025, 1.025, 1.143"
  })
  void ratiosAreThoseOfTheReference(String name, double heft, double late, double fifo)
      throws InvalidFileException {
    Scenario scenario = scenario(name);
    assertEquals(heft, ratio(scenario, "heft"), heft * 0.01, "heft");
    assertEquals(late, ratio(scenario, "late"), late * 0.01, "late");
    assertEquals(fifo, ratio(scenario, "fifo"), fifo * 0.01, "fifo");
  }

  @ParameterizedTest
  @CsvSource({
    "rnaseq-dirt02-001",
    "cycles-chameleon-5l-1c-9p-001",
    "1000genome-chameleon-22ch-250k-001",
    "montage-chameleon-2mass-005d-001"
  })
  void everyPolicyMakesAScheduleThatCanBe(String name) throws InvalidFileException {
    Scenario scenario = scenario(name);
    for (String policy : Policies.names()) {
      double ratio = ratio(scenario, policy);
      assertTrue(ratio >= 1, () -> policy + " beats the bound: " + ratio);
    }
  }
}
