package io.signalbox.core.placement;

import io.signalbox.core.device.ClassDevices;
import io.signalbox.core.device.Device;
import io.signalbox.core.device.Fleet;
import io.signalbox.core.job.Planned;
import io.signalbox.core.job.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One pass of {@link PlanGuided} over its queue. Tasks are looked at in the order of their urgency,
 * over all tenants whose share allows it; when nothing more can be placed for these, the others get
 * what is left, so that no device idles for the sake of fairness.
 *
 * <pre>
 *   d* = the device of the planned class that is done first, e* = the idle one of any other class
 *   if the task would be late on d* and f(e*) − t &lt; σ·(f(d*) − t): d* = e*      steal
 *   if d* is idle and the inputs are there: start
 *   elif d* is idle: hold it, let a shorter task fill the gap                   backfill
 *   else reserve d*, so that tasks behind plan around it
 * </pre>
 */
final class Round {
  /** In the queue of a class that is busy so many tasks are looked at for each of its slots. */
  private static final int LOOKS_PER_SLOT = 3;

  static final int MOST_LOOKS = 4;

  /** Busy devices that are looked at for one that takes an offer ahead of time. */
  private static final int MOST_BUSY = 16;

  /** Tasks of a queue that are passed over while what is free is kept for hot operations. */
  private static final int MOST_PASSED = 256;

  /** A task is behind its plan when it starts later than planned by this share of itself. */
  private static final double BEHIND = 0.05;

  private final PlanGuided policy;
  private final Fleet fleet;
  private final Finishes finishes;
  private final double now;
  private final double horizon;
  private final int @Nullable [] mostForOthers;
  // By class: YES, NO, or 0 when it has to be asked anew.
  private final byte[] offerable;
  private final List<Walk> walks = new ArrayList<>();
  private final List<Hold> holds = new ArrayList<>();
  private final Predicate<ReadyTasks.Group> servable = this::servable;
  private int decisions;

  private static final byte YES = 1;
  private static final byte NO = 2;

  /** A place reached in one tenant's queue for one class. */
  private static final class Walk {
    private final TenantQueue queue;
    private final @Nullable ClassDevices own;
    private final Scan scan;
    private int looks;
    private int passed;
    private @Nullable Task head;
    // Whether the tenant may be served, as of so many decisions.
    private boolean eligible;
    private int eligibleAt = -1;

    private Walk(TenantQueue queue, @Nullable ClassDevices own, Scan scan, int looks) {
      this.queue = queue;
      this.own = own;
      this.scan = scan;
      this.looks = looks;
    }
  }

  /** An idle device whose next task still waits for its inputs. */
  private static final class Hold {
    private final Walk walk;
    private final Binding binding;
    private boolean filled;

    private Hold(Walk walk, Binding binding) {
      this.walk = walk;
      this.binding = binding;
    }
  }

  Round(PlanGuided policy, double now) {
    this.policy = policy;
    this.fleet = policy.fleet();
    this.finishes = policy.finishes();
    this.now = now;
    this.offerable = new byte[fleet.classes().size()];
    this.horizon = fleet.prefetchSeconds();
    this.mostForOthers = policy.mostForOthers();
  }

  void run(Consumer<Binding> consumer) {
    if (!anyOfferable()) {
      return;
    }
    open();
    for (Walk walk = next(); walk != null; walk = next()) {
      Task task = walk.head;
      if (task == null) {
        throw new IllegalStateException("a walk without a task was chosen");
      }
      walk.looks--;
      look(walk, task, consumer);
      advance(walk);
    }
    for (Hold hold : holds) {
      if (!hold.filled && hold.binding.device().idle()) {
        hold.walk.queue.remove(hold.binding.task());
        bind(hold.binding, hold.walk.queue, consumer);
      }
    }
    walks.forEach(walk -> walk.scan.close());
  }

  private void open() {
    for (TenantQueue queue : policy.tenants()) {
      for (Map.Entry<String, ReadyTasks> entry : queue.queues()) {
        if (entry.getValue().groups().isEmpty()) {
          continue;
        }
        ClassDevices own = fleet.ofClass(entry.getKey());
        int slots = own == null ? 0 : own.slots();
        int looks = Math.min(MOST_LOOKS, LOOKS_PER_SLOT * Math.max(1, slots));
        Walk walk = new Walk(queue, own, entry.getValue().scan(), looks);
        walks.add(walk);
        advance(walk);
      }
    }
  }

  private void advance(Walk walk) {
    walk.head = walk.scan.next(servable);
  }

  /** The walk to go on with: the most urgent task of those whose tenants may be served. */
  private @Nullable Walk next() {
    Walk best = null;
    Walk bestAhead = null;
    for (int i = 0; i < walks.size(); i++) {
      Walk walk = walks.get(i);
      if (walk.head == null || spent(walk)) {
        continue;
      }
      if (eligible(walk)) {
        best = moreUrgent(best, walk);
      } else {
        bestAhead = lessServed(bestAhead, walk);
      }
    }
    return best == null ? bestAhead : best;
  }

  /** Shares move with each decision, and not between them. */
  private boolean eligible(Walk walk) {
    if (walk.eligibleAt != decisions) {
      walk.eligible = policy.shares().eligible(walk.queue.tenant());
      walk.eligibleAt = decisions;
    }
    return walk.eligible;
  }

  /** Looks aren't counted while the class has a device to give. */
  private boolean spent(Walk walk) {
    return walk.passed == MOST_PASSED
        || (walk.looks <= 0 && !(walk.own != null && offerable(walk.own)));
  }

  private static Walk moreUrgent(@Nullable Walk best, Walk walk) {
    return best == null || ReadyTasks.ORDER.compare(head(walk), head(best)) < 0 ? walk : best;
  }

  private static Task head(Walk walk) {
    if (walk.head == null) {
      throw new IllegalStateException("the walk is at its end");
    }
    return walk.head;
  }

  private Walk lessServed(@Nullable Walk best, Walk walk) {
    if (best == null) {
      return walk;
    }
    double had = policy.shares().virtualTime(best.queue.tenant());
    double has = policy.shares().virtualTime(walk.queue.tenant());
    return has < had ? walk : has > had ? best : moreUrgent(best, walk);
  }

  private void look(Walk walk, Task task, Consumer<Binding> consumer) {
    if (fill(walk, task, consumer)) {
      return;
    }
    ClassDevices own = walk.own;
    Binding planned = own == null ? null : finishes.firstIn(own, task, now);
    if (own == null || planned == null) {
      // Nothing of its class can take it: anything else may.
      settle(walk, finishes.first(task, now), consumer);
    } else if (isKept(task, own)) {
      passOver(walk, planned, consumer);
    } else if (!bindable(planned)) {
      Binding other = elsewhere(task, own);
      settle(walk, other != null && pays(walk, planned, other) ? other : planned, consumer);
    } else if (mayStart(walk, own, planned)) {
      settle(walk, planned, consumer);
    } else {
      policy.reservations().add(planned);
    }
  }

  /** True while the slots of the class that the task may hold are in use. */
  private boolean isKept(Task task, ClassDevices candidates) {
    return mostForOthers != null && policy.isKept(mostForOthers, task, candidates, now);
  }

  /**
   * What the class has to give is kept for hot operations. When one of the others there will be
   * done isn't known; after about as long as the task itself takes, it is assumed.
   */
  private void passOver(Walk walk, Binding planned, Consumer<Binding> consumer) {
    walk.passed++;
    Binding other = walk.looks < 0 || walk.own == null ? null : elsewhere(planned.task(), walk.own);
    double wait = planned.score() - now + planned.predictedSeconds();
    if (other != null && other.score() - now < policy.settings().stealRatio() * wait) {
      settle(walk, other, consumer);
    }
  }

  /** Places, holds or reserves, whatever can be done now. */
  private void settle(Walk walk, @Nullable Binding chosen, Consumer<Binding> consumer) {
    if (chosen == null) {
      return;
    }
    if (!bindable(chosen)) {
      reserve(chosen);
    } else if (isKept(chosen.task(), chosen.device().owner())) {
      walk.passed++;
    } else if (chosen.startsAt() > now && chosen.device().idle()) {
      reserve(chosen);
      holds.add(new Hold(walk, chosen));
    } else {
      walk.scan.drop();
      bind(chosen, walk.queue, consumer);
    }
  }

  /**
   * The plan may want the slot for a task that is about to be ready. But an overdue task has waited
   * enough for others; and plans know nothing of shares, so what a tenant with less than its share
   * left free for them would go to one that has had more.
   */
  private boolean mayStart(Walk walk, ClassDevices own, Binding planned) {
    Task task = planned.task();
    int free = Math.max(1, own.freeSize());
    return policy.isOverdue(task, now)
        || policy.shares().owed(walk.queue.tenant())
        || policy.plan().allowsEarly(task, free, planned.predictedSeconds(), now);
  }

  private void bind(Binding binding, TenantQueue queue, Consumer<Binding> consumer) {
    Binding decided = finishes.decided(binding, now);
    policy.placed(decided, queue);
    consumer.accept(decided);
    decisions++;
    changed(decided.device());
  }

  private void reserve(Binding binding) {
    policy.reservations().add(binding);
    fleet.reserve(binding.device(), binding.startsAt(), binding.predictedSeconds());
    changed(binding.device());
  }

  /** Backfill: a task that is done before a held device's own task can start runs there first. */
  private boolean fill(Walk walk, Task task, Consumer<Binding> consumer) {
    for (int i = 0; i < holds.size(); i++) {
      Hold hold = holds.get(i);
      Device device = hold.binding.device();
      if (hold.filled || !device.idle() || !Finishes.canHold(task, device)) {
        continue;
      }
      Binding binding = finishes.on(device, task, now, now);
      if (binding.startsAt() <= now && binding.finishesAt() <= hold.binding.startsAt()) {
        hold.filled = true;
        walk.scan.drop();
        bind(binding, walk.queue, consumer);
        return true;
      }
    }
    return false;
  }

  /** The device of another class that could start the task and be done first. */
  private @Nullable Binding elsewhere(Task task, ClassDevices own) {
    Binding best = null;
    List<ClassDevices> classes = fleet.classes();
    for (int k = 0; k < classes.size(); k++) {
      ClassDevices candidates = classes.get(k);
      if (candidates != own && offerable(candidates) && !isKept(task, candidates)) {
        Binding binding = finishes.firstIn(candidates, task, now);
        if (binding != null
            && bindable(binding)
            && (best == null || binding.score() < best.score())) {
          best = binding;
        }
      }
    }
    return best;
  }

  /**
   * Whether a task had better be stolen from its class: when it is behind its plan, or its tenant
   * is owed what another one would take.
   */
  private boolean pays(Walk walk, Binding own, Binding other) {
    Planned planned = own.task().planned();
    boolean behind =
        planned == null
            || now > planned.startsAt() + BEHIND * own.predictedSeconds()
            || policy.shares().owed(walk.queue.tenant());
    return behind && other.score() - now < policy.settings().stealRatio() * (own.score() - now);
  }

  /** A free slot, or one that should be free by the time an offer has found its way. */
  private boolean bindable(Binding binding) {
    Device device = binding.device();
    return device.availableAt() <= now
        ? device.willing() && device.idle()
        : device.takesOffers()
            && device.availableAt() - now <= horizon
            && !device.stuck(fleet.knownUntil(now));
  }

  private boolean anyOfferable() {
    List<ClassDevices> classes = fleet.classes();
    for (int k = 0; k < classes.size(); k++) {
      ClassDevices candidates = classes.get(k);
      if (offerable(candidates)) {
        return true;
      }
    }
    return false;
  }

  private boolean servable(ReadyTasks.Group group) {
    List<ClassDevices> classes = fleet.classes();
    for (int k = 0; k < classes.size(); k++) {
      ClassDevices candidates = classes.get(k);
      if (offerable(candidates)
          && Finishes.allows(group.classes(), candidates)
          && (group.required().isEmpty() || takesOffers(candidates, group.required()))) {
        return true;
      }
    }
    return false;
  }

  /** True when a device with these labels could be given something. */
  private boolean takesOffers(ClassDevices candidates, Map<String, String> required) {
    for (Device device : candidates.free()) {
      if (device.report().has(required)) {
        return true;
      }
    }
    for (Device device : candidates.busy()) {
      if (device.availableAt() - now > horizon) {
        return false;
      }
      if (device.takesOffers() && device.report().has(required)) {
        return true;
      }
    }
    return false;
  }

  private boolean offerable(ClassDevices candidates) {
    int number = candidates.number();
    if (offerable[number] == 0) {
      offerable[number] = takesOffers(candidates) ? YES : NO;
    }
    return offerable[number] == YES;
  }

  /** Something has changed for a device, and so for its class. */
  private void changed(Device device) {
    offerable[device.owner().number()] = 0;
  }

  private boolean takesOffers(ClassDevices candidates) {
    if (candidates.freeSize() > 0) {
      return true;
    }
    if (candidates.firstAvailableAt() - now > horizon) {
      return false;
    }
    int looked = 0;
    for (Device device : candidates.busy()) {
      if (device.availableAt() - now > horizon || looked++ == MOST_BUSY) {
        return false;
      }
      if (device.takesOffers()) {
        return true;
      }
    }
    return false;
  }
}
