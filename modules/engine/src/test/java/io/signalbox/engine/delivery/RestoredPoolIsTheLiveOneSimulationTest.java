package io.signalbox.engine.delivery;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** At any moment a pool that is rebuilt from the stored rows is the one that lives. */
class RestoredPoolIsTheLiveOneSimulationTest {
  @Test
  void rowsMakeTheLivePool() {
    Campaign.holds(RestoredPoolIsTheLiveOneSimulationTest.class);
  }

  @Test
  void poolsAreComparedAtAll() {
    History history = Delivery.run(Plan.of(Campaign.FIRST_SEED));
    assertTrue(!history.all(Fact.Compared.class).isEmpty(), "nothing was compared");
  }

  static @Nullable String breach(History history) {
    for (Fact.Compared compared : history.all(Fact.Compared.class)) {
      if (!compared.live().equals(compared.restored())) {
        return compared.toString();
      }
    }
    return null;
  }
}
