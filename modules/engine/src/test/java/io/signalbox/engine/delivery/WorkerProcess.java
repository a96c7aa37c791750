package io.signalbox.engine.delivery;

import io.signalbox.engine.delivery.Fault.Kind;
import io.signalbox.engine.delivery.Plan.DevicePlan;
import io.signalbox.engine.delivery.Plan.TaskPlan;
import io.signalbox.events.Assignment;
import io.signalbox.events.DeviceTelemetry;
import io.signalbox.events.ErrorType;
import io.signalbox.events.Input;
import io.signalbox.events.TaskEvent;
import io.signalbox.worker.VirtualDevice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeSet;
import org.apache.kafka.common.header.Headers;

/** One life of a device: a process that runs until it is killed, and may stand still meanwhile. */
final class WorkerProcess implements VirtualDevice.World {
  private final World world;
  private final int number;
  private final long incarnation;
  private final DevicePlan plan;
  private final LaneGroup group;
  private final VirtualDevice device;
  private final Channel events;
  private final Channel telemetry;
  private final Queue<Runnable> postponed = new ArrayDeque<>();
  private final TreeSet<Integer> lanes = new TreeSet<>();
  private boolean alive = true;
  private boolean paused;
  private boolean flushes = true;
  private double lastClock;

  WorkerProcess(World world, int number, long incarnation, LaneGroup group) {
    this.world = world;
    this.number = number;
    this.incarnation = incarnation;
    this.group = group;
    this.plan = world.plan.devices().get(number);
    this.events = Channel.events(world, number, () -> alive || flushes);
    this.telemetry = Channel.telemetry(world, number, () -> alive || flushes);
    this.device =
        new VirtualDevice(
            World.POOL,
            "d" + number,
            plan.deviceClass(),
            world.sabotage.slots(plan.slots()),
            plan.prefetch(),
            plan.linkedOffers(),
            Duration.ofMillis(plan.startDelayMillis()),
            incarnation,
            this);
  }

  void start() {
    world.note("%s starts", this);
    world.time.after(world.between(0.01, 0.5), this::tick);
    world.time.after(world.between(0.01, 0.3), () -> step(() -> group.join(this)));
  }

  private void tick() {
    if (alive) {
      step(() -> {
        device.healthy(world.strikes(Kind.HEALTH_FLAPPING, number) == null);
        device.tick();
      });
      world.time.after(1, this::tick);
    }
  }

  /** Something for the process to do: now, when it wakes up, or never. */
  void step(Runnable action) {
    if (paused) {
      postponed.add(action);
    } else if (alive) {
      action.run();
    }
  }

  boolean responds() {
    return alive && !paused;
  }

  void kill() {
    if (alive) {
      world.history.add(new Fact.Died(world.time.now(), toString(), device.holds()));
      world
          .sabotage
          .lastWords("d" + number, incarnation, device.holds())
          .forEach(event -> world.append(Wire.TOPICS.taskEvents(), event, -1));
      alive = false;
      paused = false;
      postponed.clear();
      flushes = world.random.nextBoolean();
      leaveAfterSession();
    }
  }

  void pause() {
    if (responds()) {
      world.note("%s stands still", this);
      paused = true;
      leaveAfterSession();
    }
  }

  private void leaveAfterSession() {
    world.time.after(
        LaneGroup.SESSION_SECONDS,
        () -> {
          if (!responds()) {
            group.leave(this);
          }
        });
  }

  void resume() {
    if (!paused) {
      return;
    }
    world.note("%s goes on", this);
    paused = false;
    while (!postponed.isEmpty() && !paused) {
      step(postponed.remove());
    }
    if (alive && !group.has(this)) {
      revoked(new TreeSet<>(lanes));
      group.join(this);
    }
  }

  void assigned(Collection<Integer> gained) {
    step(() -> {
      lanes.addAll(gained);
      device.assigned(gained);
    });
  }

  void revoked(Collection<Integer> lost) {
    step(() -> {
      lanes.removeAll(lost);
      device.revoked(lost);
    });
  }

  void deliver(Assignment assignment, int lane, Headers headers, Runnable acknowledge) {
    device.deliver(assignment, lane, headers, () -> step(acknowledge));
  }

  @Override
  public Instant now() {
    double skew = 0;
    for (Fault fault : world.plan.faults()) {
      if (fault.kind() == Kind.CLOCK_SKEWED
          && fault.device() == number
          && fault.covers(world.time.now())) {
        skew += fault.size();
      }
    }
    // Within a process it never goes back.
    lastClock = Math.max(lastClock, world.time.now() + skew);
    return Instant.ofEpochSecond((long) VirtualTime.START)
        .plusNanos(Math.round(lastClock * 1e6) * 1_000);
  }

  @Override
  public void say(TaskEvent event, Runnable acknowledged) {
    events.send(event, () -> step(acknowledged));
  }

  @Override
  public void beat(DeviceTelemetry heartbeat) {
    for (Fault fault : world.plan.faults()) {
      boolean silent =
          fault.kind() == Kind.HEARTBEATS_FLAPPING
              && fault.device() == number
              && fault.covers(world.time.now())
              && (world.time.now() - fault.at()) % 5 < 3.7;
      if (silent) {
        world.history.strike(fault);
        return;
      }
    }
    telemetry.send(heartbeat, () -> {});
  }

  @Override
  public void begins(Assignment assignment, List<Input> inputs) {
    String task = assignment.getJob() + "/" + assignment.getTaskId();
    Map<String, String> results = new HashMap<>();
    for (Input input : inputs) {
      results.put(
          input.getTaskId(),
          input.getResult() == null ? "nothing" : VirtualDevice.text(input.getResult()));
    }
    world.history.add(
        new Fact.Began(
            world.time.now(),
            toString(),
            task,
            assignment.getAttempt(),
            results,
            device.running(),
            plan.slots()));
    TaskPlan work = work(assignment);
    Fault slow = world.strikes(Kind.ATTEMPTS_SLOW, number);
    double seconds =
        work.seconds()
            * (plan.deviceClass().equals("cpu") ? 2 : 1)
            * world.between(0.7, 1.3)
            * (slow == null ? 1 : slow.size());
    world.time.after(seconds, () -> step(() -> end(assignment, work)));
  }

  private TaskPlan work(Assignment assignment) {
    return world.plan.jobs().stream()
        .filter(job -> job.id().equals(assignment.getJob()))
        .map(job -> job.all().get(assignment.getTaskId()))
        .filter(Objects::nonNull)
        .findAny()
        .orElseThrow();
  }

  private void end(Assignment assignment, TaskPlan work) {
    String task = assignment.getJob() + "/" + assignment.getTaskId();
    if (work.breaks()) {
      device.failed(assignment, ErrorType.USER);
    } else if (assignment.getAttempt() <= work.failures()
        || world.strikes(Kind.ATTEMPTS_FAILING, number) != null) {
      device.failed(assignment, ErrorType.EXTERNAL);
    } else {
      Fact finished =
          new Fact.Finished(world.time.now(), toString(), task, assignment.getAttempt());
      int before = world.history.facts.size();
      if (device.succeeded(assignment, work.spawns().stream().map(Producer::spec).toList())) {
        // What is linked to it has begun by now, and comes after it.
        world.history.facts.add(before, finished);
      }
    }
  }

  @Override
  public void after(Duration delay, Runnable step) {
    world.time.after(delay.toNanos() / 1e9, () -> step(step));
  }

  @Override
  public void stops(Assignment assignment) {
    world.note(
        "%s stops %s/%s#%d",
        this, assignment.getJob(), assignment.getTaskId(), assignment.getAttempt());
  }

  @Override
  public String toString() {
    return "d" + number + "/" + incarnation;
  }
}
