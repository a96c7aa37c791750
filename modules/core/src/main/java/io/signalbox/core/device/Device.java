package io.signalbox.core.device;

import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A live device: its last report, what occupies it, and when each of its slots should be free. */
public final class Device {
  /** Weights closer than this are alike. */
  private static final double WEIGHTS_ALIKE = 10;

  /** Small beside any slowness that matters. */
  private static final double WEIGHT_STEP = 1e-3;

  private final ClassDevices owner;
  // A list: it is laid onto the slots at every change anyway, and it is short.
  private final List<Occupant> occupants = new ArrayList<>(4);
  private DeviceReport report;
  private double lastHeard;
  private boolean resting;
  private double predictedAt;
  private boolean drained;
  private boolean lost;
  private int running;
  private long completed;
  // When each slot is free, a binary heap: the next one first.
  private double[] slotFreeAt;
  // For the sets of its class: where it stands there, and what it was sorted in by.
  ClassDevices.Standing standing = ClassDevices.Standing.OUT;
  double sortedBy;
  boolean reserved;
  // For the fleet: a slot is reserved for a task that hopes for it.
  boolean hoped;
  int countedSlots;
  private @Nullable String lastOperation;
  private @Nullable Set<String> warm;
  // For WarmDevices: what it is listed under there.
  Set<String> listedAs = Set.of();
  private final Health health = new Health();
  private double slowness = 1;
  private @Nullable Quarantine quarantine;
  private boolean probed;

  Device(ClassDevices owner, DeviceReport report, double now) {
    this.owner = owner;
    this.report = report;
    this.lastHeard = now;
    this.slotFreeAt = new double[report.slots()];
  }

  public String id() {
    return report.id();
  }

  /** Name of its class. */
  public String deviceClass() {
    return report.deviceClass();
  }

  /** Its last report. */
  public DeviceReport report() {
    return report;
  }

  /** When it was last heard of, in seconds since the epoch. */
  public double lastHeard() {
    return lastHeard;
  }

  /** True while an operator drains it. */
  public boolean drained() {
    return drained;
  }

  /** True while it is silent for longer than its lease, or gone on purpose. */
  public boolean lost() {
    return lost;
  }

  /** Attempts it has completed since it joined. */
  public long completed() {
    return completed;
  }

  /** Attempts that run on it. */
  public int running() {
    return running;
  }

  /** Offers it hasn't started. */
  public int offered() {
    return occupants.size() - running;
  }

  /** How its attempts ended so far. */
  public Health health() {
    return health;
  }

  /** How many times as long as predicted for its class it takes; 1 unless it is clearly slow. */
  public double slowness() {
    return slowness;
  }

  /** Why it gets no offers, or one at a time by now; null when it isn't in quarantine. */
  public @Nullable Quarantine quarantine() {
    return quarantine;
  }

  /** True when its quarantine has cooled down: it may be tried with one attempt at a time. */
  public boolean probed() {
    return probed;
  }

  /** What occupies it. */
  public Collection<Occupant> occupants() {
    return occupants;
  }

  /** The task's attempt on this device, or null; a device never holds two of one task. */
  public @Nullable Occupant occupant(Task task) {
    for (int i = 0; i < occupants.size(); i++) {
      if (occupants.get(i).task() == task) {
        return occupants.get(i);
      }
    }
    return null;
  }

  /** True when it may be given an offer now. */
  public boolean takesOffers() {
    return willing() && occupants.size() < report.slots() + report.prefetch();
  }

  /** True when it takes work at all; it may be full. */
  public boolean willing() {
    return !lost
        && !drained
        && report.state() == DeviceReport.State.ACTIVE
        && report.healthy()
        && !report.lanes().isEmpty()
        && !resting
        && (quarantine == null || (probed && occupants.isEmpty()));
  }

  /** How gladly it is given work, by how it is: see {@link DeviceWeight}. */
  public double weight() {
    return DeviceWeight.of(report.load(), report.linkLatencySeconds());
  }

  /**
   * Orders the devices of a class: a slow one comes late, one on probation last; of equally fast
   * ones that of more weight comes first, in steps, so that it isn't sorted anew all the time.
   */
  double reluctance() {
    return quarantine == null
        ? slowness - WEIGHT_STEP * Math.rint(weight() / WEIGHTS_ALIKE)
        : Double.POSITIVE_INFINITY;
  }

  /** True when a slot has nothing to do. */
  public boolean idle() {
    return occupants.size() < report.slots();
  }

  /** True when each slot has an attempt that is late: what waits for one may wait for long. */
  public boolean stuck(double now) {
    int late = 0;
    for (int i = 0; i < occupants.size(); i++) {
      late += occupants.get(i).late(now) ? 1 : 0;
    }
    return late >= report.slots();
  }

  /** True when it holds no attempt. */
  public boolean empty() {
    return occupants.isEmpty();
  }

  /** True when it has that much memory, or hasn't said how much it has. */
  public boolean hasMemory(long bytes) {
    return bytes == 0 || report.memoryTotalBytes() == 0 || report.memoryTotalBytes() >= bytes;
  }

  /** True when the task may run on it: it has the memory and the labels that are required. */
  public boolean fits(TaskKind kind) {
    return hasMemory(kind.memoryBytes())
        && (kind.labels().required().isEmpty() || report.has(kind.labels().required()));
  }

  /**
   * True when what follows the attempt in its slot keeps no other attempt waiting: each has a slot,
   * or it is the last one that came.
   */
  public boolean takesLinks(Occupant occupant) {
    return occupants.size() <= report.slots() || occupants.getLast() == occupant;
  }

  /** True when it needs no warm-up for an operation: it says so, or it has run it last. */
  public boolean isWarmFor(String operation) {
    return operation.equals(lastOperation) || report.warmModels().contains(operation);
  }

  /** All that it {@link #isWarmFor}: the same object until that changes. */
  Set<String> warmOperations() {
    Set<String> known = warm;
    if (known == null) {
      Set<String> all = new HashSet<>(report.warmModels());
      if (lastOperation != null) {
        all.add(lastOperation);
      }
      known = Set.copyOf(all);
      warm = known;
    }
    return known;
  }

  /** When the next slot should be free, in seconds since the epoch; reservations count. */
  public double availableAt() {
    return slotFreeAt[0];
  }

  /** The devices of its class. */
  public ClassDevices owner() {
    return owner;
  }

  /** True when a slot was free at the last prediction, reservations counted. */
  boolean free() {
    return slotFreeAt[0] <= predictedAt;
  }

  /** The partition that offers to it are written to. */
  public int lane() {
    return report.lanes().getFirst();
  }

  void heard(DeviceReport next, double now) {
    if (next.incarnation() != report.incarnation()) {
      lastOperation = null;
      warm = null;
    } else if (!next.warmModels().equals(report.warmModels())) {
      warm = null;
    }
    report = next;
    lastHeard = now;
    resting = false;
    lost = next.state() == DeviceReport.State.STOPPED;
    if (slotFreeAt.length != next.slots()) {
      slotFreeAt = new double[next.slots()];
    }
  }

  void drain(boolean on) {
    drained = on;
  }

  void lose() {
    lost = true;
  }

  /** Gives it no offers until it is heard of again. */
  void rest() {
    resting = true;
  }

  void slow(double factor) {
    slowness = factor;
  }

  void quarantine(@Nullable Quarantine next) {
    quarantine = next;
    probed = false;
  }

  void probe() {
    probed = true;
  }

  void countCompleted() {
    completed++;
  }

  Occupant occupy(Task task, int attempt, double predictedSeconds, double startsAt, double now) {
    boolean immediate = idle() && startsAt <= now;
    Occupant occupant = new Occupant(task, attempt, predictedSeconds, startsAt, immediate);
    occupants.add(occupant);
    return occupant;
  }

  void start(Occupant occupant, double at, double now) {
    if (!occupant.running()) {
      running++;
    }
    occupant.start(at, now);
    String operation = occupant.task().operation();
    if (!operation.equals(lastOperation)) {
      lastOperation = operation;
      warm = null;
    }
  }

  @Nullable Occupant vacate(Task task) {
    Occupant occupant = occupant(task);
    if (occupant != null) {
      occupants.remove(occupant);
      occupant.leave();
      running -= occupant.running() ? 1 : 0;
    }
    return occupant;
  }

  /**
   * Lays what it holds onto its slots, running attempts first: {@link #availableAt} is right after
   * this and before the next change.
   */
  void predict(double now) {
    predictedAt = now;
    Arrays.fill(slotFreeAt, now);
    int slot = 0;
    // By number: this happens many times in a decision.
    for (int i = 0; i < occupants.size(); i++) {
      Occupant occupant = occupants.get(i);
      if (occupant.running() && slot < slotFreeAt.length) {
        slotFreeAt[slot++] = occupant.endsAt(now) + occupant.linkedSeconds();
      }
    }
    heapify();
    for (int i = 0; i < occupants.size() && running < occupants.size(); i++) {
      Occupant occupant = occupants.get(i);
      if (!occupant.running()) {
        reserve(occupant.startsAt(), occupant.predictedSeconds() + occupant.linkedSeconds());
      }
    }
  }

  /** Takes the next free slot for a while, not before {@code notBefore}; returns the end. */
  double reserve(double notBefore, double seconds) {
    double end = Math.max(slotFreeAt[0], notBefore) + seconds;
    slotFreeAt[0] = end;
    sift(0);
    return end;
  }

  /** Puts the slots in the order of a binary heap. */
  private void heapify() {
    for (int i = slotFreeAt.length / 2 - 1; i >= 0; i--) {
      sift(i);
    }
  }

  private void sift(int from) {
    double moved = slotFreeAt[from];
    int i = from;
    for (int child = 2 * i + 1; child < slotFreeAt.length; child = 2 * i + 1) {
      if (child + 1 < slotFreeAt.length && slotFreeAt[child + 1] < slotFreeAt[child]) {
        child++;
      }
      if (slotFreeAt[child] >= moved) {
        break;
      }
      slotFreeAt[i] = slotFreeAt[child];
      i = child;
    }
    slotFreeAt[i] = moved;
  }

  @Override
  public String toString() {
    return id() + " (" + deviceClass() + ", " + occupants.size() + " occupants)";
  }
}
