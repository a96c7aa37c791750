package io.signalbox.core.placement;

import io.signalbox.core.device.ClassDevices;
import io.signalbox.core.device.Device;
import io.signalbox.core.device.Fleet;
import io.signalbox.core.estimate.RunTimeEstimator;
import io.signalbox.core.fairness.FairShares;
import io.signalbox.core.hotspot.HotOperation;
import io.signalbox.core.job.Job;
import io.signalbox.core.job.Planned;
import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskState;
import io.signalbox.core.plan.RollingPlan;
import io.signalbox.core.priority.FailureRates;
import io.signalbox.core.priority.PriorityModel;
import io.signalbox.core.priority.PriorityModels;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Plan-guided late binding, the policy of the engine. A rolling plan ({@link RollingPlan}) says for
 * which device class each task is meant and in which order tasks matter; which device of the class
 * runs a task is decided when one is free. Where reality falls behind the plan, a task goes to an
 * idle device of another class, if that pays. Among tenants whose share allows it the most urgent
 * task goes first; see {@link Round} for one pass over the queue.
 */
final class PlanGuided implements Placement {
  static final String NAME = "plb";

  /**
   * Tasks of jobs with a deadline get more urgent by the clock; this often they are sorted anew.
   */
  private static final double DATED_SECONDS = 1;

  /** That many of them at once, so that no call takes long. */
  private static final int DATED_PER_CALL = 64;

  /** More urgent than anything that isn't overdue. */
  private static final double OVERDUE = 1e9;

  private final PlacementSettings settings;
  private final Fleet fleet;
  private final RunTimeEstimator estimator;
  private final Finishes finishes;
  private final Prospects prospects;
  private final Reservations reservations = new Reservations();
  private final RollingPlan plan;
  private final FairShares shares;
  private final PriorityModel priority;
  private final FailureRates failures = new FailureRates();
  private final Pulse pulse;
  private final Tilt tilt;
  private final Set<Job> jobs = new LinkedHashSet<>();
  private final Map<String, TenantQueue> tenants = new LinkedHashMap<>();
  private final Map<Task, Double> dated = new LinkedHashMap<>();
  private final double starvationSeconds;
  private double clock;
  private double epoch = Double.NaN;

  PlanGuided(Fleet fleet, RunTimeEstimator estimator, PlacementSettings settings) {
    this.settings = settings;
    this.fleet = fleet;
    this.estimator = estimator;
    this.finishes = new Finishes(fleet, estimator, this::cost);
    this.prospects = new Prospects(fleet, finishes);
    this.plan = new RollingPlan(fleet, estimator, settings.plan());
    this.shares = new FairShares(settings.fairness());
    this.priority = PriorityModels.of(settings.priority());
    this.pulse = new Pulse(fleet, estimator, failures);
    this.tilt = new Tilt(settings.tilt());
    this.starvationSeconds = settings.priority().starvationSeconds();
    if (settings.warmSeconds() > 0) {
      fleet.findWarm();
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void grown(Job job, int tasks) {
    jobs.add(job);
    plan.grown(tasks);
    if (pulse.outgrownBy(job)) {
      measure();
    }
  }

  private void measure() {
    if (pulse.measure(jobs)) {
      tenants.values().forEach(queue -> requeue(queue.waiting()));
    }
  }

  @Override
  public void ended(Job job) {
    if (jobs.remove(job)) {
      job.tasks().forEach(this::remove);
    }
  }

  @Override
  public void succeeded(Task task, double at) {
    plan.ended(task, at);
    failures.count(task.operation(), false);
  }

  @Override
  public void failed(Task task) {
    failures.count(task.operation(), true);
  }

  @Override
  public void charged(Task task, String deviceClass, double seconds) {
    shares.charge(tenantOf(task), seconds * plan.price(deviceClass));
  }

  @Override
  public void settled(Task task, String deviceClass, double chargedSeconds, double seconds) {
    shares.correct(tenantOf(task), (seconds - chargedSeconds) * plan.price(deviceClass));
  }

  @Override
  public void lean(Collection<HotOperation> hot, double now) {
    clock = Math.max(clock, now);
    Set<String> changed = tilt.become(hot);
    fleet.favour(tilt.operations(), now);
    if (changed.isEmpty()) {
      return;
    }
    for (TenantQueue queue : List.copyOf(tenants.values())) {
      for (Task task : queue.waiting()) {
        if (changed.contains(task.operation())) {
          tilt.queued(task);
          queue.requeue(task, classFor(task));
        }
      }
    }
  }

  @Override
  public List<Favour> favours() {
    return tilt.isNone() ? List.of() : tilt.favours(fleet, estimator, plan, clock);
  }

  /** Slots of each class that operations that aren't hot may hold; null: all of them. */
  int @Nullable [] mostForOthers() {
    return tilt.mostForOthers(fleet, estimator, plan, clock);
  }

  @Override
  public void reranked(Task task) {
    TenantQueue queue = task.queuedFor() == null ? null : tenants.get(tenantOf(task));
    if (queue != null) {
      String deviceClass = classFor(task);
      // One that stays where it is keeps its place among its equals.
      double urgency = urgency(task);
      if (urgency != task.priority() || !deviceClass.equals(task.queuedFor())) {
        queue.requeue(task, deviceClass, urgency);
      }
    }
  }

  @Override
  public void add(Task task) {
    String tenant = tenantOf(task);
    TenantQueue queue = tenants.get(tenant);
    if (queue == null) {
      queue = new TenantQueue(tenant, this::urgency);
      tenants.put(tenant, queue);
    }
    jobs.add(task.job());
    tilt.queued(task);
    queue.add(task, classFor(task));
    shares.waits(tenant);
    if (task.job().header().deadline() != null) {
      dated.put(task, clock);
    }
  }

  @Override
  public void remove(Task task) {
    TenantQueue queue = tenants.get(tenantOf(task));
    if (queue != null && queue.remove(task)) {
      left(task, queue);
    }
  }

  /** A task is in its queue no more. */
  private void left(Task task, TenantQueue queue) {
    dated.remove(task);
    if (queue.isEmpty()) {
      tenants.remove(queue.tenant());
    }
    shares.waitsNoMore(queue.tenant());
  }

  @Override
  public boolean contains(Task task) {
    TenantQueue queue = tenants.get(tenantOf(task));
    return queue != null && queue.contains(task);
  }

  @Override
  public void place(double now, Consumer<Binding> consumer) {
    clock = now;
    fleet.predictOverdue(now);
    if (plan.refresh(jobs, this::plannedUrgency, now)) {
      measure();
      requeue(plan.replanned());
    }
    sortDated(now);
    declareOverdue(now);
    reservations.clear();
    if (!tenants.isEmpty()) {
      new Round(this, now).run(consumer);
      fleet.dropReservations(now);
    }
  }

  @Override
  public boolean links() {
    return true;
  }

  @Override
  public @Nullable Binding follow(Task task, Device device, double freeAt, double now) {
    if (!Finishes.canHold(task, device) || !shares.eligible(tenantOf(task))) {
      return null;
    }
    Planned planned = task.planned();
    if (isKept(mostForOthers(), task, device.owner(), now)) {
      return null;
    }
    boolean elsewhere = planned != null && !planned.deviceClass().equals(device.deviceClass());
    if (elsewhere || outranked(task, device.deviceClass())) {
      return null;
    }
    Binding here = finishes.on(device, task, freeAt, now);
    Binding first = finishes.first(task, now);
    return first != null && first.score() < here.score() ? null : finishes.decided(here, now);
  }

  /** True when a more urgent task waits for the class. */
  private boolean outranked(Task task, String deviceClass) {
    double urgency = urgency(task);
    for (TenantQueue queue : tenants.values()) {
      if (queue.anyAbove(urgency, deviceClass)) {
        return true;
      }
    }
    return false;
  }

  /** True from the starvation bound on: the task is served in the order of arrival. */
  boolean isOverdue(Task task, double now) {
    return task.state() instanceof TaskState.Ready ready && now - ready.since() > starvationSeconds;
  }

  /** What {@link Round} works on. */
  Fleet fleet() {
    return fleet;
  }

  Finishes finishes() {
    return finishes;
  }

  Reservations reservations() {
    return reservations;
  }

  FairShares shares() {
    return shares;
  }

  RollingPlan plan() {
    return plan;
  }

  PlacementSettings settings() {
    return settings;
  }

  Iterable<TenantQueue> tenants() {
    return tenants.values();
  }

  /** A scan has taken the task out to be placed there. */
  void placed(Binding binding, TenantQueue queue) {
    Task task = binding.task();
    queue.taken(task);
    charged(task, binding.device().deviceClass(), binding.predictedSeconds());
    left(task, queue);
  }

  @Override
  public QueueState explain(Task task, double now) {
    List<ClassState> classes = prospects.classes(task, now);
    List<WaitReason> reasons = new ArrayList<>();
    String tenant = tenantOf(task);
    double ahead = shares.ahead(tenant);
    if (ahead > 0) {
      reasons.add(new WaitReason.TenantAhead(tenant, ahead));
    }
    Binding hope = reservations.of(task);
    String meantFor = task.queuedFor();
    ClassDevices own = meantFor == null ? null : fleet.ofClass(meantFor);
    if (own != null && isKept(mostForOthers(), task, own, now)) {
      reasons.add(kept(own));
    }
    int before = before(task);
    WaitReason reason =
        hope == null
            ? prospects.withoutPlan(task, classes)
            : new WaitReason.Reserved(hope.candidate());
    boolean unseen = reason instanceof WaitReason.NextLook && before >= Round.MOST_LOOKS;
    reasons.add(unseen ? new WaitReason.OutOfSight(Round.MOST_LOOKS) : reason);
    return new QueueState(NAME, before, classes, reasons);
  }

  /**
   * True while what the task may hold of a class is in use: the rest is for hot operations.
   *
   * @param most what {@link #mostForOthers} says
   */
  boolean isKept(int @Nullable [] most, Task task, ClassDevices candidates, double now) {
    return most != null
        && candidates.others() >= most[candidates.number()]
        && most[candidates.number()] < candidates.slots()
        && !tilt.leansTo(task)
        && !isOverdue(task, now);
  }

  private WaitReason kept(ClassDevices candidates) {
    Map<String, Integer> slots = new LinkedHashMap<>();
    for (Favour favour : favours()) {
      Integer kept = favour.keptSlots().get(candidates.name());
      if (kept != null) {
        slots.put(favour.operation(), kept);
      }
    }
    return new WaitReason.KeptForHot(candidates.name(), candidates.slots(), slots);
  }

  private int before(Task task) {
    TenantQueue own = tenants.get(tenantOf(task));
    String deviceClass = own == null ? null : own.classOf(task);
    int count = 0;
    for (TenantQueue queue : tenants.values()) {
      for (Map.Entry<String, ReadyTasks> entry : queue.queues()) {
        if (entry.getKey().equals(deviceClass)) {
          count += entry.getValue().before(task);
        }
      }
    }
    return Math.min(count, QueueState.MOST_COUNTED);
  }

  private static String tenantOf(Task task) {
    return task.job().header().tenant();
  }

  /** The class that a task is meant for: as planned, or where its time is worth least. */
  private String classFor(Task task) {
    Planned planned = task.planned();
    if (planned != null) {
      return planned.deviceClass();
    }
    String best = "";
    double least = Double.POSITIVE_INFINITY;
    for (ClassDevices candidates : fleet.classes()) {
      if (candidates.size() > 0 && Finishes.allows(task.kind().classes(), candidates)) {
        double seconds = estimator.seconds(task.workload(), candidates.name());
        double cost = seconds * plan.price(candidates);
        if (cost < least) {
          least = cost;
          best = candidates.name();
        }
      }
    }
    return best;
  }

  @Override
  public double urgency(Task task, double now) {
    return plannedUrgency(task, ReadyTasks.rank(task), now);
  }

  private double plannedUrgency(Task task, double rank, double now) {
    return priority.of(task, rank, pulse, now) + tilt.weight(task);
  }

  /** The key of a task that is queued now: what it would have been had it come at the epoch. */
  private double urgency(Task task) {
    Planned planned = task.planned();
    double rank = planned == null ? ReadyTasks.rank(task) : planned.rank();
    double since = task.state() instanceof TaskState.Ready ready ? ready.since() : clock;
    if (Double.isNaN(epoch)) {
      epoch = since;
    }
    if (isOverdue(task, clock)) {
      return OVERDUE - (since - epoch);
    }
    return plannedUrgency(task, rank, clock) - priority.perSecondOfWait() * (since - epoch);
  }

  /** Puts those of the tasks that are queued where they belong by now. */
  private void requeue(Collection<Task> tasks) {
    for (Task task : tasks) {
      if (task.state() instanceof TaskState.Ready) {
        TenantQueue queue = tenants.get(tenantOf(task));
        if (queue != null && queue.contains(task)) {
          queue.requeue(task, classFor(task));
        }
      }
    }
  }

  private void sortDated(double now) {
    for (int i = 0; i < DATED_PER_CALL && !dated.isEmpty(); i++) {
      Iterator<Map.Entry<Task, Double>> eldest = dated.entrySet().iterator();
      Map.Entry<Task, Double> first = eldest.next();
      if (now - first.getValue() < DATED_SECONDS) {
        return;
      }
      Task task = first.getKey();
      eldest.remove();
      dated.put(task, now);
      TenantQueue queue = tenants.get(tenantOf(task));
      if (queue != null) {
        queue.requeue(task, classFor(task));
      }
    }
  }

  /** The starvation bound: who has waited that long goes first, in the order of arrival. */
  private void declareOverdue(double now) {
    for (TenantQueue queue : tenants.values()) {
      @Nullable Task oldest = queue.oldest();
      while (oldest != null && isOverdue(oldest, now)) {
        queue.overdue(oldest);
        queue.requeue(oldest, classFor(oldest));
        oldest = queue.oldest();
      }
    }
  }

  private double cost(Task task, Device device, double seconds) {
    double cost = 0;
    if (settings.secondsPerMegajoule() > 0) {
      ClassDevices candidates = fleet.ofClass(device.deviceClass());
      double watts = candidates == null ? 0 : candidates.deviceClass().busyWatts();
      cost += settings.secondsPerMegajoule() * watts * seconds / 1e6;
    }
    if (settings.warmSeconds() > 0 && device.isWarmFor(task.operation())) {
      cost -= settings.warmSeconds();
    }
    Map<String, String> preferred = task.kind().labels().preferred();
    if (!preferred.isEmpty()) {
      cost += settings.preferRatio() * seconds * device.report().missing(preferred);
    }
    return cost;
  }
}
