package io.signalbox.engine.delivery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The devices' processes, and what befalls them. */
final class WorkerFleet {
  private static final double ZOMBIE_SECONDS = 10;

  private final World world;
  private final Map<String, LaneGroup> groups = new HashMap<>();
  private final List<WorkerProcess> current = new ArrayList<>();
  private final List<Long> incarnations = new ArrayList<>();

  WorkerFleet(World world) {
    this.world = world;
    for (String name : Delivery.CLASSES) {
      groups.put(name, new LaneGroup(world, name, 1 + world.random.nextInt(4)));
    }
  }

  LaneGroup group(String deviceClass) {
    LaneGroup group = groups.get(deviceClass);
    if (group == null) {
      throw new IllegalArgumentException("no class " + deviceClass);
    }
    return group;
  }

  void start() {
    for (int i = 0; i < world.plan.devices().size(); i++) {
      incarnations.add(0L);
      current.add(begin(i));
    }
    world.plan.faults().forEach(fault -> world.time.at(fault.at(), () -> strike(fault)));
  }

  private WorkerProcess begin(int device) {
    long incarnation = incarnations.get(device) + 1;
    incarnations.set(device, incarnation);
    WorkerProcess process = new WorkerProcess(world, device, incarnation, groupOf(device));
    process.start();
    return process;
  }

  private LaneGroup groupOf(int device) {
    return group(world.plan.devices().get(device).deviceClass());
  }

  private void strike(Fault fault) {
    WorkerProcess process = current.get(fault.device());
    switch (fault.kind()) {
      case WORKER_KILLED -> {
        world.history.strike(fault);
        process.kill();
        world.time.after(fault.seconds(), () -> restart(fault.device(), process));
      }
      case WORKER_PAUSED -> {
        world.history.strike(fault);
        process.pause();
        world.time.after(fault.seconds(), process::resume);
      }
      case WORKER_REPLACED_WHILE_PAUSED -> replace(fault, process);
      case CLOCK_SKEWED -> world.history.strike(fault);
      case LANES_MOVED -> {
        world.history.strike(fault);
        groupOf(fault.device()).move(world.chance(fault).nextInt(8));
      }
      case LANES_READ_AGAIN -> {
        world.history.strike(fault);
        groupOf(fault.device())
            .readAgain(world.chance(fault).nextInt(8), 1 + world.chance(fault).nextInt(20));
      }
      default -> {
        // Of others' concern.
      }
    }
  }

  private void restart(int device, WorkerProcess dead) {
    if (current.get(device) == dead) {
      current.set(device, begin(device));
    }
  }

  /** A process hangs, another one takes its place, and then the old one wakes up. */
  private void replace(Fault fault, WorkerProcess process) {
    world.history.strike(fault);
    process.pause();
    world.time.after(fault.seconds() / 2, () -> restart(fault.device(), process));
    world.time.after(fault.seconds(), process::resume);
    world.time.after(fault.seconds() + ZOMBIE_SECONDS, process::kill);
  }
}
