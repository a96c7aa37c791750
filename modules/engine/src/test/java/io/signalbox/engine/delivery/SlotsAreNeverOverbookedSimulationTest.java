package io.signalbox.engine.delivery;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * No process runs more attempts than it has slots, and the engine gives no device more than it
 * takes.
 */
class SlotsAreNeverOverbookedSimulationTest {
  @Test
  void noDeviceHoldsMoreThanItTakes() {
    Campaign.holds(SlotsAreNeverOverbookedSimulationTest.class);
  }

  static @Nullable String breach(History history) {
    for (Fact fact : history.facts) {
      boolean over =
          switch (fact) {
            case Fact.Began began -> began.running() > began.slots();
            case Fact.Booked books ->
                books.running() > books.slots() + books.prefetch()
                    || books.running() + books.offered() > books.slots() + books.prefetch();
            default -> false;
          };
      if (over) {
        return "overbooked: " + fact;
      }
    }
    return null;
  }
}
