package io.signalbox.engine.scheduling;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A changelogged store as exactly-once has it: what was put since the last commit is gone when the
 * transaction is aborted. It outlives the engines that write to it.
 */
final class VirtualRows implements KeyValueStore<Bytes, byte[]> {
  private final TreeMap<Bytes, byte[]> rows = new TreeMap<>();
  private final Map<Bytes, Optional<byte[]>> undo = new HashMap<>();
  private Runnable boundary = () -> {};
  private BiPredicate<Bytes, byte[]> kept = (key, value) -> true;

  /** What is called before each write; an engine may die there. */
  void boundary(Runnable step) {
    boundary = step;
  }

  /** Which rows are kept when they are written. */
  void keeps(BiPredicate<Bytes, byte[]> which) {
    kept = which;
  }

  void commit() {
    undo.clear();
  }

  void abort() {
    undo.forEach((key, before) ->
        before.ifPresentOrElse(value -> rows.put(key, value), () -> rows.remove(key)));
    undo.clear();
  }

  @Override
  public void put(Bytes key, byte @Nullable [] value) {
    boundary.run();
    if (value != null && !kept.test(key, value)) {
      return;
    }
    byte[] before = value == null ? rows.remove(key) : rows.put(key, value);
    undo.putIfAbsent(key, Optional.ofNullable(before));
  }

  @Override
  public byte @Nullable [] delete(Bytes key) {
    byte[] before = rows.get(key);
    put(key, null);
    return before;
  }

  @Override
  public byte @Nullable [] putIfAbsent(Bytes key, byte[] value) {
    byte[] before = rows.get(key);
    if (before == null) {
      put(key, value);
    }
    return before;
  }

  @Override
  public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
    entries.forEach(entry -> put(entry.key, entry.value));
  }

  @Override
  public byte @Nullable [] get(Bytes key) {
    return rows.get(key);
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> range(@Nullable Bytes from, @Nullable Bytes to) {
    NavigableMap<Bytes, byte[]> tail = from == null ? rows : rows.tailMap(from, true);
    return new Rows(to == null ? tail : tail.headMap(to, true));
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> all() {
    return range(null, null);
  }

  @Override
  public long approximateNumEntries() {
    return rows.size();
  }

  @Override
  public String name() {
    return SchedulingTopology.STORE;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {}

  @Override
  public void close() {}

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  private static final class Rows implements KeyValueIterator<Bytes, byte[]> {
    private final Iterator<Map.Entry<Bytes, byte[]>> entries;
    private @Nullable KeyValue<Bytes, byte[]> next;

    Rows(Map<Bytes, byte[]> rows) {
      entries = rows.entrySet().iterator();
      advance();
    }

    private void advance() {
      if (entries.hasNext()) {
        Map.Entry<Bytes, byte[]> entry = entries.next();
        next = KeyValue.pair(entry.getKey(), entry.getValue());
      } else {
        next = null;
      }
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public Bytes peekNextKey() {
      return peek().key;
    }

    @Override
    public KeyValue<Bytes, byte[]> next() {
      KeyValue<Bytes, byte[]> current = peek();
      advance();
      return current;
    }

    private KeyValue<Bytes, byte[]> peek() {
      KeyValue<Bytes, byte[]> current = next;
      if (current == null) {
        throw new NoSuchElementException("no more rows");
      }
      return current;
    }

    @Override
    public void close() {}
  }
}
