package io.signalbox.client;

import io.signalbox.events.JobEvent;
import io.signalbox.events.connection.Connection;
import io.signalbox.reactive.RecordFlux;
import io.signalbox.reactive.Source;
import io.signalbox.reactive.Start;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serde;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** The events of one job, read from the partition of its key. */
final class JobEvents {
  private JobEvents() {}

  static Flux<JobEvent> follow(Connection connection, String pool, String job, Start start) {
    String topic = connection.topics().jobEvents();
    byte[] key = job.getBytes(StandardCharsets.UTF_8);
    Map<String, Object> config = config(connection);
    RecordFlux<byte[], byte[]> records =
        RecordFlux.from(
                () ->
                    new KafkaConsumer<>(
                        config, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                Source.ofKey(topic, key, start))
            .name("signalbox-follow-" + job)
            .build();
    // Other jobs' events share the partition: they are passed over by their key, undecoded. What is
    // left is decoded on the poll thread, where a question to the registry may block.
    return Flux.using(
            () -> connection.serde(JobEvent.class),
            serde ->
                records
                    .filter(delivery -> Arrays.equals(delivery.record().key(), key))
                    .map(delivery -> decode(serde, topic, delivery.value())),
            Serde::close)
        .filter(event -> event.getPool().equals(pool))
        .takeUntil(JobEvents::isLast)
        .publishOn(Schedulers.parallel());
  }

  private static JobEvent decode(Serde<JobEvent> serde, String topic, byte[] value) {
    return serde.deserializer().deserialize(topic, value);
  }

  private static boolean isLast(JobEvent event) {
    return switch (event.getType()) {
      case REJECTED, JOB_SUCCEEDED, JOB_FAILED, JOB_CANCELLED -> true;
      case ACCEPTED,
          AT_RISK,
          IN_TIME,
          QUEUED,
          TASK_STARTED,
          TASK_PROGRESS,
          TASK_SUCCEEDED,
          TASK_RETRYING,
          TASK_FAILED ->
          false;
    };
  }

  private static Map<String, Object> config(Connection connection) {
    Map<String, Object> config = new HashMap<>(connection.consumerConfig());
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.remove(ConsumerConfig.GROUP_ID_CONFIG);
    return config;
  }
}
