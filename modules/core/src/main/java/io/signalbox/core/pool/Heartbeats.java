package io.signalbox.core.pool;

import io.signalbox.core.device.Device;
import io.signalbox.core.device.DeviceReport;
import io.signalbox.core.device.Occupant;
import io.signalbox.core.job.AttemptRef;
import io.signalbox.core.job.Job;
import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What devices say of themselves, and what their silence means. */
final class Heartbeats {
  private static final int MAX_SLOTS = 1_024;

  /** Silent devices that are forgotten at once where there are too many. */
  private static final int MOST_FORGOTTEN = 1_000;

  /** It takes a look at all devices to find those. */
  private static final double CLEARING_SECONDS = 1;

  private final State state;
  private final Failures failures;
  private final Experience experience;
  private final SubmissionRules rules;
  private double leasesEnd = Double.POSITIVE_INFINITY;
  // Until then a look at the devices would find nothing: leases that are renewed end later.
  private double nothingEndsBefore = Double.NEGATIVE_INFINITY;
  private double nextClearing = Double.NEGATIVE_INFINITY;
  private boolean laneless = true;

  Heartbeats(State state, Failures failures, Experience experience) {
    this.state = state;
    this.failures = failures;
    this.experience = experience;
    this.rules = new SubmissionRules(state.settings);
  }

  void reported(DeviceReport report, Turn turn) {
    String broken = breach(report);
    if (broken != null) {
      turn.refuse(broken);
      return;
    }
    Device known = state.fleet.device(report.id());
    if (known == null && !hasRoom(turn)) {
      turn.refuse(
          "device '%s' is one too many: pool '%s' knows %d of which none is silent (pool.limits.devices)"
              .formatted(report.id(), state.name, state.fleet.devices().size()));
      return;
    }
    if (known != null && outdated(report, known.report())) {
      return;
    }
    if (known != null && report.incarnation() > known.report().incarnation()) {
      crashed(known, turn);
    }
    if (known != null && !report.deviceClass().equals(known.deviceClass())) {
      state.fleet.forget(known);
    }
    boolean changed =
        known == null || !DeviceRows.stored(known.report()).equals(DeviceRows.stored(report));
    Device device = state.fleet.report(report, turn.now());
    leasesEnd = Math.min(leasesEnd, turn.now() + state.settings.leaseSeconds());
    nothingEndsBefore = Math.min(nothingEndsBefore, leasesEnd);
    laneless |= report.lanes().isEmpty();
    renewLeases(device, turn);
    experience.checked(device, turn);
    if (report.state() == DeviceReport.State.STOPPED) {
      loseRunning(device, "its device stopped", turn);
    }
    if (!device.willing()) {
      state.links.takeBackAll(device, turn);
    }
    if (changed) {
      DeviceRows.save(device, turn);
    }
  }

  /** However much ran on it, it crashed once. */
  private void crashed(Device device, Turn turn) {
    Task lost =
        device.occupants().stream()
            .filter(Occupant::running)
            .map(Occupant::task)
            .findFirst()
            .orElse(null);
    loseRunning(device, "its device started anew", turn);
    if (lost != null) {
      experience.failed(lost, device, turn);
    }
  }

  /** An operator's order. */
  void drain(String id, boolean on, Turn turn) {
    Device device = state.fleet.device(id);
    if (device == null) {
      turn.refuse("there is no device '%s' in pool '%s'".formatted(id, state.name));
      return;
    }
    state.fleet.drain(device, on, turn.now());
    if (on) {
      state.links.takeBackAll(device, turn);
    } else {
      // Whoever puts it back has looked at it.
      state.fleet.acquit(device, turn.now());
    }
    DeviceRows.save(device, turn);
  }

  /** Devices that are silent, and running attempts that their device no longer names. */
  void expireLeases(Turn turn) {
    if (turn.now() < nothingEndsBefore) {
      return;
    }
    double lease = state.settings.leaseSeconds();
    boolean silent = false;
    leasesEnd = Double.POSITIVE_INFINITY;
    for (Device device : new ArrayList<>(state.fleet.devices())) {
      if (turn.now() - device.lastHeard() > lease) {
        loseRunning(device, "its device was silent for %.1f s".formatted(lease), turn);
        if (!device.lost()) {
          state.fleet.lose(device, turn.now());
        }
        forgetIfLongGone(device, turn);
        silent = true;
      } else {
        loseUnnamed(device, lease, turn);
        leasesEnd = Math.min(leasesEnd, device.lastHeard() + lease);
      }
      for (Occupant occupant : device.occupants()) {
        if (occupant.running()) {
          leasesEnd = Math.min(leasesEnd, occupant.lastNamed() + lease);
        }
      }
    }
    // What starts on a device that is heard of is named then, and so ends after the device's lease;
    // on a silent one anything may turn up.
    nothingEndsBefore = silent ? turn.now() : leasesEnd;
  }

  /**
   * Not later than when the next lease ends, in seconds since the epoch; infinity without devices.
   * Leases that were renewed since the last look end later.
   */
  double nextDue() {
    return leasesEnd;
  }

  private void loseUnnamed(Device device, double lease, Turn turn) {
    List<Occupant> unnamed = List.of();
    for (Occupant occupant : device.occupants()) {
      if (occupant.running() && turn.now() - occupant.lastNamed() > lease) {
        unnamed = unnamed.isEmpty() ? new ArrayList<>() : unnamed;
        unnamed.add(occupant);
      }
    }
    for (Occupant occupant : unnamed) {
      lose(device, occupant, "its device no longer names it in its heartbeats", turn);
    }
  }

  /** Classes in which a device has heartbeats but no lane. */
  void askForLanes(Turn turn) {
    if (!laneless) {
      return;
    }
    for (String name : classesWithoutLanes()) {
      int active = 0;
      for (Device device : state.fleet.devices()) {
        active += active(device) && device.deviceClass().equals(name) ? 1 : 0;
      }
      turn.effects().emit(new Effect.NeedLanes(name, active));
    }
  }

  private Set<String> classesWithoutLanes() {
    Set<String> names = new TreeSet<>();
    laneless = false;
    for (Device device : state.fleet.devices()) {
      DeviceReport report = device.report();
      laneless |= report.lanes().isEmpty();
      // The first heartbeats go out before Kafka has handed out the lanes.
      if (report.lanes().isEmpty() && report.sequence() >= 3 && active(device)) {
        names.add(device.deviceClass());
      }
    }
    return names;
  }

  private static boolean active(Device device) {
    return !device.lost() && device.report().state() == DeviceReport.State.ACTIVE;
  }

  private void loseRunning(Device device, String why, Turn turn) {
    for (Occupant occupant : new ArrayList<>(device.occupants())) {
      if (occupant.running()) {
        lose(device, occupant, why, turn);
      }
    }
  }

  private void lose(Device device, Occupant occupant, String why, Turn turn) {
    TaskState.Placed live = occupant.task().placed(occupant.attempt());
    // The attempt may have gone with its job, which the loss of another one ended.
    if (live != null && device.occupant(occupant.task()) == occupant) {
      failures.lost(occupant.task(), live, why, turn);
    }
  }

  private void forgetIfLongGone(Device device, Turn turn) {
    double silent = turn.now() - device.lastHeard();
    if (device.empty() && silent > 100 * state.settings.leaseSeconds()) {
      forget(device, turn);
    }
  }

  private void forget(Device device, Turn turn) {
    state.fleet.forget(device);
    turn.delete(new RowKey(RowKey.Kind.DEVICE, device.id(), ""));
  }

  /**
   * Whether one more device may be known. Where there are as many as may be, those that have been
   * silent for longest make room, but for drained ones: an operator's word outlives a device.
   */
  private boolean hasRoom(Turn turn) {
    int most = state.settings.limits().devices();
    if (state.fleet.devices().size() >= most && turn.now() >= nextClearing) {
      nextClearing = turn.now() + CLEARING_SECONDS;
      state.fleet.devices().stream()
          .filter(device -> device.lost() && device.empty() && !device.drained())
          .sorted(Comparator.comparingDouble(Device::lastHeard).thenComparing(Device::id))
          .limit(MOST_FORGOTTEN)
          .toList()
          .forEach(device -> forget(device, turn));
    }
    return state.fleet.devices().size() < most;
  }

  private void renewLeases(Device device, Turn turn) {
    for (DeviceReport.Held held : device.report().held()) {
      AttemptRef attempt = held.attempt();
      Job job = state.jobs.get(attempt.job());
      Task task = job == null ? null : job.task(attempt.task());
      Occupant occupant = task == null ? null : device.occupant(task);
      if (occupant != null && occupant.attempt() == attempt.attempt()) {
        occupant.named(turn.now());
      } else if (unwanted(attempt, job, task) && !device.report().lanes().isEmpty()) {
        turn.cancel(attempt, device);
      }
    }
  }

  /** True when nobody waits for the attempt any more. */
  private boolean unwanted(AttemptRef attempt, @Nullable Job job, @Nullable Task task) {
    if (job == null) {
      return state.ended.get(attempt.job()) != null;
    }
    if (task == null || attempt.attempt() > task.attempts()) {
      return false;
    }
    return switch (task.state()) {
      // The device may still hold back its news: of the start, of the completion.
      case TaskState.Ready free -> attempt.attempt() < task.attempts();
      case TaskState.BackingOff waits -> attempt.attempt() < task.attempts();
      case TaskState.Succeeded won -> attempt.attempt() != won.attempt();
      case TaskState.Placed live -> task.placed(attempt.attempt()) == null;
      case TaskState.Linked linked -> attempt.attempt() != linked.attempt();
      case TaskState.Waiting waiting -> true;
      case TaskState.Failed gaveUp -> true;
    };
  }

  private static boolean outdated(DeviceReport report, DeviceReport known) {
    return report.incarnation() < known.incarnation()
        || (report.incarnation() == known.incarnation() && report.sequence() < known.sequence());
  }

  private @Nullable String breach(DeviceReport report) {
    if (!rules.nameable(report.id())) {
      return "device id '%s' can't be used: up to 200 characters of [A-Za-z0-9._:-] make a name"
          .formatted(report.id());
    }
    if (state.fleet.ofClass(report.deviceClass()) == null) {
      return "device '%s' is of class '%s', which isn't served; served are %s"
          .formatted(
              report.id(),
              report.deviceClass(),
              String.join(", ", state.fleet.classes().stream().map(c -> c.name()).toList()));
    }
    if (report.slots() < 1 || report.slots() > MAX_SLOTS) {
      return "device '%s' has %d slots; 1 to %d are allowed"
          .formatted(report.id(), report.slots(), MAX_SLOTS);
    }
    if (report.prefetch() < 0 || report.prefetch() > MAX_SLOTS) {
      return "device '%s' prefetches %d; 0 to %d are allowed"
          .formatted(report.id(), report.prefetch(), MAX_SLOTS);
    }
    if (report.linkedOffers() < 0 || report.linkedOffers() > MAX_SLOTS) {
      return "device '%s' holds %d linked offers behind an attempt; 0 to %d are allowed"
          .formatted(report.id(), report.linkedOffers(), MAX_SLOTS);
    }
    if (!isAmount(report.bandwidthBytesPerSecond()) || !isAmount(report.linkLatencySeconds())) {
      return "device '%s' reports a bandwidth or latency that is no finite number ≥ 0"
          .formatted(report.id());
    }
    if (!report.zone().isEmpty() && !rules.nameable(report.zone())) {
      return "device '%s' stands in zone '%s', which is no name: up to 200 characters of"
          .concat(" [A-Za-z0-9._:-] make one")
          .formatted(report.id(), report.zone());
    }
    return report.lanes().stream().anyMatch(lane -> lane < 0)
        ? "device '%s' reports a negative lane".formatted(report.id())
        : null;
  }

  private static boolean isAmount(double value) {
    return value >= 0 && !Double.isInfinite(value);
  }
}
