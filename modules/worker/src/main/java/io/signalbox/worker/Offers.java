package io.signalbox.worker;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a device does with offers: a pure state machine, no I/O, no clock.
 *
 * <pre>
 *              slot free              finished
 *   offered ──────────────▶ running ──────────▶ settled
 *      │ no slot      ▲        │ cancelled         ▲
 *      ▼              │        └───────────────────┤
 *    queued ──────────┘ slot frees in time         │
 *      └───────────────────────────────────────────┘ late, cancelled, drained
 * </pre>
 *
 * <p>It holds at most slots + prefetch attempts; what is beyond is released. Offers start in the
 * order of their arrival. Settled attempts are remembered for a while, because Kafka may deliver an
 * offer again and a CANCEL may come before the RUN it means when they are on different lanes.
 */
final class Offers {
  private static final int REMEMBERED = 4_096;

  private final String pool;
  private final String deviceId;
  private final int slots;
  private final int prefetch;
  private final Moves moves;
  private final Map<AttemptId, Offer> running = new LinkedHashMap<>();
  private final Map<AttemptId, Offer> queued = new LinkedHashMap<>();
  private final Set<AttemptId> settled = new LinkedHashSet<>();
  private boolean draining;

  Offers(String pool, String deviceId, int slots, int prefetch, Moves moves) {
    this.pool = pool;
    this.deviceId = deviceId;
    this.slots = slots;
    this.prefetch = prefetch;
    this.moves = moves;
  }

  /** An offer was delivered. */
  void offered(Offer offer, Instant now) {
    AttemptId attempt = offer.attempt();
    if (!offer.assignment().getPool().equals(pool)) {
      moves.drop(offer, DropReason.OTHER_POOL);
    } else if (isKnown(attempt)) {
      moves.drop(offer, DropReason.DUPLICATE);
    } else if (offer.isLate(now)) {
      moves.drop(offer, DropReason.LATE);
    } else if (draining) {
      release(offer, "the device drains");
    } else if (running.size() < slots) {
      start(offer);
    } else if (!offer.assignment().getDeviceId().equals(deviceId)) {
      release(offer, "the lane moved to a device without a free slot");
    } else if (queued.size() < prefetch) {
      queued.put(attempt, offer);
    } else {
      release(offer, "the device holds slots + prefetch = " + (slots + prefetch) + " already");
    }
  }

  private boolean isKnown(AttemptId attempt) {
    return running.containsKey(attempt) || queued.containsKey(attempt) || settled.contains(attempt);
  }

  /** The engine wants an attempt to stop, or not to start. */
  void cancelled(AttemptId attempt, Instant now) {
    Offer started = running.remove(attempt);
    Offer waiting = queued.remove(attempt);
    settle(attempt);
    if (started != null) {
      moves.stop(started, "cancelled");
      fill(now);
    } else if (waiting != null) {
      moves.release(waiting, "cancelled");
    }
  }

  /**
   * A running attempt has ended by itself.
   *
   * @return false when it isn't running any more, so that its end means nothing
   */
  boolean finished(AttemptId attempt) {
    if (running.remove(attempt) == null) {
      return false;
    }
    settle(attempt);
    return true;
  }

  /** Starts what waits while slots are free; what has become late meanwhile is dropped. */
  void fill(Instant now) {
    expire(now);
    while (running.size() < slots && !queued.isEmpty()) {
      Offer next = queued.values().iterator().next();
      queued.remove(next.attempt());
      start(next);
    }
  }

  /** Drops what waits and may not start any more. */
  void expire(Instant now) {
    Iterator<Offer> waiting = queued.values().iterator();
    List<Offer> late = new ArrayList<>(0);
    while (waiting.hasNext()) {
      Offer offer = waiting.next();
      if (offer.isLate(now)) {
        waiting.remove();
        late.add(offer);
      }
    }
    for (Offer offer : late) {
      settle(offer.attempt());
      moves.drop(offer, DropReason.LATE);
    }
  }

  /**
   * Lanes belong to another device from now on. What waits of them is forgotten without a word: its
   * offset isn't committed, so the new owner gets it and answers.
   */
  void lanesLost(Collection<Integer> lanes) {
    queued.values().removeIf(offer -> lanes.contains(offer.lane()));
  }

  /** Takes nothing new from now on and gives back what waits. */
  void drain() {
    draining = true;
    List<Offer> waiting = List.copyOf(queued.values());
    queued.clear();
    waiting.forEach(offer -> release(offer, "the device drains"));
  }

  /** Stops everything that runs. */
  void stopAll(String reason) {
    List<Offer> started = List.copyOf(running.values());
    running.clear();
    for (Offer offer : started) {
      settle(offer.attempt());
      moves.stop(offer, reason);
    }
  }

  /** Attempts that occupy a slot. */
  Collection<AttemptId> running() {
    return running.keySet();
  }

  /** Attempts that wait for a slot. */
  Collection<AttemptId> queued() {
    return queued.keySet();
  }

  private void start(Offer offer) {
    running.put(offer.attempt(), offer);
    moves.start(offer);
  }

  private void release(Offer offer, String reason) {
    settle(offer.attempt());
    moves.release(offer, reason);
  }

  private void settle(AttemptId attempt) {
    settled.add(attempt);
    if (settled.size() > REMEMBERED) {
      Iterator<AttemptId> oldest = settled.iterator();
      oldest.next();
      oldest.remove();
    }
  }
}
