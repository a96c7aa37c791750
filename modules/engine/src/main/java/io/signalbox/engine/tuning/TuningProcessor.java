package io.signalbox.engine.tuning;

import io.signalbox.core.tuning.PoolWatch;
import io.signalbox.core.tuning.Reschedule;
import io.signalbox.engine.scheduling.PoolPartition;
import io.signalbox.events.Control;
import io.signalbox.events.DeviceTelemetry;
import io.signalbox.events.TaskEvent;
import io.signalbox.events.TaskEventType;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Watches the devices of the pools of one partition and tells the pools what it finds. Records that
 * can't be read, or came on another pool's partition, are the scheduling topology's affair.
 */
@SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
final class TuningProcessor implements Processor<byte[], SpecificRecord, String, Control> {
  private static final Duration TICK = Duration.ofSeconds(1);

  private final TuningShell shell;
  private final Map<String, PoolWatch> pools = new TreeMap<>();
  private ProcessorContext<String, Control> context;

  TuningProcessor(TuningShell shell) {
    this.shell = shell;
  }

  @Override
  public void init(ProcessorContext<String, Control> context) {
    this.context = context;
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::check);
  }

  @Override
  public void process(Record<byte[], SpecificRecord> record) {
    double now = context.currentSystemTimeMs() / 1e3;
    switch (record.value()) {
      case DeviceTelemetry telemetry -> {
        PoolWatch pool = pool(telemetry.getPool(), record.key(), true);
        if (pool != null) {
          pool.seen(Sightings.of(telemetry), now);
        }
      }
      case TaskEvent event when ended(event) -> {
        PoolWatch pool = pool(event.getPool(), record.key(), false);
        if (pool != null) {
          pool.ended(event.getDeviceId(), Sightings.seconds(event), now);
        }
      }
      case null, default -> {}
    }
  }

  private static boolean ended(TaskEvent event) {
    return event.getStartedAt() != null
        && (event.getType() == TaskEventType.COMPLETED || event.getType() == TaskEventType.FAILED);
  }

  private @Nullable PoolWatch pool(String name, byte @Nullable [] key, boolean create) {
    int partition = context.taskId().partition();
    if (!PoolPartition.fits(name, key, partition, shell.poolPartitions())) {
      return null;
    }
    PoolWatch known = pools.get(name);
    if (known == null && create && pools.size() < shell.mostPools()) {
      known = new PoolWatch(shell.settings());
      pools.put(name, known);
    }
    return known;
  }

  private void check(long nowMillis) {
    pools.forEach((name, pool) -> {
      for (Reschedule order : pool.check(nowMillis / 1e3)) {
        Control control =
            Control.newBuilder()
                .setPool(name)
                .setAt(Instant.ofEpochMilli(nowMillis))
                .setIssuer("tuning")
                .setCommand(Sightings.command(order))
                .build();
        context.forward(new Record<>(name, control, nowMillis));
      }
    });
    pools.values().removeIf(PoolWatch::isEmpty);
  }
}
