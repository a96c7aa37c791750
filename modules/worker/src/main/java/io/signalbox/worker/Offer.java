package io.signalbox.worker;

import io.signalbox.events.Assignment;
import io.signalbox.events.Input;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An assignment to run an attempt, as it was delivered.
 *
 * @param attempt the attempt
 * @param assignment everything the engine said
 * @param lane the partition it came on
 * @param traceparent W3C trace context of the attempt on this device
 * @param acknowledge says that it needs no second delivery
 * @param handedOn result of the attempt that a linked offer waited for; null before, and in an
 *     ordinary offer
 */
record Offer(
    AttemptId attempt,
    Assignment assignment,
    int lane,
    TraceContext traceparent,
    Runnable acknowledge,
    @Nullable Input handedOn) {
  Offer(
      AttemptId attempt,
      Assignment assignment,
      int lane,
      TraceContext traceparent,
      Runnable acknowledge) {
    this(attempt, assignment, lane, traceparent, acknowledge, null);
  }

  boolean isLate(Instant now) {
    return now.isAfter(assignment.getAcceptBy());
  }

  /** The attempt that it is linked to; null when it is an ordinary offer. */
  @Nullable AttemptId prior() {
    return AttemptId.before(assignment);
  }

  /** The offer, now that the attempt it was linked to has succeeded with this result. */
  Offer given(Input result) {
    return new Offer(attempt, assignment, lane, traceparent, acknowledge, result);
  }

  /** Results of the parents, in the order of the dependencies. */
  List<Input> inputs() {
    Input result = handedOn;
    return result == null
        ? assignment.getInputs()
        : assignment.getInputs().stream().map(each -> filled(each, result)).toList();
  }

  private static Input filled(Input placeholder, Input result) {
    return placeholder.getTaskId().equals(result.getTaskId())
        ? new Input(
            result.getTaskId(),
            result.getDeviceId(),
            result.getFinishedAt(),
            placeholder.getSizeBytes(),
            result.getResult())
        : placeholder;
  }
}
