package io.signalbox.engine.hotspots;

import io.signalbox.engine.scheduling.ArrivalTimestamps;
import io.signalbox.events.ExecutionTrace;
import io.signalbox.events.HotspotEvent;
import io.signalbox.events.connection.Connection;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology that finds hot operations.
 *
 * <pre>
 *  execution-traces ──> panes ──> hotspot-panes-repartition ──> windows ──> hotspots
 *   (key = operation)    │              (key = pool)              │        (key = pool)
 *                 hotspot-panes                          hotspot-operations
 *                (changelogged)                            (changelogged)
 * </pre>
 *
 * <p>It is a topology of its own, since traces are many and nobody waits for them: scheduling must
 * not share its thread. It has two steps, since an operation's share of a pool's time needs all of
 * the pool, while traces are keyed by operation. The first step counts each attempt once, in the
 * pane that it ended in, and sends on one small sketch an operation and pane; the second one adds
 * panes up to windows and judges them.
 */
public final class HotspotTopology {
  static final String PANES = "hotspot-panes";
  static final String OPERATIONS = "hotspot-operations";

  private HotspotTopology() {}

  /** Builds it. */
  public static Topology of(Connection connection, HotspotShell shell) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.addStateStore(store(PANES)).addStateStore(store(OPERATIONS));
    traces(builder, connection, shell)
        .process(() -> new PaneProcessor(shell), Named.as("panes"), PANES)
        .repartition(
            Repartitioned.with(Serdes.String(), Pane.serde())
                .withName("hotspot-panes")
                .withNumberOfPartitions(shell.poolPartitions()))
        .process(() -> new HotspotProcessor(shell), Named.as("windows"), OPERATIONS)
        .to(
            connection.topics().hotspots(),
            Produced.with(Serdes.String(), connection.serde(HotspotEvent.class))
                .withName("to-hotspots"));
    return builder.build();
  }

  private static KStream<byte[], ExecutionTrace> traces(
      StreamsBuilder builder, Connection connection, HotspotShell shell) {
    return builder.stream(
        connection.topics().executionTraces(),
        Consumed.with(Serdes.ByteArray(), serde(connection, shell))
            .withTimestampExtractor(new ArrivalTimestamps())
            // Of traces from before the first start nothing could be told that is still true.
            .withOffsetResetPolicy(AutoOffsetReset.latest())
            .withName("from-execution-traces"));
  }

  private static Serde<ExecutionTrace> serde(Connection connection, HotspotShell shell) {
    Serde<ExecutionTrace> serde = connection.serde(ExecutionTrace.class);
    return Serdes.serdeFrom(serde.serializer(), shell.identities().checked(serde.deserializer()));
  }

  /** Cached, so that a pane that changes with every trace is written once a commit. */
  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
        .withCachingEnabled()
        .withLoggingEnabled(Map.of());
  }
}
