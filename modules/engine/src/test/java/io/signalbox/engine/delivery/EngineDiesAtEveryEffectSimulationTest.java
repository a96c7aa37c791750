package io.signalbox.engine.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.engine.delivery.Fault.Kind;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The engine dies before each of the effects that a run has, one after the other: each row that it
 * writes, each record that it sends, each commit. Every invariant holds whichever it is.
 */
class EngineDiesAtEveryEffectSimulationTest {
  private static final double RESTART_SECONDS = 0.3;

  /** Seeds of small runs: one with chains on devices that take linked offers, one that spawns. */
  @ParameterizedTest
  @ValueSource(longs = {11, 31})
  void whicheverEffectIsTheLastEverythingHolds(long seed) {
    Plan quiet = Plan.of(seed);
    quiet = quiet.with(quiet.jobs().subList(0, 1), List.of());
    // The first commit, of nothing, comes before the fault does.
    int effects = Delivery.run(quiet).effects - 1;
    assertTrue(effects > 100, "only " + effects + " effects");
    for (int effect = 0; effect < effects; effect++) {
      Fault death = new Fault(0, Kind.ENGINE_KILLED_AT_AN_EFFECT, 0, RESTART_SECONDS, 0, effect);
      History history = Delivery.run(quiet.with(quiet.jobs(), List.of(death)));
      String where = "seed " + seed + ", engine killed before effect " + effect;
      assertNull(Campaign.anyBreach(history), where);
      assertEquals(1, history.struck.get(Kind.ENGINE_KILLED_AT_AN_EFFECT), where);
    }
  }
}
