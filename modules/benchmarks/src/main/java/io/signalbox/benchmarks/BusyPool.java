package io.signalbox.benchmarks;

import io.signalbox.core.agenda.Agenda;
import io.signalbox.core.device.DeviceReport;
import io.signalbox.core.job.AttemptRef;
import io.signalbox.core.job.JobHeader;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.core.placement.Placements;
import io.signalbox.core.pool.Effect;
import io.signalbox.core.pool.Effects;
import io.signalbox.core.pool.Input;
import io.signalbox.core.pool.Pool;
import io.signalbox.core.pool.PoolSettings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A pool with more ready tasks than devices, and workers in virtual time that take every offer at
 * once and run it for its time, give or take: in the steady state, one attempt ends and one task is
 * placed at every step.
 */
final class BusyPool implements Effects {
  /** Devices say nothing after their first heartbeat; leases must not end. */
  private static final double FOREVER_SECONDS = 1e12;

  /** As by default, but for endless leases. */
  static final PoolSettings SETTINGS = settings();

  private static final double NOISE_SIGMA = 0.3;

  private record Attempt(AttemptRef ref, Worker worker, double startedAt, double finishesAt) {}

  private static final class Worker {
    private final String id;
    private final String deviceClass;
    private final ArrayDeque<AttemptRef> offers = new ArrayDeque<>();
    private @Nullable AttemptRef running;

    private Worker(String id, String deviceClass) {
      this.id = id;
      this.deviceClass = deviceClass;
    }
  }

  private final Pool pool;
  private final Map<String, Worker> workers = new HashMap<>();
  private final Agenda<Attempt> running = new Agenda<>();
  private final List<Effect.Offer> offers = new ArrayList<>();
  private final ArrayDeque<Effect.Cancel> cancels = new ArrayDeque<>();
  private final SplittableRandom random = new SplittableRandom(7);
  private final Map<String, Map<String, TaskSpec>> jobs = new HashMap<>();
  private double now = 1;
  private final Effects others;

  /**
   * A pool without tasks.
   *
   * @param policy places the tasks
   * @param devices how many devices of one slot and three prefetched offers
   * @param others takes what isn't for workers
   */
  BusyPool(String policy, int devices, Effects others) {
    this.others = others;
    pool = new Pool("busy", SETTINGS, Placements.named(policy));
    for (int i = 0; i < devices; i++) {
      Worker worker = new Worker("device-" + i, SampleFleet.classOf(i));
      workers.put(worker.id, worker);
      pool.on(new Input.DeviceReported(report(worker)), now, this);
    }
  }

  private static PoolSettings settings() {
    PoolSettings usual = PoolSettings.of(SampleFleet.CLASSES);
    return new PoolSettings(
        usual.deviceClasses(),
        FOREVER_SECONDS,
        usual.clockSkewSeconds(),
        FOREVER_SECONDS,
        usual.maxAttempts(),
        usual.backoffSeconds(),
        usual.maxBackoffSeconds(),
        usual.endedJobSeconds(),
        usual.linkedOffers(),
        usual.limits(),
        usual.placement(),
        usual.speculation());
  }

  private static DeviceReport report(Worker worker) {
    DeviceReport.State active = DeviceReport.State.ACTIVE;
    return new DeviceReport(
        worker.id,
        worker.deviceClass,
        1,
        0,
        active,
        List.of(0),
        1,
        3,
        0,
        List.of(),
        0,
        1e9,
        1e-3,
        0,
        true,
        Set.of());
  }

  /** Submits a job in records of up to 1,000 tasks. */
  void submit(String job, List<TaskSpec> tasks) {
    Map<String, TaskSpec> byId = new HashMap<>();
    tasks.forEach(task -> byId.put(task.id(), task));
    jobs.put(job, byId);
    for (int from = 0; from < tasks.size(); from += 1_000) {
      int to = Math.min(tasks.size(), from + 1_000);
      List<TaskSpec> record = tasks.subList(from, to);
      pool.on(
          new Input.TasksSubmitted(job, JobHeader.DEFAULT, record, to == tasks.size()), now, this);
    }
  }

  /** Places what can be placed. */
  void tick() {
    pool.tick(now, this);
    stop();
    for (Effect.Offer offer : offers) {
      Worker worker = Objects.requireNonNull(workers.get(offer.device()));
      worker.offers.add(offer.attempt());
      goOn(worker);
    }
    offers.clear();
  }

  /** The next attempts end, their devices go on, and tasks are placed. */
  void step(int ends) {
    for (int i = 0; i < ends; i++) {
      end();
    }
    tick();
  }

  private void end() {
    Attempt ended = running.remove();
    while (!ended.ref.equals(ended.worker.running)) {
      // It was cancelled.
      ended = running.remove();
    }
    now = ended.finishesAt;
    Worker worker = ended.worker;
    worker.running = null;
    pool.on(
        new Input.AttemptCompleted(ended.ref, worker.id, 1, ended.startedAt, now, null, List.of()),
        now,
        this);
    goOn(worker);
  }

  private void goOn(Worker worker) {
    if (worker.running == null && !worker.offers.isEmpty()) {
      AttemptRef attempt = worker.offers.remove();
      worker.running = attempt;
      pool.on(new Input.AttemptStarted(attempt, worker.id, 1, now), now, this);
      double finishesAt = now + seconds(attempt, worker.deviceClass);
      running.add(finishesAt, new Attempt(attempt, worker, now, finishesAt));
    }
  }

  /** The copies that lost a race stop. */
  private void stop() {
    while (!cancels.isEmpty()) {
      Effect.Cancel cancel = cancels.remove();
      Worker worker = Objects.requireNonNull(workers.get(cancel.device()));
      worker.offers.remove(cancel.attempt());
      if (cancel.attempt().equals(worker.running)) {
        worker.running = null;
        goOn(worker);
      }
    }
  }

  private double seconds(AttemptRef attempt, String deviceClass) {
    TaskSpec task = Objects.requireNonNull(jobs.get(attempt.job())).get(attempt.task());
    double noise = Math.exp(random.nextGaussian(-NOISE_SIGMA * NOISE_SIGMA / 2, NOISE_SIGMA));
    return SampleFleet.SPEEDS.secondsOn(Objects.requireNonNull(task), deviceClass) * noise;
  }

  @Override
  public void emit(Effect effect) {
    switch (effect) {
      case Effect.Offer offer -> offers.add(offer);
      case Effect.Refuse refuse -> throw new IllegalStateException(refuse.reason());
      case Effect.Cancel cancel -> cancels.add(cancel);
      case Effect.Save save -> others.emit(save);
      case Effect.Delete delete -> others.emit(delete);
      case Effect.Publish publish -> others.emit(publish);
      case Effect.NeedLanes more -> others.emit(more);
      case Effect.ShareModel share -> others.emit(share);
    }
  }
}
