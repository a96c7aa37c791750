package io.signalbox.core.placement;

import io.signalbox.core.device.DeviceClass;
import io.signalbox.core.device.DeviceReport;
import io.signalbox.core.fairness.FairnessSettings;
import io.signalbox.core.job.JobHeader;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.core.plan.PlanSettings;
import io.signalbox.core.pool.Effect;
import io.signalbox.core.pool.Input;
import io.signalbox.core.pool.JobView;
import io.signalbox.core.pool.Pool;
import io.signalbox.core.pool.PoolSettings;
import io.signalbox.core.priority.PrioritySettings;
import io.signalbox.core.priority.PriorityWeights;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * A real pool under virtual time: workers start what they are offered at once and take exactly as
 * long as the task's estimate for their class says, so that what is seen is the scheduler's doing.
 */
final class VirtualPool {
  static final List<DeviceClass> CLASSES =
      List.of(
          new DeviceClass("gpu", 100, 0, 400, 50),
          new DeviceClass("npu", 50, 0, 150, 20),
          new DeviceClass("cpu", 2, 0, 200, 100));

  /**
   * An attempt that was started.
   *
   * @param tenant whose it is
   * @param job its job
   * @param task its task
   * @param deviceClass where it runs
   * @param at when it started
   * @param seconds how long it takes
   * @param price what a second of it cost then
   */
  record Run(
      String tenant,
      String job,
      String task,
      String deviceClass,
      double at,
      double seconds,
      double price) {
    double endsAt() {
      return at + seconds;
    }

    /** Seconds of it that lie between two times. */
    double secondsWithin(double from, double to) {
      return Math.max(0, Math.min(to, endsAt()) - Math.max(from, at));
    }
  }

  private record Finish(Run run, Effect.Offer offer) {}

  private final Pool pool;
  private final Map<String, String> tenants = new HashMap<>();
  private final Map<String, TaskSpec> waiting = new HashMap<>();
  private final Map<String, Integer> waitingOf = new HashMap<>();
  private final PriorityQueue<Finish> finishes =
      new PriorityQueue<>(
          Comparator.<Finish>comparingDouble(finish -> finish.run().endsAt())
              .thenComparing(finish -> finish.offer().attempt().toString()));
  private final List<Effect.Offer> offers = new ArrayList<>();
  private final List<Run> runs = new ArrayList<>();
  private PlanGuided policy;
  private int slots;
  private double now;
  private double idleSeconds;

  VirtualPool(FairnessSettings fairness, PriorityWeights weights, double agingSeconds) {
    PlacementSettings defaults = PlacementSettings.DEFAULT;
    PoolSettings settings = PoolSettings.of(CLASSES);
    pool =
        new Pool(
            "virtual",
            new PoolSettings(
                settings.deviceClasses(),
                settings.offerSeconds(),
                settings.clockSkewSeconds(),
                1e9,
                settings.maxAttempts(),
                settings.backoffSeconds(),
                settings.maxBackoffSeconds(),
                1,
                0,
                settings.limits(),
                new PlacementSettings(
                    defaults.policy(),
                    new PrioritySettings("rank", weights, agingSeconds),
                    fairness,
                    PlanSettings.DEFAULT,
                    defaults.stealRatio(),
                    defaults.secondsPerMegajoule(),
                    defaults.warmSeconds()),
                PoolSettings.Speculation.OFF),
            (fleet, estimator, placing) -> {
              policy = new PlanGuided(fleet, estimator, placing);
              return policy;
            });
  }

  /** Devices of a class, of one slot each. */
  VirtualPool devices(String deviceClass, int count) {
    for (int i = 0; i < count; i++) {
      DeviceReport report =
          new DeviceReport(
              deviceClass + "-" + i,
              deviceClass,
              1,
              0,
              DeviceReport.State.ACTIVE,
              List.of(slots++),
              1,
              0,
              0,
              List.of(),
              0,
              0,
              0,
              0,
              true,
              Set.of());
      pool.on(new Input.DeviceReported(report), now, this::take);
    }
    return this;
  }

  /** A job of a tenant, in records of at most a thousand tasks. */
  void submit(String job, String tenant, List<TaskSpec> specs) {
    tenants.put(job, tenant);
    waitingOf.merge(tenant, specs.size(), Integer::sum);
    JobHeader header = new JobHeader(tenant, null, Map.of(), null);
    specs.forEach(spec -> waiting.put(job + "/" + spec.id(), spec));
    for (int from = 0; from < specs.size(); from += 1_000) {
      int to = Math.min(specs.size(), from + 1_000);
      pool.on(
          new Input.TasksSubmitted(job, header, specs.subList(from, to), to == specs.size()),
          now,
          this::take);
    }
  }

  /** A task of an operation that takes so long by class; classes that aren't named run it not. */
  static TaskSpec task(
      String id, String operation, double work, Map<String, Double> secondsPerWork, String... on) {
    Map<String, Double> seconds = new HashMap<>();
    secondsPerWork.forEach((name, factor) -> seconds.put(name, factor * work));
    TaskSpec bare = TaskSpec.of(id, operation, on);
    return new TaskSpec(
        id,
        operation,
        "",
        bare.dependencies(),
        work,
        seconds,
        secondsPerWork.keySet().stream().sorted().toList(),
        0,
        null,
        0,
        0);
  }

  /** Places what can be placed now; then the next attempt ends, or a time is reached. */
  void step(double notAfter) {
    pool.tick(now, this::take);
    List<Effect.Offer> made = List.copyOf(offers);
    offers.clear();
    made.forEach(this::start);
    double next =
        finishes.isEmpty() ? notAfter : Math.min(notAfter, finishes.peek().run().endsAt());
    idleSeconds += (slots - finishes.size()) * (next - now);
    now = next;
    while (!finishes.isEmpty() && finishes.peek().run().endsAt() <= now) {
      finish(finishes.remove());
    }
  }

  private void start(Effect.Offer offer) {
    String job = offer.attempt().job();
    String tenant = tenants.get(job);
    TaskSpec spec = waiting.remove(job + "/" + offer.attempt().task());
    waitingOf.merge(tenant, -1, Integer::sum);
    double seconds = spec.estimates().get(offer.deviceClass());
    Run run =
        new Run(
            tenant,
            job,
            spec.id(),
            offer.deviceClass(),
            now,
            seconds,
            policy.plan().price(offer.deviceClass()));
    runs.add(run);
    finishes.add(new Finish(run, offer));
    pool.on(new Input.AttemptStarted(offer.attempt(), offer.device(), 1, now), now, this::take);
  }

  private void finish(Finish finish) {
    Effect.Offer offer = finish.offer();
    pool.on(
        new Input.AttemptCompleted(
            offer.attempt(), offer.device(), 1, finish.run().at(), now, null, List.of()),
        now,
        this::take);
  }

  private void take(Effect effect) {
    switch (effect) {
      case Effect.Offer offer -> offers.add(offer);
      case Effect.Refuse refuse -> throw new IllegalStateException(refuse.reason());
      case Effect.Cancel cancel -> throw new IllegalStateException("cancelled: " + cancel);
      case Effect.Save save -> {}
      case Effect.Delete delete -> {}
      case Effect.Publish publish -> {}
      case Effect.NeedLanes need -> {}
      case Effect.ShareModel share -> {}
    }
  }

  double now() {
    return now;
  }

  int slots() {
    return slots;
  }

  /** Seconds for which slots had nothing to do, over all slots. */
  double idleSeconds() {
    return idleSeconds;
  }

  /** Tasks of a tenant that could start. */
  int ready(String tenant) {
    return pool.jobs().stream()
        .filter(job -> job.header().tenant().equals(tenant))
        .mapToInt(JobView::ready)
        .sum();
  }

  /** Tasks of a tenant that haven't been started. */
  int waiting(String tenant) {
    return waitingOf.getOrDefault(tenant, 0);
  }

  /** Every attempt so far, in the order of their starts. */
  List<Run> runs() {
    return runs;
  }
}
