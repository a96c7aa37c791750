package io.signalbox.engine.failure;

import io.signalbox.engine.scheduling.DeadLetters;
import io.signalbox.engine.translate.Retriable;
import io.signalbox.engine.translate.UnusableRecordException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what a processor refuses, or fails on, to the dead letters with the reason, and goes on.
 * Kafka's own errors aren't the record's fault and fail the stream thread.
 */
public final class UnusableRecords implements ProcessingExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(UnusableRecords.class);

  private String topic = "";

  @Override
  public void configure(Map<String, ?> configs) {
    topic = String.valueOf(configs.get(UndecodableRecords.TOPIC_CONFIG));
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
    if (exception instanceof KafkaException || Retriable.is(exception)) {
      return Response.fail();
    }
    String reason =
        exception instanceof UnusableRecordException
            ? String.valueOf(exception.getMessage())
            : "the engine failed on it: " + exception;
    LOG.warn(
        "{}-{}@{} {}", context.topic(), context.partition(), context.offset(), reason, exception);
    Headers headers = DeadLetters.headers(context, reason);
    byte[] key = context.sourceRawKey();
    byte[] value = DeadLetters.value(key, context.sourceRawValue(), headers);
    return Response.resume(
        List.of(
            new ProducerRecord<>(
                topic,
                null,
                context.timestamp() < 0 ? null : context.timestamp(),
                DeadLetters.key(key),
                value,
                headers)));
  }
}
