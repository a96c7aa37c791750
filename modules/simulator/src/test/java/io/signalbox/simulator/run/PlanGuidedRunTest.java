package io.signalbox.simulator.run;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.signalbox.simulator.generator.GeneratedWorkload;
import io.signalbox.simulator.generator.Shape;
import io.signalbox.simulator.report.Reports;
import io.signalbox.simulator.scenario.Disturbance;
import io.signalbox.simulator.scenario.Scenario;
import io.signalbox.simulator.workload.Fleet;
import io.signalbox.simulator.workload.InvalidFileException;
import io.signalbox.simulator.workload.Speeds;
import io.signalbox.simulator.workload.Workload;
import io.signalbox.simulator.workload.Workloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What plan-guided late binding is worth: against static plans, free late binding and the other
 * baselines, with exact times and with noise. With {@code -Dsignalbox.figures=true} it prints the
 * geometric means.
 */
class PlanGuidedRunTest {
  private static final Path DATA =
      Path.of(System.getProperty("signalbox.root")).resolveSibling("shared").resolve("data");
  private static final boolean FIGURES = Boolean.getBoolean("signalbox.figures");
  private static final Disturbance NOISY = new Disturbance(0.3, 0.02, 5, List.of());
  private static final List<String> BASELINES =
      List.of("heft", "cpop", "peft", "late", "dmdas", "heteroprio", "min-min", "fifo", "random");

  /** Devices as in the data's fleet. */
  private static final Fleet FLEET = UnlikeFleet.of(2, 4, 4, 8);

  private static List<Scenario> generated(long firstSeed) {
    Speeds speeds = UnlikeFleet.speeds();
    List<Scenario> scenarios = new ArrayList<>();
    long seed = firstSeed;
    for (Shape shape : Shape.values()) {
      for (int tasks : new int[] {60, 300, 900}) {
        Workload workload = new GeneratedWorkload(shape, tasks, seed++).workload();
        scenarios.add(scenario(workload, FLEET, speeds));
      }
    }
    return scenarios;
  }

  private static List<Scenario> instances() throws IOException, InvalidFileException {
    Path folder = DATA.resolve("wfinstances");
    assumeTrue(Files.isDirectory(folder), () -> "skipped: no " + folder);
    Fleet fleet = Fleet.read(DATA.resolve("fleets/fleet18.json"));
    Speeds speeds = Speeds.read(DATA.resolve("fleets/speeds.json"), fleet.classes());
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    List<Scenario> scenarios = new ArrayList<>();
    for (Path file : files) {
      scenarios.add(scenario(Workloads.read(file), fleet, speeds));
    }
    return scenarios;
  }

  private static Scenario scenario(Workload workload, Fleet fleet, Speeds speeds) {
    return new Scenario(workload, fleet, speeds, UnlikeFleet.CLASSES, Scenario.Knowledge.GIVEN);
  }

  private static double ratio(Scenario scenario, Disturbance disturbance, String policy, int runs) {
    double logs = 0;
    for (int seed = 1; seed <= runs; seed++) {
      RunResult run = Simulation.run(scenario, disturbance, policy, seed);
      ScheduleCheck.check(scenario, run);
      logs += Math.log(Reports.of(scenario, run).ratio());
    }
    return Math.exp(logs / runs);
  }

  private static double mean(
      String what, List<Scenario> scenarios, Disturbance disturbance, String policy, int runs) {
    double logs = 0;
    for (Scenario scenario : scenarios) {
      logs += Math.log(ratio(scenario, disturbance, policy, runs));
    }
    double mean = Math.exp(logs / scenarios.size());
    if (FIGURES) {
      System.out.printf("%s: %s %.4f%n", what, policy, mean);
    }
    return mean;
  }

  @Test
  void isNoWorseThanHeftOnRealWorkflows() throws IOException, InvalidFileException {
    List<Scenario> instances = instances();
    double heft = mean("instances, exact", instances, Disturbance.NONE, "heft", 1);
    double plb = mean("instances, exact", instances, Disturbance.NONE, "plb", 1);
    assertTrue(plb <= heft, () -> "plb " + plb + ", heft " + heft);
  }

  @Test
  void isNoWorseThanHeftOnGeneratedGraphs() {
    double heft = 0;
    double plb = 0;
    for (long seed : new long[] {1_000, 2_000, 3_000}) {
      List<Scenario> graphs = generated(seed);
      heft += Math.log(mean("generated, exact", graphs, Disturbance.NONE, "heft", 1));
      plb += Math.log(mean("generated, exact", graphs, Disturbance.NONE, "plb", 1));
    }
    assertTrue(plb <= heft, "plb " + Math.exp(plb / 3) + ", heft " + Math.exp(heft / 3));
  }

  @Test
  void noRealWorkflowIsFarFromItsBestBaseline() throws IOException, InvalidFileException {
    for (Scenario scenario : instances()) {
      double plb = ratio(scenario, Disturbance.NONE, "plb", 1);
      for (String policy : BASELINES) {
        double other = ratio(scenario, Disturbance.NONE, policy, 1);
        assertTrue(
            plb <= 1.05 * other,
            () -> scenario.workload().name() + ": plb " + plb + ", " + policy + " " + other);
      }
    }
  }

  /** At least 15 % better than a static plan, and 30 % better than first come, first served. */
  @Test
  void noiseAndStragglersHurtLess() throws IOException, InvalidFileException {
    List<Scenario> all = instances();
    mean("instances, noisy", all, NOISY, "plb", 5);
    all.addAll(generated(1_000));
    double heft = mean("instances and generated, noisy", all, NOISY, "heft", 5);
    double fifo = mean("instances and generated, noisy", all, NOISY, "fifo", 5);
    double plb = mean("instances and generated, noisy", all, NOISY, "plb", 5);
    assertTrue(plb <= 0.85 * heft, () -> "plb " + plb + ", heft " + heft);
    assertTrue(plb <= 0.70 * fifo, () -> "plb " + plb + ", fifo " + fifo);
  }

  /**
   * Half of the generated graphs are little more than a critical path, which nobody can shorten.
   */
  @Test
  void noiseAndStragglersHurtLessOnGeneratedGraphsAlone() {
    List<Scenario> graphs = new ArrayList<>();
    for (long seed : new long[] {1_000, 2_000, 3_000}) {
      graphs.addAll(generated(seed));
    }
    double heft = mean("generated, noisy", graphs, NOISY, "heft", 3);
    double fifo = mean("generated, noisy", graphs, NOISY, "fifo", 3);
    double plb = mean("generated, noisy", graphs, NOISY, "plb", 3);
    assertTrue(plb <= 0.85 * heft, () -> "plb " + plb + ", heft " + heft);
    assertTrue(plb <= 0.70 * fifo, () -> "plb " + plb + ", fifo " + fifo);
  }
}
