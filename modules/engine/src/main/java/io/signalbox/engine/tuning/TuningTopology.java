package io.signalbox.engine.tuning;

import io.signalbox.engine.scheduling.ArrivalTimestamps;
import io.signalbox.events.Control;
import io.signalbox.events.DeviceTelemetry;
import io.signalbox.events.TaskEvent;
import io.signalbox.events.connection.Connection;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;

/**
 * The topology that finds devices whose tasks should be placed anew.
 *
 * <pre>
 *  device-telemetry ─┐
 *                    ├─> tuning ──> control
 *  task-events      ─┘           (key = pool)
 *    (key = pool)
 * </pre>
 *
 * <p>What it finds goes to the pool as an order on {@code control}, as an operator's would: with
 * its evidence, to be read and counted, and the pool stays the only one that decides. It has no
 * store, since all that it knows is a minute old at most.
 */
public final class TuningTopology {
  private static final String PROCESSOR = "tuning";
  private static final String TELEMETRY = "watch-device-telemetry";
  private static final String EVENTS = "watch-task-events";

  private TuningTopology() {}

  /** Adds it to another topology, with which it shares threads and nothing else. */
  public static Topology addTo(Topology topology, Connection connection, TuningShell shell) {
    source(
        topology,
        TELEMETRY,
        connection.topics().deviceTelemetry(),
        shell.identities().checked(connection.serde(DeviceTelemetry.class).deserializer()));
    source(
        topology,
        EVENTS,
        connection.topics().taskEvents(),
        shell.identities().checked(connection.serde(TaskEvent.class).deserializer()));
    topology.addProcessor(PROCESSOR, () -> new TuningProcessor(shell), TELEMETRY, EVENTS);
    topology.addSink(
        "to-control",
        connection.topics().control(),
        new StringSerializer(),
        connection.serde(Control.class).serializer(),
        PROCESSOR);
    return topology;
  }

  private static void source(
      Topology topology, String name, String topic, Deserializer<? extends SpecificRecord> values) {
    topology.addSource(
        // Nobody is told today that a device was slow yesterday.
        AutoOffsetReset.latest(),
        name,
        new ArrivalTimestamps(),
        new ByteArrayDeserializer(),
        new LenientDeserializer<SpecificRecord>(values),
        topic);
  }
}
