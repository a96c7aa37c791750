package io.signalbox.simulator.run;

import io.signalbox.core.device.DeviceClass;
import io.signalbox.core.job.Dependency;
import io.signalbox.core.job.JobHeader;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.simulator.generator.GeneratedOperations;
import io.signalbox.simulator.generator.GeneratedWorkload;
import io.signalbox.simulator.generator.Shape;
import io.signalbox.simulator.scenario.Arrivals;
import io.signalbox.simulator.scenario.Scenario;
import io.signalbox.simulator.workload.Fleet;
import io.signalbox.simulator.workload.JobPlan;
import io.signalbox.simulator.workload.Network;
import io.signalbox.simulator.workload.Speeds;
import io.signalbox.simulator.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/** Scenarios for tests: small ones by hand, and random ones. */
public final class Scenarios {
  /** Throughput doesn't matter here; the CPU takes 100 W busy and 40 W idle, the others nothing. */
  public static final List<DeviceClass> CLASSES =
      List.of(
          new DeviceClass("gpu", 100, 0, 0, 0),
          new DeviceClass("npu", 50, 0, 0, 0),
          new DeviceClass("cpu", 1, 0, 100, 40));

  private static final Speeds SPEEDS =
      new Speeds(
          Map.of("gpu", 8.0, "npu", 4.0, "cpu", 1.0),
          Map.of("text", Map.of("gpu", 2.0, "npu", 5.0), "io", Map.of("gpu", 0.5, "npu", 0.5)));

  private Scenarios() {}

  /** One job on a fleet; a class takes work / its speed, by default 8 (gpu), 4 (npu), 1 (cpu). */
  public static Scenario of(Fleet fleet, TaskSpec... tasks) {
    return of(fleet, List.of(new JobPlan("job", JobHeader.DEFAULT, List.of(tasks))));
  }

  public static Scenario of(Fleet fleet, List<JobPlan> jobs) {
    return of(fleet, jobs, Arrivals.together(jobs.size()));
  }

  public static Scenario of(Fleet fleet, List<JobPlan> jobs, Arrivals arrivals) {
    return new Scenario(
        new Workload("by hand", jobs), arrivals, fleet, SPEEDS, CLASSES, Scenario.Knowledge.GIVEN);
  }

  /** Devices written as "gpu-1", "cpu-1:4" (with slots); transfers take a second plus bytes. */
  public static Fleet fleet(String... devices) {
    List<Fleet.Device> all = new ArrayList<>();
    for (String device : devices) {
      String[] parts = device.split(":");
      int slots = parts.length > 1 ? Integer.parseInt(parts[1]) : 1;
      all.add(new Fleet.Device(parts[0], parts[0].split("-")[0], slots, 0));
    }
    return new Fleet(all, new Network(1, 1));
  }

  /** A task of some work whose parents hand over no bytes. */
  public static TaskSpec task(String id, double work, String... parents) {
    return task(id, "op", work, List.of(), dependencies(0, parents));
  }

  public static List<Dependency> dependencies(long bytes, String... parents) {
    return List.of(parents).stream().map(parent -> new Dependency(parent, bytes)).toList();
  }

  public static TaskSpec task(
      String id, String operation, double work, List<String> classes, List<Dependency> parents) {
    return new TaskSpec(id, operation, "", parents, work, Map.of(), classes, 0, null, 0, 0);
  }

  /** Up to four generated jobs of any shapes that arrive over a time, on up to eight devices. */
  public static Scenario generated(Random random) {
    List<JobPlan> jobs = new ArrayList<>();
    for (int j = 0; j <= random.nextInt(4); j++) {
      Shape shape = Shape.values()[random.nextInt(Shape.values().length)];
      int tasks = 1 + random.nextInt(80);
      Workload workload = new GeneratedWorkload(shape, tasks, random.nextLong()).workload();
      jobs.add(workload.jobs().getFirst().named("job" + j));
    }
    Arrivals arrivals = Arrivals.poisson(0.05, jobs.size(), random.nextLong());
    Network network = new Network(random.nextBoolean() ? 1e8 : 3e9, 0.01);
    return new Scenario(
        new Workload("generated", jobs),
        arrivals,
        new Fleet(randomFleet(random).devices(), network),
        GeneratedOperations.addTo(SPEEDS, CLASSES),
        CLASSES,
        random.nextInt(3) == 0 ? Scenario.Knowledge.LEARNED : Scenario.Knowledge.GIVEN);
  }

  /** Up to three devices of each class, of up to three slots. */
  private static Fleet randomFleet(Random random) {
    List<String> devices = new ArrayList<>();
    // Every class is there, so that tasks may be restricted to any.
    for (String name : List.of("cpu", "gpu", "npu")) {
      for (int i = 0; i <= random.nextInt(3); i++) {
        devices.add(name + "-" + i + ":" + (1 + random.nextInt(3)));
      }
    }
    return fleet(devices.toArray(String[]::new));
  }

  /** Up to three jobs of up to 60 tasks of three operations on up to eight devices. */
  public static Scenario random(Random random) {
    Fleet fleet = randomFleet(random);
    List<JobPlan> jobs = new ArrayList<>();
    for (int j = 0; j <= random.nextInt(3); j++) {
      jobs.add(new JobPlan("job" + j, JobHeader.DEFAULT, tasks(random)));
    }
    return of(fleet, jobs);
  }

  private static List<TaskSpec> tasks(Random random) {
    List<TaskSpec> tasks = new ArrayList<>();
    int size = 1 + random.nextInt(60);
    for (int i = 0; i < size; i++) {
      TreeSet<String> parents = new TreeSet<>();
      for (int p = 0; i > 0 && p < random.nextInt(4); p++) {
        parents.add("t" + random.nextInt(i));
      }
      List<String> classes = random.nextInt(6) == 0 ? List.of("cpu", "npu") : List.of();
      tasks.add(
          task(
              "t" + i,
              List.of("image", "text", "io").get(random.nextInt(3)),
              1 + random.nextInt(40),
              random.nextInt(10) == 0 ? List.of("gpu") : classes,
              dependencies(random.nextInt(5), parents.toArray(String[]::new))));
    }
    return tasks;
  }
}
