package io.signalbox.engine.scheduling;

import io.signalbox.core.estimate.SharedModel;
import io.signalbox.core.pool.Effect;
import io.signalbox.core.pool.Effects;
import io.signalbox.core.pool.Input;
import io.signalbox.core.pool.Row;
import io.signalbox.core.pool.RowKey;
import io.signalbox.engine.translate.Assignments;
import io.signalbox.engine.translate.Lanes;
import io.signalbox.events.Assignment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one call of a pool does to the world, held back until the pool has returned. When the call
 * fails half-way nothing of it has happened, and the pool can be rebuilt from its rows. A row that
 * is written several times in a call is stored once.
 */
final class Transition implements Effects {
  private final String pool;
  private final PoolRows rows;
  private final Lanes lanes;
  private final int maxBytes;
  private final double now;
  private final Map<RowKey, Optional<Row>> changes = new LinkedHashMap<>();
  private final List<Outgoing> outgoing = new ArrayList<>();
  private final List<Input> consequences = new ArrayList<>();
  private @Nullable String refusal;

  Transition(String pool, PoolRows rows, Lanes lanes, int maxBytes, double now) {
    this.now = now;
    this.pool = pool;
    this.rows = rows;
    this.lanes = lanes;
    this.maxBytes = maxBytes;
  }

  @Override
  public void emit(Effect effect) {
    switch (effect) {
      case Effect.Save(Row row) -> changes.put(row.key(), Optional.of(row));
      case Effect.Delete(RowKey key) -> changes.put(key, Optional.empty());
      case Effect.Offer offer -> offer(offer);
      case Effect.Cancel cancel -> outgoing.add(Outgoing.cancel(pool, cancel));
      case Effect.ShareModel(SharedModel model) -> outgoing.add(Outgoing.share(model, now));
      case Effect.Publish publish -> outgoing.add(Outgoing.publish(pool, publish));
      case Effect.Refuse(String reason) -> refusal = reason;
      case Effect.NeedLanes(String deviceClass, int devices) -> lanes.need(deviceClass, devices);
    }
  }

  /** A record too large for Kafka would fail the whole transaction, again and again. */
  private void offer(Effect.Offer offer) {
    Assignment run = Assignments.run(pool, offer, this::row);
    long bytes = Assignments.sizeBytes(run);
    if (bytes <= maxBytes) {
      outgoing.add(Outgoing.run(run, offer));
      return;
    }
    consequences.add(
        new Input.CancelJob(
            offer.attempt().job(),
            String.format(
                "task '%s': its payload and its parents' results make %d bytes, more than the %d that"
                    + " fit into a record; hand large results on by their URI",
                offer.attempt().task(), bytes, maxBytes)));
  }

  private @Nullable Row row(RowKey key) {
    Optional<Row> changed = changes.get(key);
    return changed == null ? rows.get(pool, key) : changed.orElse(null);
  }

  /**
   * Lets it happen: rows to the store, records to their sinks. Without exactly-once a crash may cut
   * it off anywhere, so what others refer to comes first: descriptions before the job is sealed,
   * results before their tasks are done, a job's end before its last task's.
   */
  void complete(Consumer<Outgoing> sinks) {
    changes.forEach((key, row) -> store(key, row, turnOf(key) == 0));
    changes.forEach((key, row) -> store(key, row, turnOf(key) == 1));
    changes.forEach((key, row) -> store(key, row, turnOf(key) == 2));
    outgoing.forEach(sinks);
  }

  private static int turnOf(RowKey key) {
    return switch (key.kind()) {
      case SPEC, RESULT, DEVICE -> 0;
      case JOB -> 1;
      case POOL, RUN_TIME, TASK, ALLOWANCE, HOTSPOT -> 2;
    };
  }

  private void store(RowKey key, Optional<Row> row, boolean now) {
    if (now) {
      row.ifPresentOrElse(it -> rows.save(pool, it), () -> rows.delete(pool, key));
    }
  }

  /** Why the pool refused its input, or null when it took it. */
  @Nullable String refusal() {
    return refusal;
  }

  /** What the pool must be told next. */
  List<Input> consequences() {
    return consequences;
  }
}
