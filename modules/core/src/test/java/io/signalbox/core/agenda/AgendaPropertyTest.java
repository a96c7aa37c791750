package io.signalbox.core.agenda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Held against a sorted list. */
class AgendaPropertyTest {
  private record Entry(double at, int number) {}

  @Test
  void theEarliestComesFirstAndOfTheSameTimeWhatWasSetFirst() {
    for (long seed = 1; seed <= 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Agenda<Entry> agenda = new Agenda<>();
      List<Entry> expected = new ArrayList<>();
      for (int step = 0; step < 200; step++) {
        if (expected.isEmpty() || random.nextInt(5) < 3) {
          // Few times, so that many are equal.
          double at = random.nextInt(12) == 0 ? Double.POSITIVE_INFINITY : random.nextInt(8);
          Entry entry = new Entry(at, step);
          agenda.add(at, entry);
          expected.add(entry);
          // Stable: of the same time the first set stays first.
          expected.sort(Comparator.comparingDouble(Entry::at));
        } else if (random.nextInt(10) == 0) {
          int third = random.nextInt(3);
          agenda.removeIf(entry -> entry.number() % 3 == third);
          expected.removeIf(entry -> entry.number() % 3 == third);
        } else {
          assertEquals(expected.getFirst(), agenda.next(), "seed " + seed);
          assertEquals(expected.removeFirst(), agenda.remove(), "seed " + seed);
        }
        assertEquals(expected.size(), agenda.size(), "seed " + seed);
        double next = expected.isEmpty() ? Double.POSITIVE_INFINITY : expected.getFirst().at();
        assertEquals(next, agenda.nextAt(), "seed " + seed);
      }
    }
  }

  @Test
  void anEmptyOneHasNothingToGive() {
    Agenda<String> agenda = new Agenda<>();
    assertThrows(NoSuchElementException.class, agenda::next);
    assertThrows(NoSuchElementException.class, agenda::remove);
  }
}
