package io.signalbox.worker;

import io.signalbox.events.Assignment;
import java.time.Instant;

/**
 * An assignment to run an attempt, as it was delivered.
 *
 * @param attempt the attempt
 * @param assignment everything the engine said
 * @param lane the partition it came on
 * @param traceparent W3C trace context of the attempt on this device
 * @param acknowledge says that it needs no second delivery
 */
record Offer(
    AttemptId attempt,
    Assignment assignment,
    int lane,
    TraceContext traceparent,
    Runnable acknowledge) {
  boolean isLate(Instant now) {
    return now.isAfter(assignment.getAcceptBy());
  }
}
