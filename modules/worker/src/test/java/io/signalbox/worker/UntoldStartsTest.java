package io.signalbox.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class UntoldStartsTest {
  private final UntoldStarts untold = new UntoldStarts();

  private static Attempt attempt(String task) {
    return new Attempt(AnOffer.of(task).make(), "d", Instant.EPOCH, share -> {});
  }

  private List<String> due() {
    return untold.due().stream().map(Attempt::taskId).toList();
  }

  @Test
  void whatWasThereTheLastTimeIsDue() {
    untold.add(attempt("a"));
    untold.add(attempt("b"));
    assertEquals(List.of(), due());
    untold.add(attempt("c"));
    assertEquals(List.of("a", "b"), due());
    assertEquals(List.of("c"), due());
    assertTrue(untold.isEmpty());
  }

  @Test
  void whatHasEndedIsNeverDue() {
    Attempt former = attempt("a");
    Attempt latest = attempt("b");
    untold.add(former);
    assertEquals(List.of(), due());
    untold.add(latest);
    assertFalse(untold.isEmpty());
    assertTrue(untold.remove(former.offer().attempt()));
    assertTrue(untold.remove(latest.offer().attempt()));
    assertFalse(untold.remove(latest.offer().attempt()));
    assertTrue(untold.isEmpty());
    assertEquals(List.of(), due());
    assertEquals(List.of(), due());
  }
}
