package io.signalbox.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.client.SignalboxClient;
import io.signalbox.devkit.Devkit;
import io.signalbox.engine.Engine;
import io.signalbox.worker.Result;
import io.signalbox.worker.SignalboxWorker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/**
 * Producers and workers in another language, with kafkajs and Confluent's own serdes, against the
 * engine: the topics and their Avro are the contract, whoever speaks it.
 */
final class ForeignClientsIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int POOL_PARTITIONS = 8;
  private static final String SCHEMAS = Project.root().resolve("schemas").toString();

  private static Devkit devkit;
  private static Engine engine;
  private static JavaScript javaScript;
  private static Launched worker;

  @BeforeAll
  static void startWorker() {
    devkit = Devkit.start();
    javaScript = JavaScript.install(devkit.connection());
    engine = EngineUnderTest.start(devkit.connection());
    worker =
        javaScript.start(
            "worker", "--device", "js-1", "--class", "cpu", "--slots", "4", "--schemas", SCHEMAS);
  }

  @AfterAll
  static void stop() {
    Stream.<AutoCloseable>of(worker, engine, devkit).forEach(ForeignClientsIT::close);
  }

  private static void close(AutoCloseable part) {
    try {
      if (part != null) {
        part.close();
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aJobFromJavaScriptRunsInJavaScriptAndIsFollowedThere() throws IOException {
    submit("js-job", "--schemas", SCHEMAS, "--classes", "cpu");
    List<JsonNode> events = lines(javaScript.run("follow", LIMIT, "--job", "js-job"));

    assertEquals("JOB_SUCCEEDED", events.getLast().path("event").asText());
    JsonNode last =
        events.stream()
            .filter(event -> event.path("event").asText().equals("TASK_SUCCEEDED"))
            .filter(event -> event.path("taskId").asText().equals("last"))
            .findFirst()
            .orElseThrow();
    assertEquals("js-1", last.path("deviceId").asText());
    // What the worker was handed as inputs comes back in its result.
    assertEquals(
        Set.of("part-1", "part-2", "part-3", "part-4"),
        Set.copyOf(texts(new ObjectMapper().readTree(last.path("result").asText()), "parents")));
  }

  @Test
  void recordsOnAWrongPartitionAreSentOn() throws IOException {
    int right = Utils.toPositive(Utils.murmur2("default".getBytes())) % POOL_PARTITIONS;
    for (JsonNode sent : submit("elsewhere", "--place", "elsewhere", "--records", "3")) {
      assertNotEquals(right, sent.path("partition").asInt());
    }
    outcomeOf("default", "elsewhere").assertSucceeded(diamond(6));
  }

  @Test
  void recordsPlacedByLibrdkafkasHashReachTheirPool() throws IOException {
    submit("crc32", "--place", "librdkafka", "--records", "2");
    outcomeOf("default", "crc32").assertSucceeded(diamond(6));
  }

  @Test
  void aRecordWithoutKeyReachesItsPool() throws Exception {
    submit("keyless", "--place", "nokey");
    outcomeOf("default", "keyless").assertSucceeded(diamond(6));
    assertEquals(0, deadLetters(), "records that were refused");
  }

  @Test
  void workersInJavaAndInJavaScriptShareTheLanesOfTheirClass() throws IOException {
    try (Launched foreign =
            javaScript.start(
                "worker", "--pool", "mixed", "--device", "js-2", "--class", "cpu", "--slots", "2");
        SignalboxWorker own = javaWorker("mixed", "java-2")) {
      own.ready().block(LIMIT);
      // The broker takes lanes from whoever came first once the second is there.
      String lane = "\\d+";
      foreign.awaitLine("\\{\"lanes\":\\[" + lane + "(," + lane + "){0,6}\\]\\}", LIMIT);
      long begun = System.nanoTime();
      submit("shared", "--pool", "mixed", "--tasks", "40", "--millis", "100", "--classes", "cpu");
      Outcome outcome = outcomeOf("mixed", "shared");
      outcome.assertSucceeded(diamond(40));
      assertEquals(Set.of("java-2", "js-2"), outcome.devices(), "both took part");
      Project.measured("40 tasks of 0.1 s on 2 + 2 slots", (System.nanoTime() - begun) / 1e9);
      assertEquals(0, foreign.stop(LIMIT), foreign::report);
    }
  }

  private static SignalboxWorker javaWorker(String pool, String device) {
    return SignalboxWorker.builder(devkit.connection())
        .pool(pool)
        .deviceId(device)
        .deviceClass("cpu")
        .slots(2)
        .handle("sleep", task -> Mono.delay(Duration.ofMillis(100)).thenReturn(Result.json("{}")))
        .start();
  }

  /** Submits by producer.js; returns what it said of each record. */
  private static List<JsonNode> submit(String job, String... options) throws IOException {
    List<JsonNode> sent =
        lines(
            javaScript.run(
                "producer",
                LIMIT,
                Stream.concat(Stream.of("--job", job), Stream.of(options)).toArray(String[]::new)));
    assertFalse(sent.isEmpty());
    return sent;
  }

  private static Outcome outcomeOf(String pool, String job) {
    try (SignalboxClient client = SignalboxClient.connect(devkit.connection())) {
      return new Outcome(client.follow(pool, job).collectList().block(LIMIT));
    }
  }

  private static long deadLetters() throws Exception {
    String topic = devkit.connection().topics().deadLetters();
    try (Admin admin = Admin.create(devkit.connection().adminConfig())) {
      Map<TopicPartition, OffsetSpec> ends =
          admin
              .describeTopics(List.of(topic))
              .allTopicNames()
              .get()
              .get(topic)
              .partitions()
              .stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .collect(
                  java.util.stream.Collectors.toMap(
                      partition -> partition, partition -> OffsetSpec.latest()));
      return admin.listOffsets(ends).all().get().values().stream()
          .mapToLong(end -> end.offset())
          .sum();
    }
  }

  /** The tasks that producer.js makes of a number. */
  private static List<String> diamond(int tasks) {
    return Stream.concat(
            Stream.of("first", "last"),
            IntStream.rangeClosed(1, tasks - 2).mapToObj(i -> "part-" + i))
        .toList();
  }

  private static List<JsonNode> lines(List<String> lines) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> nodes = new java.util.ArrayList<>();
    for (String line : lines) {
      nodes.add(json.readTree(line));
    }
    return nodes;
  }

  private static List<String> texts(JsonNode node, String field) {
    List<String> texts = new java.util.ArrayList<>();
    node.path(field).forEach(value -> texts.add(value.asText()));
    return texts;
  }
}
