package io.signalbox.engine;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * How many records of each topic are in the log and not read yet, as the consumers of this instance
 * saw at their last fetch.
 */
final class InputLag {
  private static final String GROUP = "consumer-fetch-manager-metrics";

  private InputLag() {}

  /**
   * Reads it.
   *
   * @param metrics of the instance's consumers
   * @param topics those that are asked about; the others, such as changelogs, are left out
   * @return records by topic, of those topics that this instance reads
   */
  static Map<String, Long> of(
      Map<MetricName, ? extends Metric> metrics, Collection<String> topics) {
    Map<String, Long> lag = new TreeMap<>();
    metrics.forEach((name, metric) -> {
      String topic = name.tags().get("topic");
      if (name.group().equals(GROUP)
          && name.name().equals("records-lag")
          && topic != null
          && topics.contains(topic)
          && metric.metricValue() instanceof Double records
          && records >= 0) {
        lag.merge(topic, records.longValue(), Long::sum);
      }
    });
    return lag;
  }
}
