package io.signalbox.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.signalbox.devkit.EmbeddedBroker;
import io.signalbox.events.CancelJob;
import io.signalbox.events.Control;
import io.signalbox.events.JobEvent;
import io.signalbox.events.JobEventType;
import io.signalbox.events.TaskCounts;
import io.signalbox.events.TaskSpec;
import io.signalbox.events.TasksSubmitted;
import io.signalbox.events.connection.Connection;
import io.signalbox.events.topic.TopicReadiness;
import io.signalbox.reactive.EventSerializer;
import io.signalbox.reactive.RecordFlux;
import io.signalbox.reactive.Source;
import io.signalbox.reactive.Start;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class SignalboxClientIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static EmbeddedBroker broker;
  private static Connection connection;
  private static Producer<String, SpecificRecord> engine;

  @BeforeAll
  static void start() throws Exception {
    broker = EmbeddedBroker.start();
    connection = Connection.of(broker.bootstrapServers(), "mock://" + broker.clusterId());
    var topics = connection.topics();
    List<String> single = List.of(topics.taskSubmitted(), topics.control());
    try (Admin admin = Admin.create(connection.adminConfig())) {
      List<NewTopic> all =
          Stream.concat(
                  single.stream().map(name -> new NewTopic(name, 1, (short) 1)),
                  Stream.of(new NewTopic(topics.jobEvents(), 7, (short) 1)))
              .toList();
      admin.createTopics(all).all().get();
      TopicReadiness.await(admin, all.stream().map(NewTopic::name).toList(), LIMIT);
    }
    engine = EventSerializer.producer(connection, Map.of());
  }

  @AfterAll
  static void stop() {
    engine.close();
    broker.close();
  }

  private static <T extends SpecificRecord> Flux<ConsumerRecord<String, T>> read(
      String topic, Class<T> type) {
    return RecordFlux.from(
            () ->
                new KafkaConsumer<>(
                    connection.consumerConfig(),
                    new StringDeserializer(),
                    connection.serde(type).deserializer()),
            Source.assign(List.of(new TopicPartition(topic, 0)), Start.beginning()))
        .build()
        .map(delivery -> delivery.record());
  }

  private static void tell(String pool, String job, JobEventType type) throws Exception {
    JobEvent event =
        JobEvent.newBuilder()
            .setPool(pool)
            .setJob(job)
            .setType(type)
            .setAt(Instant.now())
            .setCounts(new TaskCounts(2, 0, 2, 0))
            .build();
    engine.send(new ProducerRecord<>(connection.topics().jobEvents(), job, event)).get();
  }

  @Test
  void aStreamOfTasksIsCutIntoRecordsAndSealedByTheLast() {
    Flux<TaskSpec> tasks =
        Flux.range(0, 2_500)
            .map(number -> Job.named("unused").task("t" + number, "op").build().tasks().get(0));
    try (SignalboxClient client = SignalboxClient.connect(connection)) {
      Submission submission = client.submit("many", "big", tasks).block(LIMIT);
      assertEquals(3, submission.records());
      assertEquals(2_500, submission.tasks());
      List<ConsumerRecord<String, TasksSubmitted>> records =
          read(connection.topics().taskSubmitted(), TasksSubmitted.class)
              .filter(record -> record.value().getJob().equals("big"))
              .take(3)
              .collectList()
              .block(LIMIT);
      assertEquals(
          List.of(1_000, 1_000, 500),
          records.stream().map(record -> record.value().getTasks().size()).toList());
      assertEquals(
          List.of(false, false, true),
          records.stream().map(record -> record.value().getSealed()).toList());
      assertNotNull(records.get(0).value().getHeader());
      assertNull(records.get(1).value().getHeader());
      records.forEach(record -> {
        assertEquals("many", record.key());
        String trace = new String(record.headers().lastHeader("traceparent").value());
        assertEquals(submission.traceId(), trace.substring(3, 35));
      });
    }
  }

  @Test
  void followingSeesOneJobOfOnePoolFromItsBeginningToItsEnd() throws Exception {
    tell("p", "followed", JobEventType.ACCEPTED);
    for (int i = 0; i < 20; i++) {
      tell("p", "other-" + i, JobEventType.JOB_FAILED);
    }
    tell("another-pool", "followed", JobEventType.JOB_CANCELLED);
    tell("p", "followed", JobEventType.JOB_SUCCEEDED);
    try (SignalboxClient client = SignalboxClient.connect(connection)) {
      assertEquals(
          List.of(JobEventType.ACCEPTED, JobEventType.JOB_SUCCEEDED),
          client.follow("p", "followed").map(JobEvent::getType).collectList().block(LIMIT));
    }
  }

  @Test
  void cancellingOrdersItFromThePool() {
    try (SignalboxClient client = SignalboxClient.connect(connection)) {
      client.cancel("p", "unwanted", "nobody waits for it").block(LIMIT);
    }
    Control order = read(connection.topics().control(), Control.class).blockFirst(LIMIT).value();
    CancelJob cancel = (CancelJob) order.getCommand();
    assertEquals("unwanted", cancel.getJob());
    assertEquals("nobody waits for it", cancel.getReason());
  }

  @Test
  void theReadmesProducerSubmitsAndFollowsToTheEnd() throws Exception {
    // The events may be there before the submission: a follower starts a minute earlier.
    tell("default", "caption-42", JobEventType.ACCEPTED);
    tell("default", "caption-42", JobEventType.JOB_SUCCEEDED);
    List<JobEventType> seen = new ArrayList<>();
    ReadmeProducerExample.run(connection, event -> seen.add(event.getType()));
    assertEquals(List.of(JobEventType.ACCEPTED, JobEventType.JOB_SUCCEEDED), seen);
    TasksSubmitted submitted =
        read(connection.topics().taskSubmitted(), TasksSubmitted.class)
            .map(ConsumerRecord::value)
            .filter(record -> record.getJob().equals("caption-42"))
            .blockFirst(LIMIT);
    assertEquals(2, submitted.getTasks().size());
  }
}
