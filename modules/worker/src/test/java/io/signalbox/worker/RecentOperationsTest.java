package io.signalbox.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecentOperationsTest {
  private final RecentOperations recent = new RecentOperations();

  @Test
  void namesEachOperationOnce() {
    recent.ran("embed");
    recent.ran("decode");
    recent.ran("embed");
    assertEquals(List.of("decode", "embed"), recent.operations());
  }

  @Test
  void forgetsTheOneThatRanLongestAgo() {
    for (int i = 0; i < RecentOperations.MOST; i++) {
      recent.ran("op" + i);
    }
    recent.ran("op0");
    recent.ran("new");
    assertEquals(RecentOperations.MOST, recent.operations().size());
    assertTrue(recent.operations().containsAll(List.of("op0", "new")));
    assertFalse(recent.operations().contains("op1"));
  }
}
