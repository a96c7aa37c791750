package io.signalbox.engine.hotspots;

import io.signalbox.events.ExecutionTrace;
import java.time.Duration;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Counts the traces of one partition into panes, and sends each that is closed to its pool. Every
 * trace is written through to the store, which merges what changes between two commits: a restart
 * neither loses nor doubles one.
 */
@SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
final class PaneProcessor implements Processor<byte[], ExecutionTrace, String, Pane> {
  private static final Duration TICK = Duration.ofSeconds(1);

  private final OpenPanes panes;
  private ProcessorContext<String, Pane> context;
  private KeyValueStore<Bytes, byte[]> store;

  PaneProcessor(HotspotShell shell) {
    this.panes =
        new OpenPanes(shell.settings(), shell.deviceClasses(), shell.mostPools(), shell.board());
  }

  @Override
  public void init(ProcessorContext<String, Pane> context) {
    this.context = context;
    store = context.getStateStore(HotspotTopology.PANES);
    try (KeyValueIterator<Bytes, byte[]> rows = store.all()) {
      rows.forEachRemaining(row -> panes.restore(Pane.of(row.value)));
    }
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::close);
  }

  @Override
  public void process(Record<byte[], ExecutionTrace> record) {
    Pane pane = panes.count(record.value(), context.currentSystemTimeMs());
    if (pane != null) {
      store.put(pane.storeKey(), pane.toBytes());
    }
  }

  private void close(long nowMillis) {
    panes.close(
        nowMillis,
        pane -> {
          context.forward(new Record<>(pane.key().pool(), pane, nowMillis));
          store.delete(pane.storeKey());
        });
  }
}
