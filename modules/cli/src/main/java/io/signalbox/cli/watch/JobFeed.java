package io.signalbox.cli.watch;

import io.signalbox.cli.cluster.KafkaQuestion;
import io.signalbox.events.JobEvent;
import io.signalbox.events.connection.Connection;
import io.signalbox.reactive.RecordFlux;
import io.signalbox.reactive.Source;
import io.signalbox.reactive.Start;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;
import reactor.core.publisher.Flux;

/** The events of several jobs through one consumer; the client's own follower has one a job. */
public final class JobFeed {
  private JobFeed() {}

  /**
   * Events of jobs in the order of each job; ends behind the last event of the last one.
   *
   * @param connection where Kafka is
   * @param pool the jobs' pool
   * @param jobs their names
   * @param since a time before they were submitted
   */
  public static Flux<JobEvent> of(
      Connection connection, String pool, Collection<String> jobs, Instant since) {
    return Flux.defer(() -> {
      Set<String> open = new HashSet<>(jobs);
      return read(connection, Set.copyOf(jobs), since)
          .filter(event -> event.getPool().equals(pool))
          .takeUntil(event ->
              Tally.isEnd(event.getType()) && open.remove(event.getJob()) && open.isEmpty());
    });
  }

  private static Flux<JobEvent> read(Connection connection, Set<String> jobs, Instant since) {
    String topic = connection.topics().jobEvents();
    Map<String, Object> config = new HashMap<>(connection.consumerConfig());
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.remove(ConsumerConfig.GROUP_ID_CONFIG);
    RecordFlux<String, byte[]> records =
        RecordFlux.from(
                () ->
                    new KafkaConsumer<>(
                        config, new StringDeserializer(), new ByteArrayDeserializer()),
                Source.assign(partitions(connection, topic), Start.at(since)))
            .name("signalbox-follow-jobs")
            .build();
    return Flux.using(
        () -> connection.serde(JobEvent.class),
        serde ->
            records
                .filter(delivery -> jobs.contains(delivery.record().key()))
                .map(delivery -> decode(serde, topic, delivery.value())),
        Serde::close);
  }

  private static JobEvent decode(Serde<JobEvent> serde, String topic, byte[] value) {
    return serde.deserializer().deserialize(topic, value);
  }

  private static List<TopicPartition> partitions(Connection connection, String topic) {
    Map<String, TopicDescription> described =
        KafkaQuestion.ask(
            connection, admin -> admin.describeTopics(List.of(topic)).allTopicNames().get());
    return described.values().stream()
        .flatMap(each -> each.partitions().stream())
        .map(partition -> new TopicPartition(topic, partition.partition()))
        .toList();
  }
}
