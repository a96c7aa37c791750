package io.signalbox.cli.cluster;

import io.signalbox.cli.output.Cell;
import io.signalbox.cli.output.Table;
import io.signalbox.events.connection.Connection;
import io.signalbox.events.topic.Topic;
import io.signalbox.events.topic.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** Signalbox's topics as they are on a cluster. */
public final class TopicTable {
  private final Topics topics;
  private final Admin admin;

  private TopicTable(Topics topics, Admin admin) {
    this.topics = topics;
    this.admin = admin;
  }

  /** The topics that are there: their size, what they carry and who writes them. */
  public static Table of(Connection connection) {
    return KafkaQuestion.ask(
        connection, admin -> new TopicTable(connection.topics(), admin).read());
  }

  private Table read() throws Exception {
    Map<String, TopicDescription> there = admin.describeTopics(names()).allTopicNames().get();
    Map<ConfigResource, Config> configs =
        admin
            .describeConfigs(
                there.keySet().stream()
                    .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                    .toList())
            .all()
            .get();
    Map<String, Long> records = records(there);
    Table table =
        Table.of(
            "topic",
            "partitions",
            "retentionSeconds",
            "records",
            "key",
            "value",
            "writtenBy",
            "description");
    for (Topic<?> topic : catalogue(there)) {
      TopicDescription description = Objects.requireNonNull(there.get(topic.name()));
      Config config =
          Objects.requireNonNull(
              configs.get(new ConfigResource(ConfigResource.Type.TOPIC, topic.name())));
      table.row(
          topic.name(),
          description.partitions().size(),
          retention(config),
          records.getOrDefault(topic.name(), 0L),
          topic.key(),
          topic.valueClass() == byte[].class ? "as read" : topic.valueClass().getSimpleName(),
          writer(topic),
          topic.description());
    }
    return table;
  }

  private List<String> names() throws Exception {
    List<String> known = topics.catalogue().stream().map(Topic::name).toList();
    return admin.listTopics().names().get().stream()
        .filter(name -> known.contains(name) || topics.deviceClassOf(name).isPresent())
        .toList();
  }

  private List<Topic<?>> catalogue(Map<String, TopicDescription> there) {
    List<String> classes =
        there.keySet().stream()
            .sorted()
            .flatMap(name -> topics.deviceClassOf(name).stream())
            .toList();
    return topics.catalogue(classes).stream()
        .filter(topic -> there.containsKey(topic.name()))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** Transaction markers count: Kafka doesn't tell them from records. */
  private Map<String, Long> records(Map<String, TopicDescription> there) throws Exception {
    Map<TopicPartition, OffsetSpec> begin = new HashMap<>();
    Map<TopicPartition, OffsetSpec> end = new HashMap<>();
    there.forEach((name, description) ->
        description
            .partitions()
            .forEach(partition -> {
              TopicPartition each = new TopicPartition(name, partition.partition());
              begin.put(each, OffsetSpec.earliest());
              end.put(each, OffsetSpec.latest());
            }));
    Map<TopicPartition, ListOffsetsResultInfo> first = admin.listOffsets(begin).all().get();
    Map<TopicPartition, ListOffsetsResultInfo> last = admin.listOffsets(end).all().get();
    Map<String, Long> records = new HashMap<>();
    last.forEach((partition, info) -> {
      ListOffsetsResultInfo beginning = first.get(partition);
      long count = info.offset() - (beginning == null ? 0 : beginning.offset());
      records.merge(partition.topic(), count, Long::sum);
    });
    return records;
  }

  private static Cell retention(Config config) {
    if (TopicConfig.CLEANUP_POLICY_COMPACT.equals(
        config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value())) {
      return new Cell(null, "last per key");
    }
    long millis = Long.parseLong(config.get(TopicConfig.RETENTION_MS_CONFIG).value());
    return millis < 0 ? new Cell(null, "for good") : Cell.seconds(millis / 1e3);
  }

  private String writer(Topic<?> topic) {
    String name = topic.name();
    if (name.equals(topics.taskSubmitted())) {
      return "producers";
    }
    if (name.equals(topics.control())) {
      return "operators";
    }
    boolean byWorkers =
        name.equals(topics.taskEvents())
            || name.equals(topics.deviceTelemetry())
            || name.equals(topics.executionTraces());
    return byWorkers ? "workers" : "engine";
  }
}
