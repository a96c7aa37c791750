package io.signalbox.simulator.run;

import io.signalbox.core.device.DeviceReport;
import io.signalbox.core.device.Vitals;
import io.signalbox.core.job.AttemptRef;
import io.signalbox.simulator.workload.Fleet;
import io.signalbox.simulator.workload.Network;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A device of the simulation: slots that run one attempt each, and offers that wait for one. */
final class VirtualDevice {
  final Fleet.Device device;
  final int classNumber;
  private final @Nullable Attempt[] slots;
  private final Deque<Attempt> waiting = new ArrayDeque<>();
  private final int linkedOffers;
  // By the attempt that each follows.
  private final Map<AttemptRef, Attempt> linked = new HashMap<>();
  private long incarnation = 1;
  private long sequence;
  private boolean silent;

  VirtualDevice(Fleet.Device device, int classNumber, int linkedOffers) {
    this.device = device;
    this.classNumber = classNumber;
    this.linkedOffers = linkedOffers;
    this.slots = new Attempt[device.slots()];
  }

  /** Grows with every start. */
  long incarnation() {
    return incarnation;
  }

  boolean silent() {
    return silent;
  }

  /** What it says of itself. It holds no more than it runs: offers take no time to arrive. */
  DeviceReport report(Network network) {
    double bandwidth = network.bandwidthBytesPerSecond();
    return new DeviceReport(
        device.id(),
        device.deviceClass(),
        incarnation,
        sequence++,
        DeviceReport.State.ACTIVE,
        List.of(0),
        device.slots(),
        0,
        linkedOffers,
        held(),
        0,
        Double.isInfinite(bandwidth) ? 0 : bandwidth,
        network.latencySeconds(),
        0,
        true,
        Set.of(),
        device.zone(),
        device.labels(),
        List.of(),
        Vitals.UNKNOWN);
  }

  private List<DeviceReport.Held> held() {
    List<DeviceReport.Held> held = new ArrayList<>();
    inHand().forEach(attempt -> held.add(new DeviceReport.Held(attempt.ref, attempt.running)));
    return held;
  }

  /** Every attempt that it runs or that waits. */
  List<Attempt> inHand() {
    List<Attempt> all = new ArrayList<>();
    for (Attempt attempt : slots) {
      if (attempt != null) {
        all.add(attempt);
      }
    }
    all.addAll(waiting);
    return all;
  }

  /** It says nothing any more. What it held is over; offers that come now wait for its return. */
  void fallSilent() {
    silent = true;
    inHand().forEach(attempt -> attempt.over = true);
    Arrays.fill(slots, null);
    waiting.clear();
    linked.clear();
  }

  /** It starts anew. Returns the offers that came meanwhile, as they lie in its lane. */
  List<Attempt> startAnew() {
    List<Attempt> missed = List.copyOf(waiting);
    waiting.clear();
    silent = false;
    incarnation++;
    sequence = 0;
    return missed;
  }

  /** Gives the attempt a slot, or lets it wait for one; true when it has one. */
  boolean take(Attempt attempt) {
    for (int slot = 0; slot < slots.length && !silent; slot++) {
      if (slots[slot] == null) {
        occupy(attempt, slot);
        return true;
      }
    }
    waiting.add(attempt);
    return false;
  }

  /** The attempt that it runs or that waits for a slot, or null. */
  @Nullable Attempt find(AttemptRef ref) {
    for (Attempt attempt : slots) {
      if (attempt != null && attempt.ref.equals(ref)) {
        return attempt;
      }
    }
    for (Attempt attempt : waiting) {
      if (attempt.ref.equals(ref)) {
        return attempt;
      }
    }
    return null;
  }

  /** Lets an attempt follow another one, which it runs or holds; false when it doesn't. */
  boolean link(Attempt attempt, AttemptRef prior) {
    boolean held =
        find(prior) != null || linked.values().stream().anyMatch(each -> each.ref.equals(prior));
    if (held) {
      linked.put(prior, attempt);
    }
    return held;
  }

  /** Drops an attempt that follows another one, and those behind it. */
  void unlink(AttemptRef ref) {
    linked.values().removeIf(each -> each.ref.equals(ref));
    unlinkBehind(ref);
  }

  /** Drops what follows an attempt, directly or not. */
  void unlinkBehind(AttemptRef ref) {
    for (Attempt next = linked.remove(ref); next != null; next = linked.remove(next.ref)) {
      next.over = true;
    }
  }

  /** Ends an attempt in favour of the one that follows it, which gets its slot; null if none. */
  @Nullable Attempt handOver(Attempt attempt) {
    Attempt follower = linked.isEmpty() ? null : linked.remove(attempt.ref);
    if (follower != null) {
      attempt.over = true;
      occupy(follower, attempt.slot);
    }
    return follower;
  }

  /** Ends an attempt. Returns the one that has got its slot, or null. */
  @Nullable Attempt leave(Attempt attempt) {
    attempt.over = true;
    if (attempt.slot < 0) {
      waiting.remove(attempt);
      return null;
    }
    slots[attempt.slot] = null;
    Attempt next = waiting.poll();
    if (next != null) {
      occupy(next, attempt.slot);
    }
    return next;
  }

  private void occupy(Attempt attempt, int slot) {
    slots[slot] = attempt;
    attempt.slot = slot;
  }
}
