package io.signalbox.engine.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.pool.Row;
import io.signalbox.core.pool.RowKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RowCodecPropertyTest {
  private static final int ROUNDS = 200;

  /** Replay one with -Dsignalbox.seed=SEED. */
  private final long first = Long.getLong("signalbox.seed", 1);

  @Test
  void everyRowIsReadAsItWasWritten() {
    Set<RowKey.Kind> kinds = EnumSet.noneOf(RowKey.Kind.class);
    for (long seed = first; seed < first + ROUNDS; seed++) {
      for (Row row : new RowSamples(new Random(seed)).all()) {
        kinds.add(row.key().kind());
        assertEquals(
            row, RowCodec.decode("p", row.key(), RowCodec.encode(row)), "-Dsignalbox.seed=" + seed);
      }
    }
    assertEquals(EnumSet.allOf(RowKey.Kind.class), kinds);
  }

  @Test
  void truncatedRowIsNeverReadAsAnother() {
    for (Row row : new RowSamples(new Random(first)).all()) {
      byte[] bytes = RowCodec.encode(row);
      for (int length = 0; length < bytes.length; length++) {
        byte[] cut = Arrays.copyOf(bytes, length);
        assertThrows(
            UnreadableRowException.class,
            () -> RowCodec.decode("p", row.key(), cut),
            row::toString);
      }
    }
  }

  @Test
  void keysAreOrderedByPoolKindOwnerAndTask() {
    List<StoreKey> keys = new ArrayList<>();
    for (String pool : List.of("p", "p1", "q", "p\0")) {
      new RowSamples(new Random(first))
          .all()
          .forEach(row -> keys.add(new StoreKey(pool, row.key())));
    }
    Set<StoreKey> sorted =
        new TreeSet<>(
            Comparator.comparing(StoreKey::pool)
                .thenComparing(key -> key.row().kind())
                .thenComparing(StoreKey::toBytes));
    sorted.addAll(keys);
    Set<StoreKey> byBytes = new TreeSet<>(Comparator.comparing(StoreKey::toBytes));
    byBytes.addAll(keys);
    assertEquals(List.copyOf(sorted), List.copyOf(byBytes));
  }

  @Test
  void rangeOfAPoolHoldsItsKeysAndNoOthers() {
    for (Row row : new RowSamples(new Random(first)).all()) {
      for (String pool : List.of("p", "p1", "q", "", "p\0")) {
        var bytes = new StoreKey(pool, row.key()).toBytes();
        boolean inside =
            bytes.compareTo(StoreKey.first("p")) >= 0 && bytes.compareTo(StoreKey.last("p")) < 0;
        assertEquals(pool.equals("p"), inside, pool);
        assertEquals(new StoreKey(pool, row.key()), StoreKey.of(bytes));
      }
    }
  }

  @Test
  void unknownVersionSaysWhatToDo() {
    Row row = new Row.PoolRow(true, Map.of("policy", "late"));
    byte[] bytes = RowCodec.encode(row);
    bytes[0] = 9;
    UnreadableRowException error =
        assertThrows(UnreadableRowException.class, () -> RowCodec.decode("p", row.key(), bytes));
    assertTrue(error.getMessage().contains("version 9"), error.getMessage());
    assertTrue(error.getMessage().contains("pool 'p'"), error.getMessage());
  }
}
