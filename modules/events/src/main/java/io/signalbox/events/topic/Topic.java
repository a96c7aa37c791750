package io.signalbox.events.topic;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.TopicConfig;

/**
 * One topic of the catalogue: what it carries and how it is created.
 *
 * @param name full name, with the prefix
 * @param valueClass class of the values; {@code byte[]} for dead letters, which stay as they were
 *     read
 * @param key what the record's key is, for people
 * @param partitioning what decides the partition
 * @param cleanup what becomes of old records
 * @param retention how long a record stays by default; empty in a compacted topic
 * @param description what the topic is for, in a sentence
 * @param <V> type of the values
 */
public record Topic<V>(
    String name,
    Class<V> valueClass,
    String key,
    Partitioning partitioning,
    Cleanup cleanup,
    Optional<Duration> retention,
    String description) {

  /** Checks that Kafka accepts the name and that retention is given just where it applies. */
  public Topic {
    TopicName.check(name);
    if (retention.isPresent() == (cleanup == Cleanup.COMPACT)) {
      throw new IllegalArgumentException(
          "The topic " + name + " needs a retention, or compaction, not both");
    }
  }

  /** Kafka's settings for the creation of this topic. */
  public Map<String, String> config() {
    return retention
        .map(time ->
            Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG, cleanup.policy(),
                TopicConfig.RETENTION_MS_CONFIG, Long.toString(time.toMillis())))
        .orElseGet(() -> Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, cleanup.policy()));
  }
}
