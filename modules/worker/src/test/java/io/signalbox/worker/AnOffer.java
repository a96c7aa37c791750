package io.signalbox.worker;

import io.signalbox.events.Assignment;
import io.signalbox.events.AssignmentType;
import io.signalbox.events.PriorAttempt;
import java.time.Instant;
import java.util.ArrayList;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Describes an offer for a test. */
final class AnOffer {
  private final String task;
  private String pool = "p";
  private String device = "gpu-1";
  private int lane;
  private @Nullable PriorAttempt after;
  private Instant acceptBy = Instant.parse("2026-01-01T00:01:00Z");

  private AnOffer(String task) {
    this.task = task;
  }

  static AnOffer of(String task) {
    return new AnOffer(task);
  }

  AnOffer in(String otherPool) {
    pool = otherPool;
    return this;
  }

  AnOffer to(String deviceId) {
    device = deviceId;
    return this;
  }

  AnOffer onLane(int number) {
    lane = number;
    return this;
  }

  AnOffer after(String prior) {
    after = new PriorAttempt(prior, 1);
    return this;
  }

  AnOffer validUntil(Instant time) {
    acceptBy = time;
    return this;
  }

  Assignment assignment() {
    return Assignment.newBuilder()
        .setPool(pool)
        .setJob("job")
        .setTaskId(task)
        .setAttempt(1)
        .setType(AssignmentType.RUN)
        .setDeviceId(device)
        .setDeviceClass("gpu")
        .setLane(lane)
        .setOperation("op")
        .setInputs(new ArrayList<>())
        .setOfferedAt(acceptBy.minusSeconds(60))
        .setAcceptBy(acceptBy)
        .setAfter(after)
        .build();
  }

  Offer make() {
    Assignment assignment = assignment();
    return new Offer(
        AttemptId.of(assignment),
        assignment,
        lane,
        TraceContext.childOf(new RecordHeaders()),
        () -> {});
  }
}
