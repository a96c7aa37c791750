package io.signalbox.core.priority;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FailureRatesTest {
  private final FailureRates rates = new FailureRates();

  @Test
  void whatHasNeverFailedIsBelievedToFailInFiftyAttempts() {
    assertEquals(0.02, rates.of("op"));
    rates.count("op", false);
    assertEquals(0.02, rates.of("op"));
  }

  @Test
  void oneFailureWeighsAgainstTenBelievedAttempts() {
    rates.count("op", true);
    assertEquals((1 + 0.2) / (1 + 10), rates.of("op"), 1e-12);
    rates.count("op", false);
    assertEquals((0.98 + 0.2) / (1.98 + 10), rates.of("op"), 1e-12);
    assertEquals(0.02, rates.of("other"));
  }

  @Test
  void alwaysFailingComesCloseToOneAndOldFailuresAreForgotten() {
    for (int i = 0; i < 1_000; i++) {
      rates.count("op", true);
    }
    assertEquals((50 + 0.2) / (50 + 10), rates.of("op"), 1e-6);
    for (int i = 0; i < 1_000; i++) {
      rates.count("op", false);
    }
    assertTrue(rates.of("op") < 0.02);
  }

  @Test
  void whatHasBeenQuietLongestIsForgotten() {
    rates.count("old", true);
    for (int i = 0; i < 100_000; i++) {
      rates.count("op" + i, true);
    }
    assertEquals(0.02, rates.of("old"));
    assertTrue(rates.of("op1") > 0.02);
  }
}
