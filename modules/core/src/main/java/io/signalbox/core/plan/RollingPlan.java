package io.signalbox.core.plan;

import io.signalbox.core.bound.ClassPrices;
import io.signalbox.core.device.ClassDevices;
import io.signalbox.core.device.Fleet;
import io.signalbox.core.estimate.RunTimeEstimator;
import io.signalbox.core.graph.TaskGraph;
import io.signalbox.core.job.Job;
import io.signalbox.core.job.Planned;
import io.signalbox.core.job.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The plan that guides late binding: HEFT (Topcuoglu, Hariri, Wu 2002) over all unfinished tasks
 * that are known, with what runs now where it is. Only its classes and its order are kept; devices
 * are chosen when they are free. HEFT is run with several kinds of ranks, and the schedule that
 * finishes the jobs soonest is taken, since no kind is best for all graphs.
 *
 * <p>It is made anew when a job comes, when a class gains or loses slots, and when tasks end much
 * later than planned; but what it costs has to be earned first, by tasks that came or ended, so
 * that planning stays a bounded part of the work for each task.
 */
public final class RollingPlan {
  /** The order in which tasks of the same rank kind are planned: the larger, the sooner. */
  @FunctionalInterface
  public interface Urgency {
    /** Of a task whose rank is known. */
    double of(Task task, double rank, double now);
  }

  /** A task that was looked at and not planned costs that share of one that was. */
  private static final double LOOK_COST = 0.02;

  private static final int STRIDE = 16;

  /** Prices are found from so many tasks, spread over all. */
  private static final int PRICED_TASKS = 400;

  private static final int PRICE_STEPS = 40;

  /** Prices alone are found as rarely as a plan of so many tasks would be: they move slowly. */
  private static final int PRICES_COST = 400;

  private static final List<PlanOrder> ALL_ORDERS = List.of(PlanOrder.values());

  private final Fleet fleet;
  private final RunTimeEstimator estimator;
  private final PlanSettings settings;
  private final PlannedStarts starts = new PlannedStarts();
  private List<Task> planned = List.of();
  private List<Task> touched = List.of();
  private PlanOrder winner = PlanOrder.UP_MEAN;
  private int turn;
  private int[] plannedSlots;
  private int slots;
  private double[] prices;
  private double credit;
  private boolean grown;
  private boolean drifted;
  // Every class has a slot.
  private boolean allServed;

  public RollingPlan(Fleet fleet, RunTimeEstimator estimator, PlanSettings settings) {
    this.fleet = fleet;
    this.estimator = estimator;
    this.settings = settings;
    this.plannedSlots = new int[fleet.classes().size()];
    this.prices = new double[0];
  }

  /** So many new tasks came. */
  public void grown(int tasks) {
    grown = true;
    // With a look at each and some more, so that what comes first is planned when it comes.
    credit += tasks * (1 + 2 * LOOK_COST);
  }

  /** A task ended. */
  public void ended(Task task, double at) {
    credit += 1 / settings.replanShare();
    Planned planned = task.planned();
    if (planned != null && Double.isFinite(planned.finishesAt())) {
      double late = at - planned.finishesAt();
      drifted |= late > settings.drift() * task.job().graph().remainingSeconds();
    }
  }

  /**
   * Whether a task may start on a free slot of its class sooner than planned: it may unless tasks
   * that are planned before it, and within its run time, would then miss a slot.
   *
   * @param freeSlots slots of the class that are free now
   * @param seconds how long the task takes there
   */
  public boolean allowsEarly(Task task, int freeSlots, double seconds, double now) {
    Planned planned = task.planned();
    if (planned == null || planned.startsAt() <= now) {
      return true;
    }
    double until = Math.min(planned.startsAt(), now + seconds);
    return starts.between(planned.deviceClass(), now, until, freeSlots) < freeSlots;
  }

  /** What a second on a slot of a class is worth; the worth of all slots together is 1. */
  public double price(String deviceClass) {
    return price(fleet.ofClass(deviceClass));
  }

  /** The same of a class that is known; of none, what it is worth before anything is. */
  public double price(@Nullable ClassDevices of) {
    if (of != null && of.number() < prices.length) {
      return prices[of.number()];
    }
    double total = 0;
    for (ClassDevices candidates : fleet.classes()) {
      total += candidates.slots();
    }
    return total > 0 ? 1 / total : 1;
  }

  /**
   * Makes the plan anew if there is a reason and it has been earned; tells each task what it says.
   *
   * @param jobs the live jobs
   * @return whether it was made; see {@link #replanned}
   */
  public boolean refresh(Collection<Job> jobs, Urgency urgency, double now) {
    boolean resized = resized();
    if (slots == 0 || !(grown || drifted || resized)) {
      return false;
    }
    boolean whole = slots <= settings.mostSlots() && settings.mostTasks() > 0;
    double cost = cost(jobs, whole, resized ? Double.POSITIVE_INFINITY : credit);
    if (credit < cost && !resized) {
      return false;
    }
    make(jobs, whole, grown || resized, new At(urgency, now));
    credit = Math.min(Math.max(0, credit - cost), cost);
    grown = false;
    drifted = false;
    return true;
  }

  /** The tasks of which the last plan says something, or the one before did. */
  public Collection<Task> replanned() {
    return touched;
  }

  /** What it costs, if it can be afforded: there may be many jobs, and it is asked at each tick. */
  private double cost(Collection<Job> jobs, boolean whole, double most) {
    double looked = 0;
    int unfinished = 0;
    double cost = 0;
    for (Job job : jobs) {
      unfinished += job.unfinished();
      looked += job.size() * LOOK_COST;
      cost =
          whole
              ? looked + Math.min(unfinished, settings.mostTasks())
              : Math.min(unfinished, PRICES_COST);
      if (cost > most || (!whole && unfinished >= PRICES_COST)) {
        return cost;
      }
    }
    return cost;
  }

  /** Takes note of the classes' slots; true when some have come or gone. */
  private boolean resized() {
    boolean changed = false;
    int k = 0;
    for (ClassDevices candidates : fleet.classes()) {
      changed |= plannedSlots[k] != candidates.slots();
      plannedSlots[k++] = candidates.slots();
    }
    if (changed) {
      slots = Arrays.stream(plannedSlots).sum();
      allServed = Arrays.stream(plannedSlots).allMatch(slots -> slots > 0);
    }
    return changed;
  }

  private record At(Urgency urgency, double now) {
    double of(Task task, double rank) {
      return urgency.of(task, rank, now);
    }
  }

  private void make(Collection<Job> jobs, boolean whole, boolean anew, At at) {
    List<Task> before = planned;
    planned = whole ? mostUrgent(jobs) : List.of();
    findPrices(whole ? planned : sample(jobs));
    before.forEach(task -> task.plan(null));
    if (!planned.isEmpty()) {
      Snapshot snapshot = new Snapshot(new Processors(fleet), estimator, planned, at.now());
      plan(snapshot, anew ? ALL_ORDERS : someOrders(), at);
    }
    starts.set(planned);
    touched = both(before, planned);
  }

  /** The tasks of two lists, each once. */
  private static List<Task> both(List<Task> first, List<Task> second) {
    List<Task> both = new ArrayList<>(first);
    for (int i = 0; i < first.size(); i++) {
      first.get(i).listAt(i);
    }
    for (Task task : second) {
      int at = task.listedAt();
      if (at >= first.size() || first.get(at) != task) {
        both.add(task);
      }
    }
    return both;
  }

  /**
   * The tasks of highest rank that can be planned, as many as may be. Ranks lie side by side and
   * tasks don't, so only those are looked at whose rank is high enough so far.
   */
  private List<Task> mostUrgent(Collection<Job> jobs) {
    Largest ranks = new Largest(settings.mostTasks());
    // In steps, so that high and low ranks come mixed.
    for (int first = 0; first < STRIDE; first++) {
      for (Job job : jobs) {
        addRanks(job, first, ranks);
      }
    }
    List<Task> urgent = new ArrayList<>(settings.mostTasks());
    for (Job job : jobs) {
      TaskGraph graph = job.graph();
      for (int node = job.nextUnplaced(0); node >= 0; node = job.nextUnplaced(node + 1)) {
        if (urgent.size() == settings.mostTasks()) {
          return urgent;
        }
        Task task = graph.upwardRank(node) < ranks.least() ? null : job.task(node);
        if (task != null && runsSomewhere(task)) {
          urgent.add(task);
        }
      }
    }
    return urgent;
  }

  private void addRanks(Job job, int first, Largest ranks) {
    TaskGraph graph = job.graph();
    for (int node = first; node < graph.size(); node += STRIDE) {
      double rank = graph.upwardRank(node);
      if (rank > ranks.least() && job.isUnplaced(node) && runsSomewhere(job, node)) {
        ranks.add(rank);
      }
    }
  }

  /** Some tasks, spread over all jobs. */
  private List<Task> sample(Collection<Job> jobs) {
    long nodes = 0;
    for (Job job : jobs) {
      nodes += job.graph().size();
    }
    long step = 1 + nodes / PRICED_TASKS;
    List<Task> some = new ArrayList<>();
    long next = 0;
    for (Job job : jobs) {
      for (; next < job.graph().size(); next += step) {
        Task task = job.task((int) next);
        if (task != null && runsSomewhere(task)) {
          some.add(task);
        }
      }
      next -= job.graph().size();
    }
    return some;
  }

  /** Near enough to choose ranks: where every class has slots, tasks need not be looked at. */
  private boolean runsSomewhere(Job job, int node) {
    if (allServed) {
      return true;
    }
    Task task = job.task(node);
    return task != null && runsSomewhere(task);
  }

  /** A plan is only made where there are slots, so what may run anywhere runs somewhere. */
  private boolean runsSomewhere(Task task) {
    List<String> allowed = task.kind().classes();
    if (allowed.isEmpty()) {
      return true;
    }
    for (ClassDevices candidates : fleet.classes()) {
      if (candidates.slots() > 0 && allowed.contains(candidates.name())) {
        return true;
      }
    }
    return false;
  }

  private void findPrices(List<Task> tasks) {
    int step = 1 + tasks.size() / PRICED_TASKS;
    List<Task> some = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i += step) {
      some.add(tasks.get(i));
    }
    prices =
        ClassPrices.of(
            Snapshot.secondsByClass(fleet.classes(), estimator, some), plannedSlots, PRICE_STEPS);
  }

  /** When times have only drifted, the order that won last is tried against one other in turn. */
  private List<PlanOrder> someOrders() {
    turn = (turn + 1) % ALL_ORDERS.size();
    PlanOrder other = ALL_ORDERS.get(turn);
    return other == winner ? List.of(winner) : List.of(winner, other);
  }

  private void plan(Snapshot snapshot, List<PlanOrder> orders, At at) {
    StaticProblem problem = snapshot.problem();
    StaticGraph graph = new StaticGraph(problem);
    double best = Double.POSITIVE_INFINITY;
    for (PlanOrder order : orders) {
      double[] rank = order.ranks(problem, graph, task -> weightOf(order, snapshot, task));
      StaticSchedule schedule = schedule(snapshot, problem, graph, orderBy(snapshot, rank, at));
      double finish = finishOfJobs(snapshot, schedule);
      if (finish < best) {
        best = finish;
        winner = order;
        keep(snapshot, schedule, rank, at.now());
      }
    }
  }

  private static double weightOf(PlanOrder order, Snapshot snapshot, int task) {
    return snapshot.isFixed(task)
        ? 0
        : order.weight().of(snapshot.secondsByClass[task], snapshot.processors.slots);
  }

  private static double[] orderBy(Snapshot snapshot, double[] rank, At at) {
    double[] order = new double[rank.length];
    Arrays.setAll(
        order,
        task ->
            snapshot.isFixed(task)
                ? Double.POSITIVE_INFINITY
                : at.of(snapshot.planned.get(task), rank[task]));
    return order;
  }

  private static StaticSchedule schedule(
      Snapshot snapshot, StaticProblem problem, StaticGraph graph, double[] order) {
    ScheduleBuilder builder = new ScheduleBuilder(problem);
    snapshot.fixInto(builder);
    ReadyOrder.visit(
        problem,
        graph,
        order,
        task -> {
          if (!snapshot.isFixed(task)) {
            builder.place(task, processor -> true, (t, processor) -> 0);
          }
        });
    return builder.build();
  }

  /** What schedules are compared by: the sum of the times at which jobs are done. */
  private static double finishOfJobs(Snapshot snapshot, StaticSchedule schedule) {
    double sum = 0;
    double last = 0;
    for (int task = 0; task < snapshot.planned.size(); task++) {
      last = Math.max(last, schedule.finishes()[task]);
      // Tasks of a job stand side by side.
      if (task + 1 == snapshot.planned.size()
          || snapshot.planned.get(task + 1).job() != snapshot.planned.get(task).job()) {
        sum += last;
        last = 0;
      }
    }
    return sum;
  }

  private static void keep(Snapshot snapshot, StaticSchedule schedule, double[] rank, double now) {
    for (int i = 0; i < snapshot.planned.size(); i++) {
      int kind = snapshot.processors.kinds[schedule.processors()[i]];
      String deviceClass = snapshot.processors.classes.get(kind).name();
      snapshot
          .planned
          .get(i)
          .plan(
              new Planned(
                  deviceClass, rank[i], now + schedule.starts()[i], now + schedule.finishes()[i]));
    }
  }
}
