package io.signalbox.core.pool;

import io.signalbox.core.device.Device;
import io.signalbox.core.device.Occupant;
import io.signalbox.core.job.DataLocation;
import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskState;
import io.signalbox.core.placement.Binding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Linked offers: a child that would go to the device of its only unfinished parent anyway is
 * offered to it before the parent is done, and starts there without a round trip.
 *
 * <p>One task at most is linked to an attempt, and may have one linked to it in turn: a chain,
 * which follows the attempt in its slot. A chain is as long as the settings and the device allow,
 * and ends within a lease, so that little is bound early. Nothing is linked to a device that takes
 * no new work, behind which another attempt waits, or that the policy has a more urgent task for,
 * nor behind an attempt that is late: nobody knows when that ends, and its device may be why.
 *
 * <p>A link never outlives the attempt that it hangs on: when that ends without a result, or
 * elsewhere, the whole chain behind it is taken back and its tasks go their ordinary way.
 */
final class Links {
  /** Children of one task that are looked at, the highest rank first. */
  private static final int MOST_CHILDREN = 8;

  private final State state;
  private final Map<Task, Task> followers = new HashMap<>();
  private Set<Task> considered = new LinkedHashSet<>();

  Links(State state) {
    this.state = state;
  }

  /** The task that is linked to an attempt of this one, or null. */
  @Nullable Task follower(Task task) {
    return followers.get(task);
  }

  /** How many tasks are linked. */
  int size() {
    return followers.size();
  }

  /** Something may be linked behind the task: it is looked at after the next placement. */
  void consider(Task task) {
    if (state.placement.links()) {
      considered.add(task);
    }
  }

  /** The task waits for one parent only, to which it may be linked. */
  void considerParent(Task task) {
    if (!state.placement.links()) {
      return;
    }
    var graph = task.job().graph();
    for (int i = 0; i < graph.parentCount(task.node()); i++) {
      Task parent = task.job().task(graph.parent(task.node(), i));
      if (parent != null && !(parent.state() instanceof TaskState.Succeeded)) {
        consider(parent);
        return;
      }
    }
  }

  /** Everything on the devices is looked at after the next placement. */
  void considerAll() {
    state
        .fleet
        .devices()
        .forEach(device -> device.occupants().forEach(occupant -> consider(occupant.task())));
  }

  /** Links what may be linked now. */
  void make(Turn turn) {
    if (considered.isEmpty()) {
      return;
    }
    Set<Task> tasks = considered;
    // Not cleared: that costs as much as the set ever held, after a large submission too much.
    considered = new LinkedHashSet<>();
    for (Task task : tasks) {
      Task root = root(task);
      if (!state.paused && !root.job().ended() && root.copy() == null) {
        grow(root, turn);
      }
    }
  }

  private void grow(Task root, Turn turn) {
    Device device = root.state() instanceof TaskState.Placed live ? host(live) : null;
    Occupant occupant = device == null ? null : device.occupant(root);
    if (device == null
        || occupant == null
        || !device.takesLinks(occupant)
        || occupant.late(state.fleet.knownUntil(turn.now()))) {
      return;
    }
    Task last = root;
    int room = Math.min(state.settings.linkedOffers(), device.report().linkedOffers());
    for (Task next = followers.get(last); next != null; next = followers.get(last)) {
      last = next;
      room--;
    }
    double end = occupant.endsAt(turn.now()) + occupant.linkedSeconds();
    for (Binding next = next(last, device, room, end, turn);
        next != null;
        next = next(last, device, room, end, turn)) {
      link(last, next, turn);
      last = next.task();
      end = next.finishesAt();
      room--;
    }
    measure(root, turn.now());
  }

  /** The device of an attempt, if it takes more work on the lane that the attempt came by. */
  private @Nullable Device host(TaskState.Placed live) {
    Device device = state.fleet.device(live.device());
    return device != null && device.willing() && device.lane() == live.lane() ? device : null;
  }

  /** The child of highest rank that belongs right behind its parent on the device, or null. */
  private @Nullable Binding next(Task parent, Device device, int room, double end, Turn turn) {
    for (Task child : room > 0 ? children(parent) : List.<Task>of()) {
      child.setData(located(child, parent, device, end));
      Binding binding = state.placement.follow(child, device, end, turn.now());
      if (binding != null
          && binding.startsAt() <= end
          && binding.finishesAt() - turn.now() <= state.settings.leaseSeconds()) {
        return binding;
      }
    }
    return null;
  }

  /** Children that wait for this parent alone. */
  private static List<Task> children(Task parent) {
    var graph = parent.job().graph();
    List<Task> children = new ArrayList<>(1);
    for (int i = 0; i < graph.childCount(parent.node()); i++) {
      Task child = parent.job().task(graph.child(parent.node(), i));
      if (child != null
          && child.pendingParents() == 1
          && child.state() instanceof TaskState.Waiting) {
        children.add(child);
      }
    }
    if (children.size() > 1) {
      children.sort(Comparator.comparingDouble(child -> -graph.upwardRank(child.node())));
    }
    return children.subList(0, Math.min(MOST_CHILDREN, children.size()));
  }

  /** Where the child's inputs will be when the parent is done on the device. */
  private static DataLocation located(Task child, Task parent, Device device, double end) {
    DataLocation data = Intake.located(child);
    var graph = child.job().graph();
    for (int i = 0; i < graph.parentCount(child.node()); i++) {
      if (graph.parent(child.node(), i) == parent.node()) {
        data = data.with(device.id(), end, graph.parentTransferSeconds(child.node(), i));
      }
    }
    return data;
  }

  private void link(Task parent, Binding binding, Turn turn) {
    Task child = binding.task();
    Device device = binding.device();
    int before = attemptOf(parent);
    int attempt = child.nextAttempt();
    double acceptBy = binding.startsAt() + state.settings.offerSeconds();
    followers.put(parent, child);
    state.recollections.linked(
        child, new Recollections.Decided(binding, state.placement.name(), turn.now()));
    state.become(
        child,
        new TaskState.Linked(
            attempt,
            parent.id(),
            before,
            device.id(),
            device.lane(),
            acceptBy,
            binding.predictedSeconds()),
        turn);
    turn.effects()
        .emit(
            new Effect.Offer(
                child.attempt(attempt),
                device.id(),
                device.deviceClass(),
                device.lane(),
                turn.now(),
                acceptBy,
                Offers.decision(state.placement.name(), binding),
                parent.attempt(before),
                turn.effects().storesRows() ? Offers.parents(child, device, turn.now()) : List.of(),
                child.job().header().traceparent()));
  }

  private static int attemptOf(Task task) {
    return switch (task.state()) {
      case TaskState.Placed live -> live.attempt();
      case TaskState.Linked linked -> linked.attempt();
      default -> throw new IllegalStateException(task + " has no attempt to link to");
    };
  }

  /** The task at the head of the chain: itself when it isn't linked. */
  private static Task root(Task task) {
    Task root = task;
    while (root.state() instanceof TaskState.Linked linked) {
      root = Objects.requireNonNull(root.job().task(linked.parent()));
    }
    return root;
  }

  /** Tells the device how long the chain behind the task's attempt takes. */
  private void measure(Task root, double now) {
    double seconds = linkedSeconds(root);
    for (TaskState.Placed live : root.placed()) {
      Device device = state.fleet.device(live.device());
      Occupant occupant = device == null ? null : device.occupant(root);
      boolean followed = hangsOn(followers.get(root), live.attempt());
      if (device != null && occupant != null) {
        state.fleet.follow(device, occupant, followed ? seconds : 0, now);
      }
    }
  }

  /** Predicted run time of the chain behind the task. */
  double linkedSeconds(Task root) {
    double seconds = 0;
    for (Task next = followers.get(root); next != null; next = followers.get(next)) {
      seconds += next.state() instanceof TaskState.Linked linked ? linked.predictedSeconds() : 0;
    }
    return seconds;
  }

  private static boolean hangsOn(@Nullable Task follower, int attempt) {
    return follower != null
        && follower.state() instanceof TaskState.Linked linked
        && linked.parentAttempt() == attempt;
  }

  /** An attempt succeeded. What isn't linked to it on this device doesn't start by itself. */
  void succeeded(Task task, int attempt, String device, Turn turn) {
    Task follower = followers.get(task);
    if (follower != null
        && follower.state() instanceof TaskState.Linked linked
        && !(linked.parentAttempt() == attempt && linked.device().equals(device))) {
      takeBack(follower, true, turn);
    }
  }

  /**
   * The attempt that the task is linked to succeeded: the device starts it right now, and its
   * STARTED follows. If it never got the offer, that ends like any other.
   */
  void takeUp(Task task, TaskState.Linked linked, Turn turn) {
    followers.remove(task.job().task(linked.parent()));
    Device device = Objects.requireNonNull(state.fleet.device(linked.device()));
    double now = turn.now();
    state
        .fleet
        .occupy(device, task, linked.attempt(), linked.predictedSeconds(), now, now)
        .because(state.recollections.unlinked(task));
    // Linked, it cost its tenant nothing; from here on it is settled like any other attempt.
    state.placement.charged(task, device.deviceClass(), linked.predictedSeconds());
    double acceptBy = Math.max(linked.acceptBy(), now + state.settings.offerSeconds());
    state.become(
        task,
        new TaskState.Offered(
            linked.attempt(), device.id(), linked.lane(), acceptBy, linked.predictedSeconds()),
        turn);
    measure(task, now);
    consider(task);
  }

  /** An attempt is over without a result, which its device knows. */
  void over(Task task, int attempt, Turn turn) {
    Task follower = followers.get(task);
    if (follower != null && hangsOn(follower, attempt)) {
      takeBack(follower, false, turn);
    }
  }

  /** The task's attempt should long be over: what is linked to it is free to go elsewhere. */
  void overdue(Task task, Turn turn) {
    Task follower = followers.get(task);
    if (follower != null) {
      takeBack(follower, true, turn);
    }
  }

  /** An attempt runs on another device than the one it was offered to. */
  void moved(Task task, Turn turn) {
    Task follower = followers.get(task);
    if (follower != null) {
      takeBack(follower, true, turn);
    }
  }

  /** Takes back everything that is linked on a device. */
  void takeBackAll(Device device, Turn turn) {
    for (Occupant occupant : List.copyOf(device.occupants())) {
      Task follower = followers.get(occupant.task());
      if (follower != null && hangsOn(follower, occupant.attempt())) {
        takeBack(follower, true, turn);
      }
    }
  }

  /**
   * Takes back a linked task and the chain behind it: they wait for their parents again.
   *
   * @param tell false when the device has dropped them by itself
   */
  void takeBack(Task first, boolean tell, Turn turn) {
    Task root = root(first);
    Task task = first;
    while (task != null && task.state() instanceof TaskState.Linked linked) {
      followers.remove(task.job().task(linked.parent()));
      Device device = state.fleet.device(linked.device());
      if (tell && device != null) {
        turn.effects()
            .emit(
                new Effect.Cancel(
                    task.attempt(linked.attempt()),
                    device.id(),
                    device.deviceClass(),
                    linked.lane(),
                    turn.now()));
      }
      state.recollections.unlinked(task);
      state.become(task, new TaskState.Waiting(), turn);
      task = followers.get(task);
    }
    measure(root, turn.now());
  }

  /** Finds a job's links again; what hangs on nothing waits for its parents. */
  void restore(List<Task> tasks, double now) {
    for (Task task : tasks) {
      Task parent = task.state() instanceof TaskState.Linked linked ? prior(task, linked) : null;
      if (parent != null) {
        followers.put(parent, task);
      } else if (task.state() instanceof TaskState.Linked) {
        task.become(new TaskState.Waiting());
      }
    }
    for (Task task : tasks) {
      if (task.state() instanceof TaskState.Placed) {
        measure(task, now);
        consider(task);
      }
    }
  }

  /** The parent that a stored link hangs on, directly or not, if its attempt is still there. */
  private static @Nullable Task prior(Task task, TaskState.Linked linked) {
    Task parent = task.job().task(linked.parent());
    if (parent == null) {
      return null;
    }
    TaskState.Placed live = parent.placed(linked.parentAttempt());
    if (live != null) {
      return live.device().equals(linked.device()) ? parent : null;
    }
    boolean chained =
        parent.state() instanceof TaskState.Linked before
            && before.attempt() == linked.parentAttempt()
            && before.device().equals(linked.device())
            && prior(parent, before) != null;
    return chained ? parent : null;
  }
}
