package io.signalbox.engine.hotspots;

import io.signalbox.core.hotspot.HotspotNews;
import io.signalbox.core.hotspot.WindowStatistics;
import io.signalbox.engine.rows.ByteReader;
import io.signalbox.events.HotspotEvent;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Adds the panes of the pools of one partition up to windows, and judges each window a moment after
 * the last of its panes is closed. Only the newest window is judged: when the engine was away, what
 * was hot meanwhile is of no use any more.
 */
@SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
final class HotspotProcessor implements Processor<String, Pane, String, HotspotEvent> {
  private static final Duration TICK = Duration.ofSeconds(1);

  /** A closed pane's way here: to the end of a tick, through a commit and a topic. */
  static final long WAY_MILLIS = 3_000;

  private final HotspotShell shell;
  private final long advanceMillis;
  private final Map<String, PoolWindows> pools = new TreeMap<>();
  private ProcessorContext<String, HotspotEvent> context;
  private KeyValueStore<Bytes, byte[]> store;

  HotspotProcessor(HotspotShell shell) {
    this.shell = shell;
    this.advanceMillis = Math.round(shell.settings().advanceSeconds() * 1e3);
  }

  @Override
  public void init(ProcessorContext<String, HotspotEvent> context) {
    this.context = context;
    store = context.getStateStore(HotspotTopology.OPERATIONS);
    try (KeyValueIterator<Bytes, byte[]> rows = store.all()) {
      rows.forEachRemaining(row -> {
        OperationKey key = OperationKey.read(new ByteReader(row.key.get()));
        pool(key.pool()).restore(key, OperationWindow.of(row.value));
      });
    }
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::judge);
  }

  private PoolWindows pool(String name) {
    return pools.computeIfAbsent(name, created -> new PoolWindows(shell.settings(), shell.board()));
  }

  @Override
  public void process(Record<String, Pane> record) {
    pool(record.value().key().pool()).add(record.value(), new Written(record.timestamp()));
  }

  private void judge(long nowMillis) {
    long ready = nowMillis - WAY_MILLIS - Math.round(shell.settings().graceSeconds() * 1e3);
    long end = Math.floorDiv(ready, advanceMillis) * advanceMillis;
    pools.forEach((name, pool) -> {
      if (!pool.judged(end)) {
        shell.board().update(name, pool.judge(end, new Written(nowMillis)));
      }
    });
    pools
        .entrySet()
        .removeIf(pool -> {
          boolean empty = pool.getValue().isEmpty();
          if (empty) {
            shell.board().forget(pool.getKey());
          }
          return empty;
        });
  }

  @Override
  public void close() {
    pools.keySet().forEach(shell.board()::forget);
  }

  /** What a window changes, written to the store and to the topic. */
  private final class Written implements PoolWindows.Changes {
    private final long nowMillis;

    Written(long nowMillis) {
      this.nowMillis = nowMillis;
    }

    @Override
    public void changed(OperationKey key, OperationWindow window) {
      store.put(key.storeKey(), window.toBytes());
    }

    @Override
    public void forgotten(OperationKey key) {
      store.delete(key.storeKey());
    }

    @Override
    public void news(OperationKey key, long endMillis, WindowStatistics window, HotspotNews news) {
      HotspotEvent event =
          HotspotEvents.write(key, endMillis, shell.settings().windowSeconds(), window, news);
      context.forward(new Record<>(key.pool(), event, nowMillis));
    }
  }
}
