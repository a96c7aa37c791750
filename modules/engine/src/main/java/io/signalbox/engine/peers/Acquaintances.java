package io.signalbox.engine.peers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The other engines that have been reached, and which of them are dead: one whose address has
 * refused connections a few times in a row. Who was never reached isn't judged, since its address
 * may not be reachable from here, nor is one that gives several names, which is something before
 * several engines.
 */
final class Acquaintances {
  /** Refusals in a row; one alone may be a restart of whatever stands before the engine. */
  private static final int REFUSALS = 2;

  private static final String SEVERAL = "";

  private static final class Acquaintance {
    private String instance;
    private int refusals;

    Acquaintance(String instance) {
      this.instance = instance;
    }
  }

  private final String self;
  private final Map<String, Acquaintance> known = new HashMap<>();

  /**
   * @param self this engine's own name
   */
  Acquaintances(String self) {
    this.self = self;
  }

  /**
   * Looks at all of them once.
   *
   * @param addresses {@code host:port} of the other engines, now
   * @param instance the name that the engine at an address gives, if it answers
   * @param refused whether nobody listens at an address
   * @return names of those that are found dead now; each is named once
   */
  List<String> look(
      Collection<String> addresses,
      Function<String, Optional<String>> instance,
      Predicate<String> refused) {
    known.keySet().retainAll(addresses);
    List<String> dead = new ArrayList<>();
    for (String address : addresses) {
      Optional<String> name = instance.apply(address);
      if (name.isPresent()) {
        met(address, name.get());
      } else {
        Acquaintance it = known.get(address);
        if (it != null && isDead(address, it, refused)) {
          dead.add(it.instance);
          known.remove(address);
        }
      }
    }
    return dead;
  }

  private void met(String address, String name) {
    Acquaintance it = known.computeIfAbsent(address, key -> new Acquaintance(name));
    it.refusals = 0;
    if (!it.instance.equals(name) || name.equals(self)) {
      it.instance = SEVERAL;
    }
  }

  private static boolean isDead(String address, Acquaintance it, Predicate<String> refused) {
    if (it.instance.equals(SEVERAL)) {
      return false;
    }
    it.refusals = refused.test(address) ? it.refusals + 1 : 0;
    return it.refusals >= REFUSALS;
  }
}
