package io.signalbox.engine.failure;

import io.signalbox.engine.scheduling.DeadLetters;
import io.signalbox.engine.translate.Retriable;
import io.signalbox.engine.translate.UnusableRecordException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what can't be decoded, or isn't its writer's to say, to the dead letters, byte for byte,
 * and goes on. When the registry doesn't answer the record isn't at fault: the stream thread fails
 * and is replaced, so that the record is read again.
 */
public final class UndecodableRecords implements DeserializationExceptionHandler {
  /** Setting that names the topic of the dead letters. */
  public static final String TOPIC_CONFIG = "signalbox.dead.letters.topic";

  private static final Logger LOG = LoggerFactory.getLogger(UndecodableRecords.class);

  private String topic = "";

  @Override
  public void configure(Map<String, ?> configs) {
    topic = String.valueOf(configs.get(TOPIC_CONFIG));
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
    if (Retriable.is(exception)) {
      return Response.fail();
    }
    String reason =
        exception instanceof UnusableRecordException
            ? String.valueOf(exception.getMessage())
            : "can't be decoded: " + Retriable.root(exception);
    LOG.warn("{}-{}@{} {}", record.topic(), record.partition(), record.offset(), reason);
    Headers headers = DeadLetters.headers(record, reason);
    byte[] value = DeadLetters.value(record.key(), record.value(), headers);
    return Response.resume(
        List.of(
            new ProducerRecord<>(
                topic,
                null,
                record.timestamp() < 0 ? null : record.timestamp(),
                DeadLetters.key(record.key()),
                value,
                headers)));
  }
}
