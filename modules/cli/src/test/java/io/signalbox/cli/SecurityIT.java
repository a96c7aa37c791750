package io.signalbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.cli.acl.AclFile;
import io.signalbox.cli.acl.AclRule;
import io.signalbox.cli.station.Station;
import io.signalbox.cli.station.StationSettings;
import io.signalbox.client.Job;
import io.signalbox.client.SignalboxClient;
import io.signalbox.devkit.BrokerSecurity;
import io.signalbox.devkit.Devkit;
import io.signalbox.events.JobEvent;
import io.signalbox.events.JobEventType;
import io.signalbox.events.connection.Connection;
import io.signalbox.events.topic.Topics;
import io.signalbox.worker.Result;
import io.signalbox.worker.SignalboxWorker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/**
 * Engine, worker, producer and operator, each a user of its own with the ACLs of config/acls.yaml,
 * on a broker with TLS, SCRAM and ACLs; the passwords stand in a file.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecurityIT {
  private static final Path CONFIG = Path.of(System.getProperty("signalbox.root"), "config");
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<String> ROLES = List.of("engine", "worker", "producer", "operator");

  @TempDir private static Path folder = Path.of("");

  private static final Deque<AutoCloseable> PARTS = new ArrayDeque<>();
  private static LogRecorder log;
  private static BrokerSecurity security;
  private static Devkit devkit;
  private static Station station;

  @BeforeAll
  static void start() throws IOException {
    log = LogRecorder.start();
    security = BrokerSecurity.scram(folder, ROLES);
    devkit = Devkit.builder().security(security).start();
    PARTS.push(devkit);
    writeSecrets();
    List<String> create = new ArrayList<>(List.of("acls", "--create"));
    ROLES.forEach(role -> create.add(role + "=User:" + role));
    assertEquals(0, by(BrokerSecurity.ADMINISTRATOR, create).exitCode());
    station = Station.start(engine());
    PARTS.push(station);
    SignalboxWorker worker =
        SignalboxWorker.builder(connection("worker"))
            .deviceId("cpu-1")
            .handleAny(task -> Mono.just(Result.text("done")))
            .start();
    PARTS.push(worker);
    worker.ready().block(LIMIT);
  }

  @AfterAll
  static void stop() throws Exception {
    while (!PARTS.isEmpty()) {
      PARTS.pop().close();
    }
    log.stop();
  }

  @Test
  void aJobRunsToItsEnd() {
    try (SignalboxClient client = SignalboxClient.connect(connection("producer"))) {
      Job job = Job.named("secured").task("a", "first").task("b", "second").after("a").build();
      List<JobEvent> events = Objects.requireNonNull(client.run(job).collectList().block(LIMIT));
      assertEquals(JobEventType.JOB_SUCCEEDED, events.getLast().getType());
    }
  }

  @Test
  void theCommandsOfProducersAndOperatorsWork() throws IOException {
    Path job = Files.writeString(folder.resolve("job.yaml"), "tasks: [{id: a, operation: first}]");
    Said submitted =
        by("producer", List.of("submit", job.toString(), "--job", "by-command", "--follow"));
    assertEquals(0, submitted.exitCode(), submitted::err);
    Said topics = by("operator", List.of("topics"));
    assertEquals(0, topics.exitCode(), topics::err);
    assertTrue(topics.out().contains("signalbox.assignments.cpu"), topics::out);
    Said policy =
        by(
            "operator",
            List.of("policy", "--set", "stealRatio=0.5", "--engine", engineUrl().toString()));
    assertEquals(0, policy.exitCode(), policy::err);
  }

  @ParameterizedTest
  @ValueSource(strings = {"engine", "worker", "producer", "operator"})
  void aRoleWritesAndReadsNoOtherTopicThanItsOwn(String role) {
    Set<String> written = new TreeSet<>();
    Set<String> read = new TreeSet<>();
    try (var producer =
            new KafkaProducer<>(
                with(role, Map.of("enable.idempotence", "false")).producerConfig(),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        var consumer =
            new KafkaConsumer<>(
                connection(role).consumerConfig(),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
      for (String topic : topics()) {
        if (!allows(role, topic, AclOperation.WRITE)) {
          var refused =
              assertThrows(
                  ExecutionException.class,
                  () -> producer.send(new ProducerRecord<>(topic, 0, null, new byte[0])).get(),
                  role + " wrote to " + topic);
          assertInstanceOf(TopicAuthorizationException.class, refused.getCause());
          written.add(topic);
        }
        if (!allows(role, topic, AclOperation.READ)) {
          TopicPartition partition = new TopicPartition(topic, 0);
          consumer.assign(List.of(partition));
          consumer.seek(partition, 0);
          assertThrows(
              TopicAuthorizationException.class,
              () -> pollUntilRefused(consumer),
              role + " read " + topic);
          read.add(topic);
        }
      }
    }
    // What the roles are about, whatever the file says.
    Topics names = Topics.DEFAULT;
    switch (role) {
      case "worker" -> assertTrue(written.contains(names.taskSubmitted()), written::toString);
      case "producer" -> assertTrue(written.contains(names.taskEvents()), written::toString);
      case "operator" -> assertTrue(written.contains(names.taskEvents()), written::toString);
      default -> assertTrue(written.contains(names.executionTraces()), written::toString);
    }
    assertTrue(read.contains(names.results()), read::toString);
  }

  @Test
  void nobodyGetsInWithoutThePassword() throws IOException {
    Map<String, String> wrong = new HashMap<>(clientProperties("operator"));
    wrong.put(
        "sasl.jaas.config",
        security.login("operator").replace(security.secret("operator"), "guess"));
    Path file = write("wrong.properties", wrong);
    Said.by("topics", "--config", file.toString()).failed(1, "Authentication failed");
    Said.by("topics", "--bootstrap-servers", devkit.bootstrapServers())
        .failed(1, "gives no answer", "security settings");
  }

  @Test
  void aSecretThatIsntInTheFileIsNamed() throws IOException {
    Map<String, String> properties = new HashMap<>(clientProperties("operator"));
    properties.computeIfPresent(
        "sasl.jaas.config", (name, reference) -> reference.replace("operator", "nobody"));
    Path file = write("missing.properties", properties);
    Said.by("topics", "--config", file.toString()).failed(2, "sasl.jaas.config", "nobody");
  }

  @Test
  void theHttpApiIsBoundToThisMachineAlone() throws IOException {
    assertTrue(InetAddress.getByName(engineUrl().getHost()).isLoopbackAddress());
  }

  @Test
  @Order(Integer.MAX_VALUE) // After all that could log one.
  void noPasswordIsLogged() throws IOException {
    List<String> lines = new ArrayList<>(log.lines());
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("signalbox.home"), "logs"))) {
      for (Path file : files.toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    assertTrue(
        lines.stream().anyMatch(line -> line.contains("sasl.jaas.config = [hidden]")),
        "the clients' settings are in the log");
    List<String> users = new ArrayList<>(ROLES);
    users.add(BrokerSecurity.ADMINISTRATOR);
    for (String user : users) {
      String secret = security.secret(user);
      assertFalse(lines.stream().anyMatch(line -> line.contains(secret)), user);
    }
  }

  private static void pollUntilRefused(KafkaConsumer<byte[], byte[]> consumer) {
    for (int i = 0; i < 100; i++) {
      consumer.poll(Duration.ofMillis(100));
    }
  }

  private static boolean allows(String role, String topic, AclOperation operation) {
    List<AclRule> rules =
        AclFile.read(CONFIG.resolve("acls.yaml"), Topics.DEFAULT.prefix(), "signalbox-engine")
            .getOrDefault(role, List.of());
    return rules.stream()
        .anyMatch(rule ->
            rule.operation() == operation
                && (rule.resource().patternType() == PatternType.PREFIXED
                    ? topic.startsWith(rule.resource().name())
                    : topic.equals(rule.resource().name())));
  }

  private static List<String> topics() {
    return Topics.DEFAULT.catalogue(List.of("cpu")).stream().map(topic -> topic.name()).toList();
  }

  private static StationSettings engine() {
    return new StationSettings(
        connection("engine"),
        folder.resolve("data"),
        0,
        0,
        true,
        CONFIG.resolve("engine.yaml"),
        CONFIG.resolve("device-classes.yaml"),
        Map.of(
            "http.port",
            "0",
            "topics.replicationFactor",
            "1",
            "topics.poolPartitions",
            "1",
            "topics.lanesPerClass",
            "1"));
  }

  private static URI engineUrl() {
    return URI.create(Objects.requireNonNull(station.engineUrl()));
  }

  private static Connection connection(String user) {
    return devkit.connection(clientProperties(user));
  }

  private static Connection with(String user, Map<String, String> more) {
    Map<String, String> properties = new HashMap<>(clientProperties(user));
    properties.putAll(more);
    return devkit.connection(properties);
  }

  /** How a user gets in, its password being in the file of secrets alone. */
  private static Map<String, String> clientProperties(String user) {
    Map<String, String> properties = new HashMap<>(security.clientProperties(user));
    properties.put("sasl.jaas.config", "${file:" + secrets() + ":" + user + "}");
    properties.put("config.providers", "file");
    properties.put(
        "config.providers.file.class",
        "org.apache.kafka.common.config.provider.FileConfigProvider");
    properties.put("config.providers.file.param.allowed.paths", secrets().toString());
    return properties;
  }

  private static Path secrets() {
    return folder.resolve("secrets.properties");
  }

  private static void writeSecrets() throws IOException {
    List<String> users = new ArrayList<>(ROLES);
    users.add(BrokerSecurity.ADMINISTRATOR);
    Files.write(secrets(), users.stream().map(user -> user + "=" + security.login(user)).toList());
    for (String user : users) {
      write(user + ".properties", clientProperties(user));
    }
  }

  private static Path write(String name, Map<String, String> properties) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("bootstrap.servers=" + devkit.bootstrapServers());
    lines.add("schema.registry.url=" + devkit.schemaRegistryUrl());
    properties.forEach((key, value) -> lines.add(key + "=" + value));
    return Files.write(folder.resolve(name), lines);
  }

  private static Said by(String user, List<String> command) {
    List<String> args = new ArrayList<>(command);
    args.addAll(List.of("--config", folder.resolve(user + ".properties").toString()));
    return Said.by(args.toArray(String[]::new));
  }
}
