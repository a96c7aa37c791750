package io.signalbox.core.job;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A live task: what is needed of its description, and where it stands. Its payload is in the store,
 * its parents are in the graph. Only the pool's transitions change it.
 */
public final class Task implements Workload {
  private static final TaskState WAITING = new TaskState.Waiting();

  private final Job job;
  private final int node;
  private final TaskKind kind;
  private final String id;
  private final double work;
  private final Map<String, Double> estimates;
  private final long fingerprint;
  private TaskState state = WAITING;
  private TaskState.@Nullable Placed copy;
  private int attempts;
  private int failures;
  private int pendingParents;
  private @Nullable Place place;
  private @Nullable DataLocation data;
  private @Nullable Planned planned;
  private @Nullable Foreseen foreseen;
  private int listedAt;

  /** A place in a queue; most tasks wait for their parents and have none. */
  static final class Place {
    private double priority;
    private long sequence;
    private @Nullable String deviceClass;
    private int at;

    // For Arrivals: the list that it is in, and its neighbours there.
    @Nullable Arrivals arrivals;
    @Nullable Task before;
    @Nullable Task behind;
  }

  /** A task of a job. */
  Task(Job job, int node, TaskSpec submitted, TaskKind kind) {
    this.job = job;
    this.node = node;
    this.kind = kind;
    this.id = submitted.id();
    this.work = submitted.work();
    this.estimates = submitted.estimates();
    this.fingerprint = Fingerprint.of(submitted);
  }

  /** The job it belongs to. */
  public Job job() {
    return job;
  }

  /** Its number in the job's graph. */
  public int node() {
    return node;
  }

  /** Its id within the job. */
  public String id() {
    return id;
  }

  /** What it has in common with others. */
  public TaskKind kind() {
    return kind;
  }

  /** What its run time is predicted from. */
  public Workload workload() {
    return this;
  }

  @Override
  public String operation() {
    return kind.operation();
  }

  @Override
  public String version() {
    return kind.version();
  }

  @Override
  public double amount() {
    return work;
  }

  @Override
  public Map<String, Double> givenSecondsByClass() {
    return estimates;
  }

  @Override
  public @Nullable Foreseen foreseen() {
    return foreseen;
  }

  @Override
  public void foresee(Foreseen next) {
    foreseen = next;
  }

  /** True when the spec says what this task was submitted with. */
  public boolean sameAs(TaskSpec other) {
    return fingerprint == Fingerprint.of(other);
  }

  public TaskState state() {
    return state;
  }

  /** Moves to another state; see {@link TaskState} for what is legal. */
  public void become(TaskState next) {
    job.left(state);
    state = next;
    job.entered(node, state);
    if (next instanceof TaskState.Succeeded || next instanceof TaskState.Failed) {
      foreseen = null;
    }
  }

  /**
   * A second attempt that races the one of {@link #state}, which is running then; null when there
   * is none.
   */
  public TaskState.@Nullable Placed copy() {
    return copy;
  }

  /** Sets what races the attempt of {@link #state}; null ends it. */
  public void copyBecomes(TaskState.@Nullable Placed next) {
    copy = next;
  }

  /** The attempt of that number, if it is offered or runs; else null. */
  public TaskState.@Nullable Placed placed(int attempt) {
    if (state instanceof TaskState.Placed first && first.attempt() == attempt) {
      return first;
    }
    return copy != null && copy.attempt() == attempt ? copy : null;
  }

  /** The attempts that are offered or run: none, one, or two on different devices. */
  public List<TaskState.Placed> placed() {
    if (!(state instanceof TaskState.Placed first)) {
      return List.of();
    }
    return copy == null ? List.of(first) : List.of(first, copy);
  }

  /** Offers made so far: the number of the last attempt, 0 when there was none. */
  public int attempts() {
    return attempts;
  }

  /** Names an attempt. */
  public AttemptRef attempt(int number) {
    return new AttemptRef(job.id(), id, number);
  }

  /** Counts one more offer and gives its number. */
  public int nextAttempt() {
    return ++attempts;
  }

  /** Attempts that failed or were lost. */
  public int failures() {
    return failures;
  }

  /** Counts one more attempt that failed or was lost. */
  public void countFailure() {
    failures++;
  }

  /** Puts back what was stored. */
  public void restore(
      TaskState stored,
      TaskState.@Nullable Placed storedCopy,
      int storedAttempts,
      int storedFailures) {
    become(stored);
    copy = storedCopy;
    attempts = storedAttempts;
    failures = storedFailures;
  }

  /** Parents that haven't succeeded. */
  public int pendingParents() {
    return pendingParents;
  }

  /** Sets how many parents haven't succeeded. */
  public void setPendingParents(int pending) {
    pendingParents = pending;
  }

  /** Where its input data is; null before it is ready. */
  public @Nullable DataLocation data() {
    return data;
  }

  /** Sets where its input data is. */
  public void setData(DataLocation location) {
    data = location;
  }

  /** The rank it is queued by; fixed while it is in the queue. */
  public double priority() {
    return place == null ? 0 : place.priority;
  }

  /** Its place among tasks of the same priority; fixed while it is in the queue. */
  public long readySequence() {
    return place == null ? 0 : place.sequence;
  }

  /** What the plan says of it; null when no plan has seen it. */
  public @Nullable Planned planned() {
    return planned;
  }

  /** Sets what the plan says of it. */
  public void plan(@Nullable Planned next) {
    planned = next;
  }

  /** Its place in the last list that numbered it: whoever asks looks there whether it still is. */
  public int listedAt() {
    return listedAt;
  }

  /** Notes its place in a list. */
  public void listAt(int at) {
    listedAt = at;
  }

  /** Fixes its place in the queue of ready tasks. */
  public void queueAs(double newPriority, long sequence) {
    Place mine = madePlace();
    mine.priority = newPriority;
    mine.sequence = sequence;
  }

  /** Its place where tasks lie in no order, as it was noted last: whoever asks looks there. */
  public int queuedAt() {
    return place == null ? 0 : place.at;
  }

  /** Notes such a place. */
  public void queueAt(int at) {
    madePlace().at = at;
  }

  /** The class of devices that it is queued for; null when it isn't, or not for one class. */
  public @Nullable String queuedFor() {
    return place == null ? null : place.deviceClass;
  }

  /** Says for which class of devices it is queued; null takes that back. */
  public void queueFor(@Nullable String deviceClass) {
    madePlace().deviceClass = deviceClass;
  }

  /** Forgets its place in a queue that is given up whole. */
  public void leaveQueue() {
    place = null;
  }

  Place madePlace() {
    if (place == null) {
      place = new Place();
    }
    return place;
  }

  @Override
  public String toString() {
    return job.id() + "/" + id + " " + state;
  }
}
