package io.signalbox.engine.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.devkit.Devkit;
import io.signalbox.devkit.EmbeddedRegistry;
import io.signalbox.engine.Engine;
import io.signalbox.engine.TestSettings;
import io.signalbox.engine.scheduling.BadRecords.Bad;
import io.signalbox.events.Assignment;
import io.signalbox.events.AssignmentType;
import io.signalbox.events.CancelJob;
import io.signalbox.events.Control;
import io.signalbox.events.JobEvent;
import io.signalbox.events.JobEventType;
import io.signalbox.events.TasksSubmitted;
import io.signalbox.events.connection.Connection;
import io.signalbox.events.topic.Topics;
import io.signalbox.worker.Result;
import io.signalbox.worker.SignalboxWorker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/**
 * Bad records on each input topic of a running engine on a real broker, good ones between them, and
 * a registry that is gone in the middle of it. The engine outlives it, each record that can't be
 * used is in the dead letters, and each good one did what it says. About 30 seconds; {@code
 * -Dsignalbox.brokerRecords} per topic, {@code -Dsignalbox.seed} replays.
 */
class BadRecordsIT {
  private static final int RECORDS = Integer.getInteger("signalbox.brokerRecords", 1_000);
  private static final long SEED = Long.getLong("signalbox.seed", 1);
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final String NUMBER = "number";

  /** Each bad record is worth a line in the log, with a stack; here are too many. Held, or lost. */
  private static final List<Logger> LOGGERS =
      List.of(
          Logger.getLogger("io.signalbox.engine.failure.UndecodableRecords"),
          Logger.getLogger("org.apache.kafka.streams.processor.internals"),
          Logger.getLogger("org.apache.kafka.streams.errors"));

  private static final Logger FAILED_THREADS =
      Logger.getLogger("io.signalbox.engine.failure.FailedThreads");

  @TempDir Path folder;

  private final Random random = new Random(SEED);
  private final Map<Class<?>, Serde<?>> serdes = new HashMap<>();
  private final Map<String, String> certain = new HashMap<>();
  private final Set<String> good = new HashSet<>();
  private final Set<String> succeed = new TreeSet<>();
  private final Set<String> cancelled = new TreeSet<>();
  private final Map<String, String> letters = new HashMap<>();
  private Connection connection;
  private Topics topics;
  private int numbers;

  @Test
  void engineOutlivesBadRecordsAndARegistryThatIsGone() throws Exception {
    LOGGERS.forEach(logger -> logger.setLevel(Level.OFF));
    try (Devkit devkit = Devkit.start()) {
      connection = devkit.connection().withTopics(new Topics("fuzz."));
      topics = connection.topics();
      try (Engine engine =
              Engine.start(
                  TestSettings.of(
                      connection,
                      folder,
                      "applicationId",
                      "fuzz",
                      "pool.maxAttempts",
                      "10",
                      "pool.offerSeconds",
                      "2",
                      "streams.threadRestartSeconds",
                      "0.2"));
          SignalboxWorker worker = worker()) {
        worker.ready().block(PATIENCE);
        run(devkit, engine);
        assertEquals(KafkaStreams.State.RUNNING, engine.state());
        assertFalse(engine.terminated().isDone());
      }
    } finally {
      LOGGERS.forEach(logger -> logger.setLevel(null));
      serdes.values().forEach(Serde::close);
    }
  }

  private SignalboxWorker worker() {
    return SignalboxWorker.builder(connection)
        .pool("p")
        .deviceId("well")
        .deviceClass(Records.GPU)
        .slots(16)
        .prefetch(16)
        .handleAny(task -> Mono.just(Result.text("done")))
        .start();
  }

  private void run(Devkit devkit, Engine engine) throws Exception {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    records.add(of(topics.taskSubmitted(), openJob("live")));
    for (int i = 0; i < RECORDS; i++) {
      for (String topic : inputs()) {
        records.add(i % 10 == 0 ? goodOne(topic, i) : badOne(topic));
      }
    }
    int half = records.size() / 2;
    try (var producer =
        new KafkaProducer<>(
            connection.producerConfig(), new ByteArraySerializer(), new ByteArraySerializer())) {
      records.subList(0, half).forEach(producer::send);
      producer.flush();
      int port = devkit.registry().port();
      devkit.registry().close();
      CountDownLatch met = failedThread();
      records.subList(half, records.size()).forEach(producer::send);
      producer.flush();
      assertTrue(met.await(PATIENCE.toSeconds(), TimeUnit.SECONDS), "nobody missed the registry");
      assertEquals(0, letters.size());
      try (EmbeddedRegistry again = EmbeddedRegistry.start(devkit.bootstrapServers(), port)) {
        assertEquals(port, again.port());
        await();
      }
    }
    assertFalse(engine.terminated().isDone());
  }

  /** Is counted down when a stream thread has failed, since the registry isn't there. */
  private static CountDownLatch failedThread() {
    CountDownLatch met = new CountDownLatch(1);
    FAILED_THREADS.addHandler(
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            met.countDown();
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        });
    return met;
  }

  private List<String> inputs() {
    return List.of(
        topics.taskSubmitted(), topics.taskEvents(), topics.deviceTelemetry(), topics.control());
  }

  private ProducerRecord<byte[], byte[]> of(String topic, SpecificRecord value) {
    return numbered(topic, bytes(topic, value));
  }

  private ProducerRecord<byte[], byte[]> numbered(String topic, byte[] value) {
    String number = Integer.toString(++numbers);
    var record = new ProducerRecord<>(topic, "p".getBytes(StandardCharsets.UTF_8), value);
    record.headers().add(NUMBER, number.getBytes(StandardCharsets.UTF_8));
    return record;
  }

  private ProducerRecord<byte[], byte[]> badOne(String topic) {
    Bad bad = new BadRecords(this::bytes, random).next(topic, template(topic));
    var record = numbered(topic, bad.value());
    if (bad.certain()) {
      certain.put(Integer.toString(numbers), topic + ": " + bad.what());
    }
    return record;
  }

  /**
   * Jobs to run, and jobs to cancel: those are ordered when they have come, since topics are read
   * in no order. The worker writes the good events and heartbeats.
   */
  private ProducerRecord<byte[], byte[]> goodOne(String topic, int number) {
    boolean cancel = topic.equals(topics.control());
    String job = (cancel ? "cancel-" : "good-" + topic + "-") + number;
    (cancel ? cancelled : succeed).add(job);
    TasksSubmitted submission =
        cancel ? openJob(job) : Records.job("p", job, Instant.now(), "a", "b->a");
    var record = of(topics.taskSubmitted(), submission);
    good.add(Integer.toString(numbers));
    return record;
  }

  private static TasksSubmitted openJob(String job) {
    return TasksSubmitted.newBuilder(Records.job("p", job, Instant.now(), "z->never"))
        .setSealed(false)
        .build();
  }

  private SpecificRecord template(String topic) {
    if (topic.equals(topics.taskSubmitted())) {
      return Records.job("p", "bad" + numbers, Instant.EPOCH, "a", "b->a");
    }
    if (topic.equals(topics.deviceTelemetry())) {
      return Records.heartbeat("p", "ill", numbers, Instant.EPOCH);
    }
    return topic.equals(topics.control())
        ? order("nobody")
        : Records.started(assignment(), Instant.EPOCH);
  }

  private static Control order(String job) {
    return Control.newBuilder()
        .setPool("p")
        .setAt(Instant.EPOCH)
        .setCommand(new CancelJob(job, "enough"))
        .build();
  }

  private static Assignment assignment() {
    return Assignment.newBuilder()
        .setPool("p")
        .setJob("live")
        .setTaskId("z")
        .setAttempt(1)
        .setType(AssignmentType.RUN)
        .setDeviceId("well")
        .setDeviceClass(Records.GPU)
        .setLane(2)
        .setOperation("op")
        .setVersion("")
        .setWork(1)
        .setInputs(List.of())
        .setOfferedAt(Instant.EPOCH)
        .setAcceptBy(Instant.EPOCH)
        .setTimeoutMillis(0)
        .build();
  }

  @SuppressWarnings("unchecked") // The map holds the serde of each class under it.
  private <T extends SpecificRecord> byte[] bytes(String topic, T value) {
    Serde<T> serde =
        (Serde<T>)
            serdes.computeIfAbsent(value.getClass(), type -> connection.serde(value.getClass()));
    return serde.serializer().serialize(topic, value);
  }

  /** Until all is done that should be: jobs ended, bad records in the dead letters. */
  private void await() throws Exception {
    Set<String> succeeded = new HashSet<>();
    Set<String> gone = new HashSet<>();
    Set<String> ordered = new HashSet<>();
    Instant giveUp = Instant.now().plus(PATIENCE);
    try (var producer =
            new KafkaProducer<>(
                connection.producerConfig(), new ByteArraySerializer(), new ByteArraySerializer());
        var consumer = consumer();
        var events = connection.serde(JobEvent.class)) {
      while (!(succeeded.containsAll(succeed)
          && gone.containsAll(cancelled)
          && letters.keySet().containsAll(certain.keySet()))) {
        assertTrue(Instant.now().isBefore(giveUp), () -> missing(succeeded, gone));
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          if (record.topic().equals(topics.deadLetters())) {
            letter(record);
            continue;
          }
          JobEvent event = events.deserializer().deserialize(record.topic(), record.value());
          if (event.getType() == JobEventType.JOB_SUCCEEDED) {
            succeeded.add(event.getJob());
          } else if (event.getType() == JobEventType.JOB_CANCELLED) {
            gone.add(event.getJob());
          } else if (event.getType() == JobEventType.ACCEPTED
              && cancelled.contains(event.getJob())
              && ordered.add(event.getJob())) {
            producer.send(of(topics.control(), order(event.getJob())));
          }
        }
      }
    }
    good.forEach(number -> assertFalse(letters.containsKey(number), "a good one was refused"));
  }

  private void letter(ConsumerRecord<byte[], byte[]> record) {
    String reason = header(record, "signalbox-reason");
    assertFalse(reason.isBlank(), "a dead letter without a reason");
    assertFalse(reason.contains("the scheduler failed on it"), reason);
    letters.put(header(record, NUMBER), reason);
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  private String missing(Set<String> succeeded, Set<String> gone) {
    Set<String> jobs = new TreeSet<>(succeed);
    jobs.removeAll(succeeded);
    Set<String> orders = new TreeSet<>(cancelled);
    orders.removeAll(gone);
    Map<String, String> bad = new HashMap<>(certain);
    bad.keySet().removeAll(letters.keySet());
    return "no end of %s, no order for %s, no dead letters of %s; -Dsignalbox.seed=%d"
        .formatted(jobs, orders, bad, SEED);
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    var config = connection.consumerConfig();
    config.put("auto.offset.reset", "earliest");
    var consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : List.of(topics.jobEvents(), topics.deadLetters())) {
      consumer
          .partitionsFor(topic)
          .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }
}
