package io.signalbox.engine.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.engine.delivery.Fault.Kind;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** The runs are what they claim to be: every kind of fault strikes, and a seed is a run. */
class FaultsSimulationTest {
  @Test
  void everyKindOfFaultStrikes() {
    Campaign campaign = Campaign.run();
    if (Boolean.getBoolean("signalbox.figures")) {
      campaign.figures().forEach(System.out::println);
    }
    if (Campaign.SEEDS >= 500) {
      assertEquals(EnumSet.allOf(Kind.class), campaign.struck().keySet());
    }
  }

  @Test
  void sameSeedIsTheSameRun() {
    for (long seed = 1; seed <= 5; seed++) {
      History first = Delivery.run(Plan.of(seed));
      History second = Delivery.run(Plan.of(seed));
      assertEquals(first.facts.toString(), second.facts.toString(), "seed " + seed);
      assertTrue(first.commits > 0, "nothing was committed");
    }
  }
}
