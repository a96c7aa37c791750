package io.signalbox.worker;

import io.signalbox.events.Assignment;
import io.signalbox.events.connection.Connection;
import io.signalbox.events.topic.Topics;
import io.signalbox.reactive.PartitionListener;
import io.signalbox.reactive.RecordFlux;
import io.signalbox.reactive.Source;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lanes of a device class as one of its workers reads them. */
final class Lanes {
  private static final Logger log = LoggerFactory.getLogger(Lanes.class);

  private Lanes() {}

  static RecordFlux<String, Assignment> read(
      Connection connection, WorkerSettings settings, PartitionListener listener) {
    String topic = connection.topics().assignments(settings.deviceClass());
    Map<String, Object> config = config(connection, settings);
    return RecordFlux.from(
            () ->
                new KafkaConsumer<>(
                    config,
                    new StringDeserializer(),
                    connection.serde(Assignment.class).deserializer()),
            Source.subscribe(List.of(topic)))
        .listener(listener)
        .commitInterval(Duration.ofMillis(50))
        .onUndecodable(error ->
            log.warn(
                "{}: passed over a record that can't be decoded at {} {}",
                settings.deviceId(),
                error.topicPartition(),
                error.offset(),
                error))
        .name("signalbox-lanes-" + settings.deviceId())
        .build();
  }

  static String group(Topics topics, WorkerSettings settings) {
    return topics.prefix() + "workers." + settings.pool() + "." + settings.deviceClass();
  }

  private static Map<String, Object> config(Connection connection, WorkerSettings settings) {
    Map<String, Object> config = new HashMap<>();
    String protocol = protocol(connection, settings);
    config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, protocol);
    if (protocol.equals("classic")) {
      config.put(
          ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
          CooperativeStickyAssignor.class.getName());
      config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
      config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 500);
    }
    // A worker notices within seconds that its class's topic was created or has grown.
    config.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 5_000);
    config.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 500);
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 256);
    config.putAll(connection.consumerConfig());
    config.put(ConsumerConfig.GROUP_ID_CONFIG, group(connection.topics(), settings));
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, settings.deviceId());
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    // A new lane may hold offers already; old ones are recognised by their acceptBy.
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return config;
  }

  private static String protocol(Connection connection, WorkerSettings settings) {
    Object named = connection.consumerConfig().get(ConsumerConfig.GROUP_PROTOCOL_CONFIG);
    return named == null ? settings.groupProtocol() : named.toString().toLowerCase(Locale.ROOT);
  }
}
