package io.signalbox.engine.scheduling;

import io.signalbox.core.estimate.SharedModel;
import io.signalbox.core.pool.Effect;
import io.signalbox.engine.translate.Assignments;
import io.signalbox.engine.translate.JobEvents;
import io.signalbox.engine.translate.Models;
import io.signalbox.events.Assignment;
import io.signalbox.events.topic.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * A record and the sink that it goes to.
 *
 * @param sink name of the sink
 * @param record the record
 */
record Outgoing(String sink, Record<Object, Object> record) {
  static Outgoing run(Assignment assignment, Effect.Offer offer) {
    return new Outgoing(
        SchedulingTopology.ASSIGNMENTS_SINK,
        record(offer.device(), assignment, offer.offeredAt(), offer.traceparent()));
  }

  static Outgoing cancel(String pool, Effect.Cancel cancel) {
    return new Outgoing(
        SchedulingTopology.ASSIGNMENTS_SINK,
        record(cancel.device(), Assignments.cancel(pool, cancel), cancel.at(), null));
  }

  static Outgoing share(SharedModel model, double now) {
    return new Outgoing(
        SchedulingTopology.MODELS_SINK,
        record(Models.key(model), Models.write(model, now), now, null));
  }

  static Outgoing publish(String pool, Effect.Publish publish) {
    return new Outgoing(
        SchedulingTopology.JOB_EVENTS_SINK,
        record(
            publish.event().job(),
            JobEvents.write(pool, publish.event()),
            publish.event().at(),
            null));
  }

  /** The record as it came, under its pool's key, back to its topic. */
  static Outgoing reroute(
      String pool, Record<byte[], Received> record, Origin origin, Topics topics) {
    return new Outgoing(
        SchedulingTopology.rerouteSink(origin.topic(), topics),
        new Record<>(
            PoolPartition.key(pool),
            record.value().bytes(),
            record.timestamp(),
            origin.forReroute()));
  }

  /** The record as it came, with the reason in its headers. */
  static Outgoing deadLetter(Record<byte[], Received> record, Origin origin, String reason) {
    Headers headers = origin.forDeadLetter(reason);
    byte[] value = DeadLetters.value(record.key(), record.value().bytes(), headers);
    return new Outgoing(
        SchedulingTopology.DEAD_LETTERS_SINK,
        new Record<>(DeadLetters.key(record.key()), value, record.timestamp(), headers));
  }

  private static Record<Object, Object> record(
      String key, Object value, double at, @Nullable String traceparent) {
    Headers headers = new RecordHeaders();
    if (traceparent != null) {
      headers.add("traceparent", traceparent.getBytes(StandardCharsets.UTF_8));
    }
    return new Record<>(key, value, (long) (at * 1e3), headers);
  }
}
