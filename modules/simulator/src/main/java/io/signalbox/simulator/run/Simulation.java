package io.signalbox.simulator.run;

import io.signalbox.core.hotspot.HotspotSettings;
import io.signalbox.core.pool.Effect;
import io.signalbox.core.pool.Input;
import io.signalbox.core.pool.Pool;
import io.signalbox.core.pool.PoolSettings;
import io.signalbox.simulator.policy.Policies;
import io.signalbox.simulator.scenario.Disturbance;
import io.signalbox.simulator.scenario.Scenario;
import io.signalbox.simulator.scenario.Submission;
import io.signalbox.simulator.workload.JobPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of a scenario in virtual time, around the pool that the engine runs. Transfers run from
 * the parent's finish on and don't hinder each other; the data of a lost device stays within reach.
 * Equal scenario, policy, disturbance and seed give an equal run.
 */
public final class Simulation {
  /** Longer than any run: where no device is lost, offers and leases never end. */
  private static final double FOREVER_SECONDS = 1e15;

  private static final double NEVER = Double.POSITIVE_INFINITY;

  /** Times that the clock alone may wake the pool while no device has anything to do. */
  private static final int MOST_IDLE_WAKES = 100_000;

  private final Scenario scenario;
  private final String policy;
  private final long seed;
  private final Pool pool;
  private final PoolEffects effects = new PoolEffects();
  private final EventQueue events = new EventQueue();
  private final RunLog log;
  private final Execution execution;
  private final @Nullable Outages outages;
  private final @Nullable TaskWatch watch;
  private final @Nullable HotspotWatch hotspots;
  private double now;
  private int decisions;
  private int idleWakes;
  private long decisionNanos;

  private Simulation(
      Scenario scenario,
      Disturbance disturbance,
      String policy,
      Rules rules,
      long seed,
      @Nullable TaskWatch watch) {
    this.watch = watch;
    this.scenario = scenario;
    this.policy = policy;
    this.seed = seed;
    disturbance.check(scenario.fleet());
    boolean lossless = disturbance.outages().isEmpty();
    PoolSettings endless = settings(scenario, rules);
    PoolSettings settings = lossless ? endless : Outages.finite(endless, scenario);
    this.pool = new Pool("simulation", settings, Policies.named(policy, scenario, seed));
    this.log = new RunLog(scenario);
    if (watch != null) {
      watch.begin(scenario);
    }
    this.execution = new Execution(scenario, disturbance, seed, pool, effects, events, log);
    HotspotSettings adaptation = rules.adaptation();
    this.hotspots = adaptation == null ? null : new HotspotWatch(adaptation);
    execution.watch(hotspots);
    execution.join(rules.linkedOffers(), now);
    this.outages =
        lossless ? null : new Outages(disturbance.outages(), settings, execution, events);
  }

  private static PoolSettings settings(Scenario scenario, Rules rules) {
    int most = Integer.MAX_VALUE;
    PoolSettings.Limits limits =
        new PoolSettings.Limits(most, most, most, most, 10_000, most, most, most);
    return new PoolSettings(
        scenario.classes(),
        FOREVER_SECONDS,
        0,
        FOREVER_SECONDS,
        most,
        0,
        0,
        FOREVER_SECONDS,
        rules.linkedOffers(),
        limits,
        rules.placement(),
        rules.speculation());
  }

  /**
   * Runs a scenario to its end. Stragglers get copies where that is usual for the policy.
   *
   * @param scenario the workload and the fleet
   * @param disturbance noise, stragglers and lost devices
   * @param policy one of {@link Policies#names}
   * @param seed of the disturbance, and of the policy where it draws lots
   * @throws IllegalArgumentException when there is no such policy, a lost device isn't in the fleet
   *     or the pool refuses the workload
   * @throws StuckException when tasks wait for ever, for instance for devices that are lost
   */
  public static RunResult run(
      Scenario scenario, Disturbance disturbance, String policy, long seed) {
    return run(scenario, disturbance, policy, Rules.of(policy), seed);
  }

  /** The same with copies of stragglers, or without, whatever is usual for the policy. */
  public static RunResult run(
      Scenario scenario,
      Disturbance disturbance,
      String policy,
      PoolSettings.Speculation speculation,
      long seed) {
    return run(scenario, disturbance, policy, Rules.of(policy).with(speculation), seed);
  }

  /** The same by rules that aren't the usual ones. */
  public static RunResult run(
      Scenario scenario, Disturbance disturbance, String policy, Rules rules, long seed) {
    return new Simulation(scenario, disturbance, policy, rules, seed, null).run();
  }

  /**
   * The same as {@link #run(Scenario, Disturbance, String, long)}, while a task is watched.
   *
   * @param watch takes what is said of the task, which must be one of the scenario's
   */
  public static RunResult run(
      Scenario scenario, Disturbance disturbance, String policy, long seed, TaskWatch watch) {
    return run(scenario, disturbance, policy, Rules.of(policy), seed, watch);
  }

  /** The same, watched, by rules that aren't the usual ones. */
  public static RunResult run(
      Scenario scenario,
      Disturbance disturbance,
      String policy,
      Rules rules,
      long seed,
      TaskWatch watch) {
    return new Simulation(scenario, disturbance, policy, rules, seed, watch).run();
  }

  private RunResult run() {
    for (Submission submission : scenario.submissions()) {
      events.add(submission.atSeconds(), new Happening.Arrival(submission));
    }
    int tasks = scenario.problem().tasks().size();
    for (double next = next(); waiting(tasks) > 0 && next < NEVER; next = next()) {
      now = next;
      if (hotspots != null) {
        hotspots.judge(now, news -> pool.on(news, now, effects));
      }
      for (Happening due = events.take(now); due != null; due = events.take(now)) {
        happen(due);
      }
      decide();
    }
    if (waiting(tasks) > 0) {
      throw new StuckException(
          "policy '%s' leaves %d of %d tasks of %s waiting for ever%s"
              .formatted(
                  policy,
                  waiting(tasks),
                  tasks,
                  scenario.workload().name(),
                  outages == null ? "" : "; no device is left that may run them"));
    }
    if (watch != null) {
      watch.end(log);
    }
    return new RunResult(
        policy,
        seed,
        log.done(),
        log.wasted(),
        log.started(),
        log.copies(),
        decisions,
        effects.deadlineMisses(),
        effects.rejected(),
        decisionNanos);
  }

  /** Tasks of admitted jobs that aren't done. */
  private int waiting(int tasks) {
    return tasks - effects.rejectedTasks() - log.done().size();
  }

  /** When something happens next: to a device, or in the pool by the clock alone. */
  private double next() {
    double event = events.next();
    double due = pool.nextDue(now);
    if (event < NEVER) {
      idleWakes = 0;
      event = hotspots == null ? event : Math.min(event, hotspots.nextDue());
    } else if (++idleWakes > MOST_IDLE_WAKES) {
      return NEVER;
    }
    return due < FOREVER_SECONDS / 2 ? Math.min(event, due) : event;
  }

  private void happen(Happening happening) {
    switch (happening) {
      case Attempt attempt -> execution.proceed(attempt, now);
      case Happening.Arrival arrival -> submit(arrival.submission().plan());
      case Happening.Silence silence -> lossy().begin(silence.device(), now);
      case Happening.Return back -> lossy().end(back.device(), now);
    }
  }

  private Outages lossy() {
    if (outages == null) {
      throw new IllegalStateException("a device is lost where none should be");
    }
    return outages;
  }

  private void submit(JobPlan plan) {
    Double deadline = plan.header().deadline();
    if (deadline != null) {
      effects.expect(plan.job(), deadline);
    }
    pool.on(new Input.TasksSubmitted(plan.job(), plan.header(), plan.tasks(), true), now, effects);
  }

  /** Lets the pool decide after all that happens at one time, and hands out what it decided. */
  private void decide() {
    if (outages != null) {
      outages.heartbeats(now);
    }
    long before = System.nanoTime();
    pool.tick(now, effects);
    decisionNanos += System.nanoTime() - before;
    effects.takeCancels().forEach(cancel -> execution.cancelled(cancel, now));
    List<Effect.Offer> offers = effects.takeOffers();
    for (Effect.Offer offer : offers) {
      decisions++;
      execution.offered(offer, now);
    }
    if (watch != null) {
      watch.look(pool, now, log, offers);
    }
  }
}
