package io.signalbox.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentOperationsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final RecentOperations recent = new RecentOperations();

  @Test
  void namesEachOperationOnce() {
    recent.ran("embed", SECOND);
    recent.ran("decode", SECOND);
    recent.ran("embed", SECOND);
    assertEquals(List.of("decode", "embed"), recent.operations());
  }

  @Test
  void forgetsTheOneThatRanLongestAgo() {
    for (int i = 0; i < RecentOperations.MOST; i++) {
      recent.ran("op" + i, SECOND);
    }
    recent.ran("op0", SECOND);
    recent.ran("new", SECOND);
    assertEquals(RecentOperations.MOST, recent.operations().size());
    assertTrue(recent.operations().containsAll(List.of("op0", "new")));
    assertFalse(recent.operations().contains("op1"));
  }

  @Test
  void knowsHowLongAnOperationTookTheLastTime() {
    recent.ran("embed", SECOND);
    recent.ran("embed", Duration.ofMillis(2));
    assertTrue(recent.tookLess("embed", Duration.ofMillis(3)));
    assertFalse(recent.tookLess("embed", Duration.ofMillis(2)));
    assertFalse(recent.tookLess("decode", SECOND), "it never ran");
  }
}
