package io.signalbox.core.pool;

import io.signalbox.core.device.Device;
import io.signalbox.core.estimate.RunTime;
import io.signalbox.core.explanation.Explanation;
import io.signalbox.core.job.Job;
import io.signalbox.core.job.TaskRef;
import io.signalbox.core.placement.PlacementFactory;
import io.signalbox.core.speculation.Stragglers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fleet and the jobs that run on it, scheduled as one: a deterministic state machine. Inputs come
 * in through {@link #on}, time through the parameter {@code now} (seconds since the epoch), and
 * everything goes out through {@link Effects}. Every transition is idempotent: an input that is
 * replayed changes nothing the second time. Not thread-safe: one pool, one thread.
 */
public final class Pool {
  /** How often silent devices are looked for. */
  private static final double LEASE_CHECK_SECONDS = 0.25;

  private final State state;
  private final Intake intake;
  private final Attempts attempts;
  private final Heartbeats heartbeats;
  private final Endings endings;
  private final Offers offers;
  private final Deadlines deadlines;
  private final Reranking reranking;
  private final Rescheduling rescheduling;
  private final SubmissionRules rules;
  private double nextLeaseCheck = Double.NEGATIVE_INFINITY;

  /**
   * A pool without devices and jobs.
   *
   * @param name its name, for messages
   * @param settings what governs it
   */
  public Pool(String name, PoolSettings settings) {
    this(new State(name, settings, null));
  }

  /**
   * A pool without devices and jobs that places tasks by a policy of its own, which {@link
   * Input.ChangePlacement} can't change.
   *
   * @param name its name, for messages
   * @param settings what governs it, but for the policy
   * @param policy what places its tasks
   */
  public Pool(String name, PoolSettings settings, PlacementFactory policy) {
    this(new State(name, settings, policy));
  }

  private Pool(State state) {
    this.state = state;
    endings = new Endings(state);
    deadlines = new Deadlines(state, endings);
    intake = new Intake(state, endings, deadlines);
    Failures failures = new Failures(state, endings);
    Experience experience = new Experience(state);
    Completions completions = new Completions(state, intake, endings, failures, experience);
    attempts = new Attempts(state, intake, completions, failures, experience);
    heartbeats = new Heartbeats(state, failures, experience);
    offers = new Offers(state, experience);
    reranking = new Reranking(state);
    rescheduling = new Rescheduling(state, experience);
    rules = new SubmissionRules(state.settings);
  }

  /**
   * Rebuilds a pool from its rows, which come in the order of {@link RowKey.Kind}. Devices are
   * given a whole lease to be heard of again.
   *
   * @throws IllegalStateException when the rows contradict each other
   */
  public static Pool restore(String name, PoolSettings settings, Iterable<Row> rows, double now) {
    Pool pool = new Pool(name, settings);
    new Restore(pool.state, pool.intake, now).from(rows);
    return pool;
  }

  /** Takes one input. Placement waits for {@link #tick}, so that a batch is placed as one. */
  public void on(Input input, double now, Effects effects) {
    Turn turn = new Turn(now, effects);
    switch (input) {
      case Input.TasksSubmitted submitted -> intake.submit(submitted, turn);
      case Input.UnusableSubmission unusable -> intake.refuse(unusable, turn);
      case Input.AttemptInput attempt -> {
        attempts.on(attempt, turn);
        if (attempt instanceof Input.AttemptCompleted) {
          reranking.earn();
        }
      }
      case Input.DeviceReported reported -> heartbeats.reported(reported.report(), turn);
      case Input.CancelJob cancel -> cancel(cancel, turn);
      case Input.PausePool pause -> pause(true, turn);
      case Input.ResumePool resume -> pause(false, turn);
      case Input.ChangePlacement change -> state.governance.change(change.options(), turn);
      case Input.HotspotChanged news -> state.hotspots.on(news, rules, turn);
      case Input.ModelsShared shared -> state.federation.on(shared);
      case Input.RescheduleTasks found -> rescheduling.on(found.order(), turn);
      case Input.DrainDevice drain -> heartbeats.drain(drain.device(), drain.drain(), turn);
    }
  }

  private void cancel(Input.CancelJob cancel, Turn turn) {
    Job job = state.jobs.get(cancel.job());
    if (job != null) {
      String reason = cancel.reason().isEmpty() ? "cancelled" : cancel.reason();
      endings.end(job, Row.JobState.CANCELLED, List.of(reason), turn);
    } else if (state.ended.get(cancel.job()) == null) {
      turn.refuse("there is no job '%s' in pool '%s'".formatted(cancel.job(), state.name));
    }
  }

  private void pause(boolean on, Turn turn) {
    if (state.paused != on) {
      state.paused = on;
      if (on) {
        state.fleet.devices().forEach(device -> state.links.takeBackAll(device, turn));
      } else {
        state.links.considerAll();
      }
      turn.save(state.row());
    }
  }

  /**
   * Ends expired offers, leases and back-offs, then places what is ready. Call it after each batch
   * of inputs and at least every 100 milliseconds.
   */
  public void tick(double now, Effects effects) {
    Turn turn = new Turn(now, effects);
    offers.expire(turn);
    if (now >= nextLeaseCheck) {
      nextLeaseCheck = now + LEASE_CHECK_SECONDS;
      heartbeats.expireLeases(turn);
      heartbeats.askForLanes(turn);
    }
    state.cooling.end(state.fleet, now);
    state.hotspots.tick(turn);
    reranking.tick();
    offers.speculate(Stragglers.Share.CRITICAL, turn);
    offers.place(turn);
    offers.speculate(Stragglers.Share.ALL, turn);
    state.links.make(turn);
    deadlines.tick(turn);
    state.backlog.tick(turn);
    state.ended.tick(turn, state.jobs.keySet(), state.changedJobs);
    store(turn);
  }

  /** Writes down what was learned of run times. */
  private void store(Turn turn) {
    if (turn.effects().storesRows()) {
      state.estimator.changedRunTimes().forEach(learned -> turn.save(new Row.RunTimeRow(learned)));
    }
    state.federation.tick(turn);
    for (RunTime dropped : state.estimator.droppedRunTimes()) {
      turn.delete(new Row.RunTimeRow(dropped).key());
    }
  }

  /**
   * The earliest time at which {@link #tick} would end, try, copy or rank something though no input
   * comes, in seconds since the epoch and not before now; infinity when there is nothing of the
   * kind. It may come to nothing: a lease that is renewed in time. What placement would do later by
   * itself, such as offering ahead, isn't counted, nor are looks at deadlines and at the backlog.
   *
   * @param now seconds since the epoch
   */
  public double nextDue(double now) {
    if (reranking.pending()) {
      return now;
    }
    double due = Math.min(state.timers.nextDue(), state.cooling.nextDue());
    due = Math.min(due, state.hotspots.nextDue());
    due = Math.min(due, Math.max(nextLeaseCheck, heartbeats.nextDue()));
    if (!state.paused && state.settings.speculation().enabled()) {
      due = Math.min(due, state.stragglers.nextDue());
    }
    return Math.max(now, Math.min(due, state.ended.nextDue()));
  }

  /** Names of the jobs that have changed, ended or been forgotten since this was asked last. */
  public Collection<String> takeChangedJobs() {
    List<String> changed = List.copyOf(state.changedJobs);
    state.changedJobs.clear();
    return changed;
  }

  /** Every job that is known, ended ones included. */
  public Collection<JobView> jobs() {
    List<JobView> views = new ArrayList<>();
    state.jobs.values().forEach(job -> views.add(view(job)));
    state.ended.all().forEach(row -> views.add(view(row)));
    return views;
  }

  /** One job, or null when it isn't known. */
  public @Nullable JobView job(String id) {
    Job job = state.jobs.get(id);
    if (job != null) {
      return view(job);
    }
    Row.JobRow row = state.ended.get(id);
    return row == null ? null : view(row);
  }

  /**
   * Where a task stands, why, and what would start it. Changes nothing. Takes time in proportion to
   * the job, the queue and the fleet, all bounded: for questions people ask, not for every tick.
   *
   * @param now seconds since the epoch
   */
  public Explanation explain(TaskRef task, double now) {
    return new Explainer(state, now).explain(task);
  }

  /** What still holds a job up, or null when there is no live job of that id. */
  public @Nullable JobPaths paths(String job) {
    Job live = state.jobs.get(job);
    return live == null ? null : PathQuestion.answer(live);
  }

  /** Operations that are hot, and what is done for them. */
  public Collection<HotView> hotOperations() {
    return state.hotspots.views();
  }

  /**
   * True while the operation is hot: its tasks had better be split finer than others. What splits
   * tasks asks this.
   */
  public boolean splitsFiner(String operation) {
    return state.hotspots.splitsFiner(operation);
  }

  /** How tasks are placed now. */
  public PlacementView placement() {
    return state.governance.view();
  }

  /** Every device that has been heard of. */
  public Collection<DeviceView> devices() {
    List<DeviceView> views = new ArrayList<>();
    for (Device device : state.fleet.devices()) {
      views.add(
          new DeviceView(
              device.report(),
              device.lastHeard(),
              device.drained(),
              device.running(),
              device.offered(),
              device.completed(),
              device.slowness(),
              device.quarantine(),
              device.weight(),
              rescheduling.last(device)));
    }
    return views;
  }

  /**
   * Looks whether everything that should always hold does.
   *
   * @throws IllegalStateException naming what doesn't; that is a bug
   */
  public void check() {
    new Invariants(state).check();
  }

  private JobView view(Job job) {
    return new JobView(
        job.id(),
        job.header(),
        job.sealed(),
        job.acceptedAt(),
        State.counts(job),
        job.ready(),
        job.graph().remainingSeconds(),
        state.proofs.get(job),
        null);
  }

  private static JobView view(Row.JobRow row) {
    TaskCounts counts = row.outcome() == null ? new TaskCounts(0, 0, 0, 0) : row.outcome().counts();
    return new JobView(
        row.job(),
        row.header(),
        row.sealed(),
        row.acceptedAt(),
        counts,
        0,
        0,
        row.proof(),
        row.outcome());
  }
}
