package io.signalbox.engine.delivery;

import io.signalbox.core.placement.Placements;
import io.signalbox.engine.delivery.Fault.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/**
 * All that a run is made of, drawn from its seed.
 *
 * @param seed where it came from
 * @param policy the placement policy
 * @param partitions partitions of the pool topics
 * @param devices the fleet
 * @param jobs what is submitted
 * @param faults what goes wrong
 */
record Plan(
    long seed,
    String policy,
    int partitions,
    List<DevicePlan> devices,
    List<JobPlan> jobs,
    List<Fault> faults) {
  /** Faults begin before this many seconds have passed, and so do jobs. */
  static final double TROUBLED_SECONDS = 30;

  /**
   * A device; its number is its place in the list.
   *
   * @param startDelayMillis how long the starts of brief attempts go untold
   */
  record DevicePlan(
      String deviceClass, int slots, int prefetch, int linkedOffers, int startDelayMillis) {}

  /**
   * A job.
   *
   * @param at when its first record is sent
   * @param records how many records it is cut into
   */
  record JobPlan(String id, double at, int records, List<TaskPlan> tasks) {
    /** Its tasks and those that they spawn, by id. */
    Map<String, TaskPlan> all() {
      Map<String, TaskPlan> all = new LinkedHashMap<>();
      for (TaskPlan task : tasks) {
        all.put(task.id(), task);
        task.spawns().forEach(spawned -> all.put(spawned.id(), spawned));
      }
      return all;
    }

    boolean breaks() {
      return all().values().stream().anyMatch(TaskPlan::breaks);
    }
  }

  /**
   * A task.
   *
   * @param seconds how long it takes on a gpu
   * @param failures attempts that fail before one succeeds
   * @param breaks it fails for good
   * @param spawns tasks that it asks for when it succeeds
   */
  record TaskPlan(
      String id,
      String operation,
      List<String> parents,
      double seconds,
      int failures,
      boolean breaks,
      List<TaskPlan> spawns) {}

  static Plan of(long seed) {
    Random random = new Random(seed);
    List<String> policies = Placements.names();
    String policy =
        random.nextInt(3) == 0 ? policies.get(random.nextInt(policies.size())) : Placements.DEFAULT;
    List<DevicePlan> devices = new ArrayList<>();
    int[] links = {0, 1, 4, 16};
    int[] delays = {0, 100, 500};
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      devices.add(
          new DevicePlan(
              random.nextInt(3) > 0 ? "gpu" : "cpu",
              1 + random.nextInt(2),
              random.nextInt(3),
              links[random.nextInt(links.length)],
              delays[(int) Math.floorMod(seed + i, (long) delays.length)]));
    }
    List<JobPlan> jobs = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      jobs.add(job("job" + jobs.size(), random));
    }
    List<Fault> faults = new ArrayList<>();
    for (int i = 2 + random.nextInt(9); i > 0; i--) {
      faults.add(fault(faults.size(), devices.size(), random));
    }
    return new Plan(
        seed, policy, 1 + random.nextInt(2), devices, List.copyOf(jobs), List.copyOf(faults));
  }

  private static JobPlan job(String id, Random random) {
    int size = 1 + random.nextInt(14);
    boolean chain = random.nextBoolean();
    List<TaskPlan> tasks = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      TreeSet<String> parents = new TreeSet<>();
      if (chain && i > 0 && random.nextInt(8) > 0) {
        parents.add("t" + (i - 1));
      }
      for (int p = random.nextInt(chain ? 2 : 3); i > 0 && p > 0; p--) {
        parents.add("t" + random.nextInt(i));
      }
      tasks.add(task("t" + i, List.copyOf(parents), random.nextInt(12) == 0, random));
    }
    int records = 1 + random.nextInt(Math.min(3, size));
    return new JobPlan(id, random.nextDouble() * 15, records, tasks);
  }

  private static TaskPlan task(String id, List<String> parents, boolean spawns, Random random) {
    List<TaskPlan> spawned = new ArrayList<>();
    for (int i = spawns ? 1 + random.nextInt(3) : 0; i > 0; i--) {
      String child = id + "." + spawned.size();
      spawned.add(task(child, random.nextBoolean() ? List.of(id) : List.of(), false, random));
    }
    double seconds = 0.05 + Math.pow(random.nextDouble(), 3) * 4;
    int failures = random.nextInt(12) == 0 ? 1 + random.nextInt(2) : 0;
    boolean breaks = random.nextInt(250) == 0;
    String operation = "op" + random.nextInt(3);
    return new TaskPlan(id, operation, parents, seconds, failures, breaks, List.copyOf(spawned));
  }

  private static Fault fault(int id, int devices, Random random) {
    Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
    double at = random.nextDouble() * TROUBLED_SECONDS;
    double seconds = 0.2 + random.nextDouble() * random.nextDouble() * 15;
    double size =
        switch (kind) {
          case ENGINE_KILLED_AT_AN_EFFECT -> random.nextInt(60);
          case CLOCK_SKEWED -> (random.nextDouble() - 0.5) * (random.nextInt(4) == 0 ? 20 : 1.8);
          case ATTEMPTS_SLOW -> 2 + random.nextDouble() * 20;
          default -> 0.1 + random.nextDouble() * 0.9;
        };
    return new Fault(id, kind, at, seconds, random.nextInt(devices), size);
  }

  Plan with(List<JobPlan> otherJobs, List<Fault> otherFaults) {
    return new Plan(seed, policy, partitions, devices, otherJobs, otherFaults);
  }

  List<Fault> faults(Kind kind) {
    return faults.stream().filter(fault -> fault.kind() == kind).toList();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append("policy %s, %d pool partitions%n".formatted(policy, partitions));
    for (int i = 0; i < devices.size(); i++) {
      text.append("  device d%d %s%n".formatted(i, devices.get(i)));
    }
    for (JobPlan job : jobs) {
      text.append("  %s at %.2f s in %d records%n".formatted(job.id(), job.at(), job.records()));
      job.tasks().forEach(task -> text.append("    ").append(task).append('\n'));
    }
    faults.forEach(fault -> text.append("  ").append(fault).append('\n'));
    return text.toString();
  }
}
