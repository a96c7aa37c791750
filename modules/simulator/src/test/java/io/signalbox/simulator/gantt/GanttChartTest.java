package io.signalbox.simulator.gantt;

import static io.signalbox.simulator.run.Scenarios.fleet;
import static io.signalbox.simulator.run.Scenarios.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.job.JobHeader;
import io.signalbox.core.job.TaskRef;
import io.signalbox.simulator.gantt.DrawnChart.Rect;
import io.signalbox.simulator.policy.Policies;
import io.signalbox.simulator.run.RunResult;
import io.signalbox.simulator.run.Scenarios;
import io.signalbox.simulator.run.Simulation;
import io.signalbox.simulator.scenario.Disturbance;
import io.signalbox.simulator.scenario.Outage;
import io.signalbox.simulator.scenario.Scenario;
import io.signalbox.simulator.workload.Fleet;
import io.signalbox.simulator.workload.JobPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GanttChartTest {
  private static final int SEEDS = Integer.getInteger("signalbox.seeds", 25);
  private static final long FIRST_SEED = Long.getLong("signalbox.seed", 1);

  private static DrawnChart draw(Scenario scenario, Disturbance disturbance, String policy) {
    RunResult run = Simulation.run(scenario, disturbance, policy, 1);
    return DrawnChart.of(GanttChart.svg(scenario, disturbance, run));
  }

  @Test
  void everyTaskIsDrawnOnceAndNoTwoBarsOverlap() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      Scenario scenario = Scenarios.random(new Random(seed));
      String lost = scenario.fleet().devices().getFirst().id();
      Disturbance disturbance = new Disturbance(0.3, 0.05, 5, List.of(new Outage(lost, 3, 9)));
      List<String> policies = Policies.names();
      String policy = policies.get((int) (seed % policies.size()));
      DrawnChart chart = draw(scenario, disturbance, policy);
      String replay = policy + ", replay with -Dsignalbox.seed=" + seed + " -Dsignalbox.seeds=1";
      assertEquals(
          scenario.problem().tasks().stream().map(TaskRef::toString).sorted().toList(),
          chart.bars("task").stream().map(Rect::task).sorted().toList(),
          replay);
      List<Rect> all = new ArrayList<>(chart.bars("task"));
      all.addAll(chart.bars("wasted"));
      apart(all, replay);
    }
  }

  private static void apart(List<Rect> bars, String replay) {
    Map<Double, List<Rect>> rows =
        bars.stream().collect(Collectors.groupingBy(Rect::y, HashMap::new, Collectors.toList()));
    for (List<Rect> row : rows.values()) {
      row.sort(Comparator.comparingDouble(Rect::x).thenComparingDouble(Rect::end));
      for (int i = 1; i < row.size(); i++) {
        Rect before = row.get(i - 1);
        Rect after = row.get(i);
        // Bars of no length are drawn a hair wide.
        assertTrue(
            after.x() >= before.end() - 0.42, () -> before + " overlaps " + after + ", " + replay);
      }
    }
    List<Double> edges = rows.keySet().stream().sorted().toList();
    double height = bars.getFirst().height();
    for (int i = 1; i < edges.size(); i++) {
      assertTrue(edges.get(i) >= edges.get(i - 1) + height - 0.01, replay);
    }
  }

  @Test
  void thePathThatTheMakespanCameFromIsOutlined() {
    // a's data takes a second to b's device; c had the slot before d.
    Scenario scenario =
        Scenarios.of(
            fleet("gpu-1", "cpu-1"),
            task("a", "op", 8, List.of("gpu"), List.of()),
            task("b", "op", 4, List.of("cpu"), Scenarios.dependencies(0, "a")),
            task("c", "op", 3, List.of("cpu"), List.of()));
    RunResult run = Simulation.run(scenario, Disturbance.NONE, "fifo", 1);
    assertEquals(List.of("b", "c"), path(scenario, run));
    Scenario shorter =
        Scenarios.of(
            fleet("gpu-1", "cpu-1"),
            task("a", "op", 8, List.of("gpu"), List.of()),
            task("b", "op", 4, List.of("cpu"), Scenarios.dependencies(0, "a")),
            task("c", "op", 1, List.of("cpu"), List.of()));
    RunResult second = Simulation.run(shorter, Disturbance.NONE, "fifo", 1);
    assertEquals(List.of("b", "a"), path(shorter, second));
    DrawnChart chart = draw(shorter, Disturbance.NONE, "fifo");
    assertEquals(1, chart.groups("critical-path").size());
    assertEquals(
        2, chart.groups("critical-path").getFirst().getElementsByTagName("rect").getLength());
  }

  private static List<String> path(Scenario scenario, RunResult run) {
    return new Bars(scenario, run).criticalPath().stream().map(bar -> bar.ref().task()).toList();
  }

  @Test
  void whatABarIsStandsAtIt() {
    Scenario scenario =
        Scenarios.of(
            fleet("gpu-1"),
            task("a", "image", 8, List.of(), List.of()),
            task("b", "render", 16, List.of(), Scenarios.dependencies(1_500, "a")));
    DrawnChart chart = draw(scenario, Disturbance.NONE, "fifo");
    assertEquals(
        "job/b\nrender, attempt 1: done\ngpu-1, slot 0\n1.00 s to 3.00 s, 2.00 s long\n"
            + "inputs 1.5 KB of 1 parents",
        chart.bars("task").getLast().words());
    assertTrue(chart.text().contains("by hand  ·  fifo"), chart.text());
    assertTrue(chart.text().contains("2 tasks in 3.00 s, 1.000 times the bound"), chart.text());
    assertTrue(chart.text().contains("render × 1"), chart.text());
  }

  @Test
  void whateverTextThereIsStaysText() {
    SvgWriter svg = new SvgWriter();
    svg.open("svg", "id", "a\"<&>b").text("title", "<&\"> \u0001\nx").close();
    DrawnChart chart = DrawnChart.of(svg.toString());
    assertEquals("a\"<&>b", chart.document().getDocumentElement().getAttribute("id"));
    assertEquals("<&\">  \nx", chart.text().strip());
  }

  @Test
  void lostDevicesAndWhatTheyRanAreSeen() {
    Scenario scenario = Scenarios.of(fleet("gpu-1", "cpu-1"), task("a", 80));
    Disturbance lossy = Disturbance.NONE.withOutages(List.of(new Outage("gpu-1", 4, 60)));
    DrawnChart chart = draw(scenario, lossy, "late");
    assertEquals(
        "gpu-1 is silent from 4.00 s to 60.00 s",
        DrawnChart.title(chart.groups("outage").getFirst()));
    assertTrue(chart.bars("wasted").getFirst().words().contains("lost with its device"));
    assertTrue(chart.text().contains("device silent"));
  }

  @Test
  void deadlinesAreLinesThatSayWhetherTheyWereMet() {
    JobPlan missed = new JobPlan("missed", JobHeader.DEFAULT, List.of(task("a", 80)), 5.0);
    JobPlan met = new JobPlan("met", JobHeader.DEFAULT, List.of(task("b", 8)), 12.0);
    JobPlan beyond = new JobPlan("beyond", JobHeader.DEFAULT, List.of(task("c", 16)), 900.0);
    Scenario scenario = Scenarios.of(fleet("gpu-1"), List.of(missed, met, beyond));
    DrawnChart chart = draw(scenario, Disturbance.NONE, "fifo");
    assertEquals(
        List.of("deadline of missed at 5.00 s, 1 of 1 missed", "deadline of met at 12.00 s, met"),
        chart.groups("deadline").stream().map(DrawnChart::title).toList());
    assertTrue(chart.text().contains("1 deadline missed"), chart.text());
  }

  @Test
  void aFleetOfAnySizeIsDrawnWithinReason() {
    String[] devices = new String[1_000];
    for (int i = 0; i < devices.length; i++) {
      devices[i] = "cpu-" + i;
    }
    Fleet many = fleet(devices);
    DrawnChart chart = draw(Scenarios.of(many, task("a", 3)), Disturbance.NONE, "fifo");
    assertTrue(chart.height() < 8_000, "height " + chart.height());
    DrawnChart few = draw(Scenarios.of(fleet("cpu-0"), task("a", 3)), Disturbance.NONE, "fifo");
    assertTrue(few.height() < 250, "height " + few.height());
  }
}
