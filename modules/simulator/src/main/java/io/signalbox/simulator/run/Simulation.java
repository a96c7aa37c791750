package io.signalbox.simulator.run;

import io.signalbox.core.job.TaskRef;
import io.signalbox.core.placement.PlacementFactory;
import io.signalbox.core.placement.Placements;
import io.signalbox.core.pool.Effect;
import io.signalbox.core.pool.Input;
import io.signalbox.core.pool.Pool;
import io.signalbox.core.pool.PoolSettings;
import io.signalbox.simulator.policy.Policies;
import io.signalbox.simulator.scenario.Disturbance;
import io.signalbox.simulator.scenario.Scenario;
import io.signalbox.simulator.workload.Fleet;
import io.signalbox.simulator.workload.JobPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One run of a scenario in virtual time, around the pool that the engine runs: devices take each
 * offer at once, wait for its inputs, run it for its exact time on their class, disturbed or not,
 * and say so. Transfers run from the parent's finish on and don't hinder each other. Equal
 * scenario, policy, disturbance and seed give an equal run.
 */
public final class Simulation {
  /** Longer than any run: offers and leases never end here. */
  private static final double FOREVER_SECONDS = 1e15;

  private final Scenario scenario;
  private final Disturbance disturbance;
  private final String policy;
  private final long seed;
  private final Pool pool;
  private final PoolEffects effects = new PoolEffects();
  private final EventQueue events = new EventQueue();
  private final Map<String, VirtualDevice> devices = new HashMap<>();
  private final Map<TaskRef, Integer> taskNumbers = new HashMap<>();
  private final List<PlacedTask> done = new ArrayList<>();
  private final double[] finishedAt;
  private final String[] finishedOn;
  private double now;
  private int decisions;
  private int started;
  private long decisionNanos;

  private Simulation(Scenario scenario, Disturbance disturbance, String policy, long seed) {
    this.scenario = scenario;
    this.disturbance = disturbance;
    this.policy = policy;
    this.seed = seed;
    PlacementFactory placement = Policies.named(policy, scenario, seed);
    this.pool = new Pool("simulation", settings(scenario), placement);
    List<TaskRef> tasks = scenario.problem().tasks();
    for (int task = 0; task < tasks.size(); task++) {
      taskNumbers.put(tasks.get(task), task);
    }
    finishedAt = new double[tasks.size()];
    finishedOn = new String[tasks.size()];
  }

  private static PoolSettings settings(Scenario scenario) {
    int most = Integer.MAX_VALUE;
    PoolSettings.Limits limits =
        new PoolSettings.Limits(most, most, most, most, 10_000, most, most);
    return new PoolSettings(
        scenario.classes(),
        FOREVER_SECONDS,
        0,
        FOREVER_SECONDS,
        most,
        0,
        0,
        FOREVER_SECONDS,
        limits,
        Placements.DEFAULT);
  }

  /**
   * Runs a scenario to its end.
   *
   * @param scenario the workload and the fleet
   * @param disturbance noise and stragglers
   * @param policy one of {@link Policies#names}
   * @param seed of the disturbance, and of the policy where it draws lots
   * @throws IllegalArgumentException when there is no such policy or the pool refuses the workload
   */
  public static RunResult run(
      Scenario scenario, Disturbance disturbance, String policy, long seed) {
    return new Simulation(scenario, disturbance, policy, seed).run();
  }

  private RunResult run() {
    join();
    submit();
    decide();
    while (events.next() < Double.POSITIVE_INFINITY) {
      now = events.next();
      for (Attempt attempt = events.take(now); attempt != null; attempt = events.take(now)) {
        happen(attempt);
      }
      decide();
    }
    if (done.size() < finishedAt.length) {
      throw new IllegalStateException(
          "policy '%s' leaves %d of %d tasks waiting for ever"
              .formatted(policy, finishedAt.length - done.size(), finishedAt.length));
    }
    return new RunResult(
        policy, seed, done, started, decisions, effects.deadlineMisses(), decisionNanos);
  }

  private void join() {
    for (Fleet.Device device : scenario.fleet().devices()) {
      int classNumber = scenario.problem().classes().indexOf(device.deviceClass());
      VirtualDevice joined = new VirtualDevice(device, classNumber);
      devices.put(device.id(), joined);
      pool.on(new Input.DeviceReported(joined.report(scenario.fleet().network())), now, effects);
    }
  }

  private void submit() {
    for (JobPlan plan : scenario.submissions()) {
      Double deadline = plan.header().deadline();
      if (deadline != null) {
        effects.expect(plan.job(), deadline);
      }
      pool.on(
          new Input.TasksSubmitted(plan.job(), plan.header(), plan.tasks(), true), now, effects);
    }
  }

  /** Lets the pool decide after all that happens at one time, and hands out what it decided. */
  private void decide() {
    long before = System.nanoTime();
    pool.tick(now, effects);
    decisionNanos += System.nanoTime() - before;
    effects.takeCancels().forEach(this::cancelled);
    for (Effect.Offer offer : effects.takeOffers()) {
      decisions++;
      offered(offer);
    }
  }

  private void offered(Effect.Offer offer) {
    VirtualDevice device = devices.get(offer.device());
    Integer task = taskNumbers.get(offer.attempt().taskRef());
    if (device == null || task == null) {
      throw new IllegalStateException(offer + " is for nobody");
    }
    Attempt attempt = new Attempt(offer.attempt(), task, device);
    if (device.take(attempt)) {
      schedule(attempt);
    }
  }

  private void cancelled(Effect.Cancel cancel) {
    VirtualDevice device = devices.get(cancel.device());
    Attempt attempt = device == null ? null : device.find(cancel.attempt());
    if (attempt != null) {
      leave(attempt);
    }
  }

  /** The attempt has a slot: it starts as soon as its inputs are there. */
  private void schedule(Attempt attempt) {
    attempt.startsAt = Math.max(now, inputsOn(attempt.device.device.id(), attempt.task));
    double exact =
        scenario.problem().secondsByTaskAndClass()[attempt.task][attempt.device.classNumber];
    double seconds = exact * disturbance.factor(seed, attempt.task, attempt.ref.attempt());
    attempt.finishesAt = attempt.startsAt + seconds;
    if (attempt.startsAt > now) {
      events.add(attempt.startsAt, attempt);
    } else {
      start(attempt);
    }
  }

  private double inputsOn(String device, int task) {
    int[] parents = scenario.problem().parents()[task];
    double there = 0;
    for (int i = 0; i < parents.length; i++) {
      boolean near = device.equals(finishedOn[parents[i]]);
      double transfer = near ? 0 : scenario.transferSeconds()[task][i];
      there = Math.max(there, finishedAt[parents[i]] + transfer);
    }
    return there;
  }

  private void happen(Attempt attempt) {
    if (attempt.over) {
      return;
    }
    if (attempt.running) {
      finish(attempt);
    } else {
      start(attempt);
    }
  }

  private void start(Attempt attempt) {
    attempt.running = true;
    started++;
    String device = attempt.device.device.id();
    pool.on(new Input.AttemptStarted(attempt.ref, device, 1, attempt.startsAt), now, effects);
    events.add(attempt.finishesAt, attempt);
  }

  private void finish(Attempt attempt) {
    if (finishedOn[attempt.task] == null) {
      record(attempt);
    }
    leave(attempt);
    pool.on(
        new Input.AttemptCompleted(
            attempt.ref,
            attempt.device.device.id(),
            1,
            attempt.startsAt,
            attempt.finishesAt,
            null,
            List.of()),
        now,
        effects);
  }

  private void record(Attempt attempt) {
    double ready = 0;
    for (int parent : scenario.problem().parents()[attempt.task]) {
      ready = Math.max(ready, finishedAt[parent]);
    }
    finishedAt[attempt.task] = attempt.finishesAt;
    finishedOn[attempt.task] = attempt.device.device.id();
    done.add(
        new PlacedTask(
            attempt.task,
            attempt.ref.attempt(),
            attempt.device.device,
            attempt.slot,
            ready,
            attempt.startsAt,
            attempt.finishesAt));
  }

  private void leave(Attempt attempt) {
    Attempt next = attempt.device.leave(attempt);
    if (next != null) {
      schedule(next);
    }
  }
}
