package io.signalbox.benchmarks;

import io.signalbox.core.job.JobHeader;
import io.signalbox.simulator.run.RunResult;
import io.signalbox.simulator.run.Simulation;
import io.signalbox.simulator.scenario.Disturbance;
import io.signalbox.simulator.scenario.Scenario;
import io.signalbox.simulator.workload.Fleet;
import io.signalbox.simulator.workload.JobPlan;
import io.signalbox.simulator.workload.Network;
import io.signalbox.simulator.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Tasks that a simulation gets through in a second of real time, submission included: 50 workflows
 * of 1,000 tasks on 18 devices of five classes, with exact times given.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 3,
    jvmArgs = {"-Xmx2g", "-XX:+UseParallelGC"})
public class SimulationBenchmark {
  private static final int WORKFLOWS = 50;
  private static final int TASKS = 50_000;
  private static final int DEVICES = 18;

  @Param({"fifo", "late", "plb"})
  String policy = "";

  /** Steps of a branch in a workflow; its tasks are 1,000 in all. */
  @Param("5")
  int steps = 5;

  /** Workflows; the score counts 1,000 tasks each, so it is only true of the default. */
  @Param("" + WORKFLOWS)
  int workflows;

  private Scenario scenario = scenario(1, 1);

  /** Generates the workload. */
  @Setup
  public void generate() {
    scenario = scenario(workflows, steps);
  }

  private static Scenario scenario(int workflows, int steps) {
    List<JobPlan> jobs = new ArrayList<>();
    SampleTasks tasks = new SampleTasks(1);
    for (int i = 0; i < workflows; i++) {
      // A source, a sink, and branches in between.
      jobs.add(
          new JobPlan("workflow-" + i, JobHeader.DEFAULT, tasks.workflow(1_000 / steps, steps)));
    }
    List<Fleet.Device> devices = new ArrayList<>();
    for (int i = 0; i < DEVICES; i++) {
      devices.add(new Fleet.Device("device-" + i, SampleFleet.classOf(i), 1, 0));
    }
    return new Scenario(
        new Workload("generated", jobs),
        new Fleet(devices, new Network(1e9, 1e-3)),
        SampleFleet.SPEEDS,
        SampleFleet.CLASSES,
        Scenario.Knowledge.GIVEN);
  }

  /** One run from submission to the last completion. */
  @Benchmark
  @OperationsPerInvocation(TASKS)
  public RunResult simulate() {
    return Simulation.run(scenario, Disturbance.NONE, policy, 1);
  }
}
