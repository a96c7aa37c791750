package io.signalbox.engine.scheduling;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

/** What every dead letter carries, whoever found it. */
public final class DeadLetters {
  private DeadLetters() {}

  /** The record's headers with the reason and the place: signalbox-reason, -topic and so on. */
  public static Headers headers(ConsumerRecord<?, ?> record, String reason) {
    return new Origin(
            record.topic(),
            record.partition(),
            record.offset(),
            record.timestamp(),
            record.headers())
        .forDeadLetter(reason);
  }

  /** The same for a record that was read but can't be used. */
  public static Headers headers(ErrorHandlerContext context, String reason) {
    return new Origin(
            context.topic(),
            context.partition(),
            context.offset(),
            context.timestamp(),
            context.headers())
        .forDeadLetter(reason);
  }
}
