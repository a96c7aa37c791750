package io.signalbox.engine.delivery;

import io.signalbox.engine.delivery.Fault.Kind;
import io.signalbox.engine.delivery.SharedLog.Place;
import io.signalbox.engine.scheduling.VirtualPartition;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** What all of a run share: time, the log, chance, and the history that they write. */
final class World {
  static final String POOL = "p";

  final Plan plan;
  final Guarantee guarantee;
  final Sabotage sabotage;
  final VirtualTime time = new VirtualTime();
  final SharedLog log = new SharedLog();
  final History history;
  final Random random;
  private final Map<Integer, Random> chances = new HashMap<>();

  World(Plan plan, Guarantee guarantee, Sabotage sabotage) {
    this.plan = plan;
    this.guarantee = guarantee;
    this.sabotage = sabotage;
    this.history = new History(plan);
    this.random = new Random(plan.seed() * 31);
    plan.faults()
        .forEach(fault -> chances.put(fault.id(), new Random(plan.seed() * 1_009 + fault.id())));
  }

  double between(double least, double most) {
    return least + random.nextDouble() * (most - least);
  }

  /** The fault's own source of chance. */
  Random chance(Fault fault) {
    return chances.getOrDefault(fault.id(), random);
  }

  /** The fault of that kind that strikes the device now, or null. */
  @Nullable Fault strikes(Kind kind, int device) {
    for (Fault fault : plan.faults()) {
      if (fault.kind() == kind
          && fault.device() == device
          && fault.covers(time.now())
          && chance(fault).nextDouble() < Math.max(0.3, Math.min(1, fault.size()))) {
        history.strike(fault);
        return fault;
      }
    }
    return null;
  }

  void note(String text, Object... arguments) {
    history.add(new Fact.Noted(time.now(), String.format(Locale.ROOT, text, arguments)));
  }

  /** Appends a record of the pool to a topic, on its partition unless a fault misplaces it. */
  void append(String topic, SpecificRecord value, int device) {
    int partition = VirtualPartition.of(POOL, plan.partitions());
    if (plan.partitions() > 1 && strikes(Kind.RECORDS_MISPLACED, device) != null) {
      partition = 1 - partition;
    }
    log.append(
        new Place(topic, partition),
        new SharedLog.Entry(
            Wire.key(POOL),
            Wire.bytes(topic, sabotage.said(value)),
            new RecordHeaders(),
            (long) ((VirtualTime.START + time.now()) * 1e3),
            null));
  }

  static List<String> inputs() {
    return List.of(
        Wire.TOPICS.taskSubmitted(),
        Wire.TOPICS.taskEvents(),
        Wire.TOPICS.deviceTelemetry(),
        Wire.TOPICS.control());
  }
}
