package io.signalbox.worker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Linked offers in a device's hands. Each waits for one attempt, which the device holds and which
 * may be linked itself. No two wait for the same one: where a second comes, the engine has taken
 * the first one back.
 */
final class Links {
  private final int longest;
  private final Map<AttemptId, Offer> byPrior = new LinkedHashMap<>();
  private final Map<AttemptId, AttemptId> priors = new LinkedHashMap<>();

  /**
   * Without offers.
   *
   * @param longest most offers behind an attempt that isn't linked, one behind the other
   */
  Links(int longest) {
    this.longest = longest;
  }

  /** True when one more fits behind the attempt. */
  boolean hasRoom(AttemptId prior) {
    int length = 1;
    for (AttemptId at = priors.get(prior); at != null; at = priors.get(at)) {
      length++;
    }
    return length <= longest;
  }

  /** Takes an offer in; nothing may be linked to the attempt. */
  void add(Offer offer, AttemptId prior) {
    byPrior.put(prior, offer);
    priors.put(offer.attempt(), prior);
  }

  boolean contains(AttemptId attempt) {
    return priors.containsKey(attempt);
  }

  /** Takes out what is linked to an attempt; null when nothing is. */
  @Nullable Offer behind(AttemptId prior) {
    Offer offer = byPrior.remove(prior);
    if (offer != null) {
      priors.remove(offer.attempt());
    }
    return offer;
  }

  /** Takes out an attempt's offer; null when it isn't here. */
  @Nullable Offer take(AttemptId attempt) {
    AttemptId prior = priors.get(attempt);
    return prior == null ? null : behind(prior);
  }

  /** Takes out everything that is linked, directly or not, to what isn't held (or linked). */
  List<Offer> orphans(Predicate<AttemptId> held) {
    List<Offer> orphans = new ArrayList<>(0);
    // An offer comes after the one that it is linked to, so one walk sees whole chains.
    for (Iterator<Map.Entry<AttemptId, Offer>> all = byPrior.entrySet().iterator();
        all.hasNext(); ) {
      Map.Entry<AttemptId, Offer> each = all.next();
      if (!held.test(each.getKey())) {
        all.remove();
        priors.remove(each.getValue().attempt());
        orphans.add(each.getValue());
      }
    }
    return orphans;
  }

  /** Forgets the offers of some lanes. */
  void forget(Collection<Integer> lanes) {
    for (Offer offer : List.copyOf(byPrior.values())) {
      if (lanes.contains(offer.lane())) {
        take(offer.attempt());
      }
    }
  }

  /** The attempts, each after the one that it is linked to. */
  Collection<AttemptId> attempts() {
    return priors.keySet();
  }

  /** Takes out all offers. */
  List<Offer> clear() {
    List<Offer> all = List.copyOf(byPrior.values());
    byPrior.clear();
    priors.clear();
    return all;
  }
}
