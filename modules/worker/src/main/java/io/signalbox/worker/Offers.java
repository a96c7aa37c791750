package io.signalbox.worker;

import io.signalbox.events.Input;
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
 * <p>A linked offer waits for an attempt that the device holds, and starts in its slot when it
 * succeeds. What becomes of one that comes:
 *
 * <pre>
 *   the attempt that it names ...
 *   runs, waits, is linked itself      linked
 *   has succeeded a moment ago         an ordinary offer, with its result
 *   has, but its result is forgotten   released
 *   has come to another end            dropped as void: the engine knows that end
 *   isn't here                         released
 * </pre>
 *
 * <p>It holds at most slots + prefetch attempts, and behind each at most so many linked ones; what
 * is beyond is released. Offers start in the order of their arrival. Settled attempts are
 * remembered for a while, because Kafka may deliver an offer again and a CANCEL may come before the
 * RUN it means when they are on different lanes.
 */
final class Offers {
  private static final int REMEMBERED = 4_096;

  private final String pool;
  private final String deviceId;
  private final int slots;
  private final int prefetch;
  private final int linkedOffers;
  private final Moves moves;
  private final Links links;
  private final RecentResults results = new RecentResults();
  private final Map<AttemptId, Offer> running = new LinkedHashMap<>();
  private final Map<AttemptId, Offer> queued = new LinkedHashMap<>();
  private final Set<AttemptId> settled = new LinkedHashSet<>();
  private boolean draining;

  Offers(String pool, String deviceId, int slots, int prefetch, int linkedOffers, Moves moves) {
    this.pool = pool;
    this.deviceId = deviceId;
    this.slots = slots;
    this.prefetch = prefetch;
    this.linkedOffers = linkedOffers;
    this.moves = moves;
    this.links = new Links(linkedOffers);
  }

  /** An offer was delivered. */
  void offered(Offer offer, Instant now) {
    AttemptId prior = offer.prior();
    if (!offer.assignment().getPool().equals(pool)) {
      moves.drop(offer, DropReason.OTHER_POOL);
    } else if (isKnown(offer.attempt())) {
      moves.drop(offer, DropReason.DUPLICATE);
    } else if (prior == null) {
      take(offer, now);
    } else {
      follow(offer, prior, now);
    }
  }

  private void follow(Offer offer, AttemptId prior, Instant now) {
    Input result = results.of(prior);
    if (result != null) {
      take(offer.given(result), now);
    } else if (results.hadOf(prior)) {
      release(offer, "the result of " + prior + " isn't kept any more");
    } else {
      link(offer, prior, now);
    }
  }

  private void link(Offer offer, AttemptId prior, Instant now) {
    if (settled.contains(prior)) {
      abandon(offer);
    } else if (!isHeld(prior) && offer.isLate(now)) {
      moves.drop(offer, DropReason.LATE);
    } else if (draining) {
      release(offer, "the device drains");
    } else if (!isHeld(prior)) {
      release(offer, "it is linked to " + prior + ", which isn't here");
    } else if (!links.hasRoom(prior)) {
      release(offer, "no more than " + linkedOffers + " linked offers fit behind an attempt");
    } else {
      Offer former = links.behind(prior);
      links.add(offer, prior);
      if (former != null) {
        abandon(former);
        abandonOrphans();
      }
    }
  }

  private void take(Offer offer, Instant now) {
    if (offer.isLate(now)) {
      moves.drop(offer, DropReason.LATE);
    } else if (draining) {
      release(offer, "the device drains");
    } else if (running.size() < slots) {
      start(offer);
    } else if (!offer.assignment().getDeviceId().equals(deviceId)) {
      release(offer, "the lane moved to a device without a free slot");
    } else if (queued.size() < prefetch) {
      queued.put(offer.attempt(), offer);
    } else {
      release(offer, "the device holds slots + prefetch = " + (slots + prefetch) + " already");
    }
  }

  private boolean isKnown(AttemptId attempt) {
    return isHeld(attempt) || settled.contains(attempt);
  }

  private boolean isHeld(AttemptId attempt) {
    return running.containsKey(attempt) || queued.containsKey(attempt) || links.contains(attempt);
  }

  /** The engine wants an attempt to stop, or not to start. */
  void cancelled(AttemptId attempt, Instant now) {
    Offer started = running.remove(attempt);
    Offer queuing = queued.remove(attempt);
    Offer waiting = queuing == null ? links.take(attempt) : queuing;
    settle(attempt);
    if (started != null) {
      moves.stop(started, "cancelled");
      abandonOrphans();
      fill(now);
    } else if (waiting != null) {
      moves.release(waiting, "cancelled");
      abandonOrphans();
    }
  }

  /**
   * A running attempt has ended by itself. Once that is said, {@link #succeeded} or {@link #failed}
   * uses its slot.
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

  /**
   * An attempt that has {@link #finished} did so well: what is linked to it starts in its slot.
   *
   * @param result what it hands on
   */
  void succeeded(AttemptId attempt, Input result, Instant now) {
    if (linkedOffers > 0) {
      results.add(attempt, result);
    }
    Offer next = links.behind(attempt);
    if (next != null) {
      running.put(next.attempt(), next);
      moves.follow(next.given(result));
    }
    fill(now);
  }

  /** An attempt that has {@link #finished} failed: nothing may follow it. */
  void failed(Instant now) {
    abandonOrphans();
    fill(now);
  }

  private void abandonOrphans() {
    links.orphans(this::isHeld).forEach(this::abandon);
  }

  private void abandon(Offer offer) {
    settle(offer.attempt());
    moves.drop(offer, DropReason.VOID);
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
    if (!late.isEmpty()) {
      abandonOrphans();
    }
  }

  /**
   * Lanes belong to another device from now on. What waits of them, linked or not, is forgotten
   * without a word: its offset isn't committed, so the new owner gets it and answers.
   */
  void lanesLost(Collection<Integer> lanes) {
    queued.values().removeIf(offer -> lanes.contains(offer.lane()));
    links.forget(lanes);
    abandonOrphans();
  }

  /** Takes nothing new from now on and gives back what waits. */
  void drain() {
    draining = true;
    List<Offer> waiting = List.copyOf(queued.values());
    queued.clear();
    waiting.forEach(offer -> release(offer, "the device drains"));
    links.clear().forEach(offer -> release(offer, "the device drains"));
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

  /** Linked attempts, each after the one that it waits for. */
  Collection<AttemptId> linked() {
    return links.attempts();
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
