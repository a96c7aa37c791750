package io.signalbox.engine.scheduling;

import io.signalbox.core.pool.Row;
import io.signalbox.core.pool.RowKey;
import io.signalbox.engine.rows.RowCodec;
import io.signalbox.engine.rows.StoreKey;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The stored rows of all pools of a partition. */
final class PoolRows {
  private final KeyValueStore<Bytes, byte[]> store;

  PoolRows(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  @Nullable Row get(String pool, RowKey key) {
    byte[] bytes = store.get(new StoreKey(pool, key).toBytes());
    return bytes == null ? null : RowCodec.decode(pool, key, bytes);
  }

  void save(String pool, Row row) {
    store.put(new StoreKey(pool, row.key()).toBytes(), RowCodec.encode(row));
  }

  void delete(String pool, RowKey key) {
    store.delete(new StoreKey(pool, key).toBytes());
  }

  /** Hands a pool's rows, in the order of their kinds, to a function that reads them once. */
  <T> T read(String pool, Function<Iterable<Row>, T> reader) {
    try (KeyValueIterator<Bytes, byte[]> rows =
        store.range(StoreKey.first(pool), StoreKey.last(pool))) {
      return reader.apply(() -> decoded(rows));
    }
  }

  /** The pools that have rows; it skips from each pool to the next instead of reading all rows. */
  Set<String> pools() {
    Set<String> pools = new TreeSet<>();
    @Nullable String pool = next(null);
    while (pool != null) {
      pools.add(pool);
      pool = next(StoreKey.last(pool));
    }
    return pools;
  }

  private @Nullable String next(@Nullable Bytes from) {
    try (KeyValueIterator<Bytes, byte[]> rows = store.range(from, null)) {
      return rows.hasNext() ? StoreKey.of(rows.peekNextKey()).pool() : null;
    }
  }

  private static Iterator<Row> decoded(KeyValueIterator<Bytes, byte[]> rows) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        KeyValue<Bytes, byte[]> next = rows.next();
        StoreKey key = StoreKey.of(next.key);
        return RowCodec.decode(key.pool(), key.row(), next.value);
      }
    };
  }
}
