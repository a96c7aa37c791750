package io.signalbox.engine.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.pool.RowKey.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A pool that is overloaded for hours keeps what it needs and no more. {@code
 * -Dsignalbox.soakHours} of virtual time, half an hour unless told otherwise; some seconds an hour.
 */
class SoakTest {
  private static final double HOURS =
      Double.parseDouble(System.getProperty("signalbox.soakHours", "0.5"));

  /**
   * From twelve hours on what workers remember of what they did lately (20,480 attempts each) is
   * full; from then on the heap must stay what it is.
   */
  private static final double LONG_HOURS = 24;

  @Test
  void whatIsKeptIsWhatLives() {
    Soak soak = new Soak(Long.getLong("signalbox.seed", 1));
    List<Soak.Look> looks = soak.run(HOURS);
    if (Boolean.getBoolean("signalbox.figures")) {
      print(soak, looks);
    }
    for (Soak.Look look : looks) {
      assertTrue(look.liveTasks() <= 4 * Soak.QUOTA_LIVE_TASKS, look::toString);
      // Rows of ended jobs are deleted a moment later; remembered jobs have one each.
      assertTrue(of(look, Kind.SPEC) <= look.liveTasks() + 1_000, look::toString);
      assertTrue(of(look, Kind.TASK) <= look.liveTasks() + 1_000, look::toString);
      assertTrue(of(look, Kind.RESULT) <= look.liveTasks() + 1_000, look::toString);
      assertTrue(of(look, Kind.JOB) <= look.liveJobs() + look.endedJobs() + 2, look::toString);
      assertTrue(of(look, Kind.ALLOWANCE) <= 1, look::toString);
      assertEquals(8, of(look, Kind.DEVICE), look::toString);
    }
    assertTrue(soak.refusedJobs > 10, "the one that floods is refused");
    assertEquals(List.of(), soak.otherRefusals, "nothing else is");
    assertTrue(soak.succeededTasks > HOURS * 3_600 * 2.5, "the fleet is busy");
    if (HOURS >= LONG_HOURS) {
      long middle = Math.min(looks.get(5).heapBytes(), looks.get(6).heapBytes());
      long end = Math.min(looks.get(8).heapBytes(), looks.get(9).heapBytes());
      assertTrue(end < middle * 1.1, () -> "the heap grows: " + middle + " to " + end);
    }
  }

  private static int of(Soak.Look look, Kind kind) {
    return look.rows().getOrDefault(kind, 0);
  }

  private static void print(Soak soak, List<Soak.Look> looks) {
    System.out.printf(
        "%.1f hours: %d tasks submitted, %d succeeded, %d jobs refused by a quota, %d said to be"
            + " queued, the engine replaced %d times%n",
        HOURS,
        soak.submittedTasks,
        soak.succeededTasks,
        soak.refusedJobs,
        soak.queuedJobs,
        soak.engines);
    for (Soak.Look look : looks) {
      System.out.printf(
          "after %4.1f h: heap %.1f MB, %d live tasks of %d jobs, %d rows%n",
          look.hours(),
          look.heapBytes() / 1e6,
          look.liveTasks(),
          look.liveJobs(),
          look.rows().values().stream().mapToInt(Integer::intValue).sum());
    }
  }
}
