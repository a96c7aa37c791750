package io.signalbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.cli.acl.AclFile;
import io.signalbox.cli.acl.AclRule;
import io.signalbox.client.Job;
import io.signalbox.client.SignalboxClient;
import io.signalbox.devkit.BrokerSecurity;
import io.signalbox.events.JobEvent;
import io.signalbox.events.JobEventType;
import io.signalbox.events.topic.Topics;
import io.signalbox.worker.Result;
import io.signalbox.worker.SignalboxWorker;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
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
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final Pattern ALLOWED =
      Pattern.compile(
          "is Allowed operation = (?<asked>\\w+) from .*resourceType=(?<type>\\w+),"
              + " resourceName=(?<name>[^,]+), patternType=(?<pattern>\\w+),"
              + " principal=User:(?<role>\\w+), host=[^,]*, operation=\\k<asked>,");

  private static final Set<String> SELDOM =
      new TreeSet<>(
          Set.of(
              // More devices than lanes.
              "engine ALTER TOPIC PREFIXED signalbox.assignments.",
              // What was read of a repartition topic for half a minute.
              "engine DELETE TOPIC PREFIXED signalbox-engine-",
              // A run time is told once it was learned from three attempts.
              "engine WRITE TOPIC LITERAL signalbox.models",
              // Records on a wrong partition.
              "engine WRITE TOPIC LITERAL signalbox.task-submitted",
              "engine WRITE TOPIC LITERAL signalbox.task-events",
              "engine WRITE TOPIC LITERAL signalbox.device-telemetry",
              // An ill device, a hot operation.
              "engine WRITE TOPIC LITERAL signalbox.control",
              "engine WRITE TOPIC LITERAL signalbox.hotspots"));

  @TempDir private static Path folder = Path.of("");

  private static LogRecorder log;
  private static SecuredCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    log = LogRecorder.start();
    cluster = new SecuredCluster(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.stop();
    log.stop();
  }

  @Test
  void aJobRunsToItsEnd() {
    try (SignalboxClient client = SignalboxClient.connect(cluster.connection("producer"))) {
      Job job = Job.named("secured").task("a", "first").task("b", "second").after("a").build();
      List<JobEvent> events = Objects.requireNonNull(client.run(job).collectList().block(LIMIT));
      assertEquals(JobEventType.JOB_SUCCEEDED, events.getLast().getType());
    }
  }

  @Test
  void theCommandsOfProducersAndOperatorsWork() throws IOException {
    Path job = Files.writeString(folder.resolve("job.yaml"), "tasks: [{id: a, operation: first}]");
    Said submitted =
        cluster.by(
            "producer", List.of("submit", job.toString(), "--job", "by-command", "--follow"));
    assertEquals(0, submitted.exitCode(), submitted::err);
    Said watched = cluster.by("operator", List.of("watch", "by-command"));
    assertEquals(0, watched.exitCode(), watched::err);
    Said topics = cluster.by("operator", List.of("topics"));
    assertEquals(0, topics.exitCode(), topics::err);
    assertTrue(topics.out().contains("signalbox.assignments.cpu"), topics::out);
    Said policy =
        cluster.by(
            "operator",
            List.of(
                "policy", "--set", "stealRatio=0.5", "--engine", cluster.engineUrl().toString()));
    assertEquals(0, policy.exitCode(), policy::err);
  }

  @ParameterizedTest
  @ValueSource(strings = {"engine", "worker", "producer", "operator"})
  void aRoleWritesAndReadsNoOtherTopicThanItsOwn(String role) {
    Set<String> written = new TreeSet<>();
    Set<String> read = new TreeSet<>();
    try (var producer =
            new KafkaProducer<>(
                cluster.connection(role).with("enable.idempotence", "false").producerConfig(),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        var consumer =
            new KafkaConsumer<>(
                cluster.connection(role).consumerConfig(),
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
    Path file = cluster.fileWithLogin("operator", cluster.loginWith("operator", "guess"));
    Said.by("topics", "--config", file.toString()).failed(1, "Authentication failed");
    Said.by("topics", "--bootstrap-servers", cluster.bootstrapServers())
        .failed(1, "gives no answer", "security settings");
  }

  @Test
  void aSecretThatIsntInTheFileIsNamed() throws IOException {
    Path file = cluster.fileWithLogin("operator", cluster.reference("nobody"));
    Said.by("topics", "--config", file.toString()).failed(2, "sasl.jaas.config", "nobody");
  }

  @Test
  void aWorkerSpeaksForNoDeviceButItsOwn() throws Exception {
    try (SignalboxWorker stranger =
        SignalboxWorker.builder(cluster.connection("worker"))
            .deviceId("gpu-9")
            .handleAny(task -> Mono.just(Result.text("forged")))
            .start()) {
      String letters = "";
      for (long end = System.nanoTime() + LIMIT.toNanos();
          !letters.contains("gpu-9") && System.nanoTime() < end; ) {
        Said listed = cluster.by("operator", List.of("dead-letters", "list"));
        assertEquals(0, listed.exitCode(), listed::err);
        letters = listed.out();
      }
      assertTrue(letters.contains("the token of device 'gpu-9' (cpu)"), letters);
      assertTrue(letters.contains("one for devices cpu-*"), letters);
      assertFalse(letters.contains("'cpu-1'"), "its own records are taken");
      assertFalse(letters.contains(cluster.token()), "a token is a secret");
      Said devices = Said.by("devices", "--engine", cluster.engineUrl().toString());
      assertTrue(devices.out().contains("cpu-1"), devices::out);
      assertFalse(devices.out().contains("gpu-9"), devices::out);
      assertEquals(Map.of(), stranger.dropped(), "it is offered nothing");
    }
  }

  @Test
  void theHttpApiIsBoundToThisMachineAlone() throws IOException {
    assertTrue(InetAddress.getByName(cluster.engineUrl().getHost()).isLoopbackAddress());
  }

  @Test
  @Order(Integer.MAX_VALUE) // After all that could log one.
  void noSecretIsLogged() throws IOException {
    List<String> lines = new ArrayList<>(log.lines());
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("signalbox.home"), "logs"))) {
      for (Path file : files.toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    assertTrue(
        lines.stream().anyMatch(line -> line.contains("sasl.jaas.config = [hidden]")),
        "the clients' settings are in the log");
    List<String> users = new ArrayList<>(SecuredCluster.ROLES);
    users.add(BrokerSecurity.ADMINISTRATOR);
    for (String user : users) {
      String secret = cluster.secret(user);
      assertFalse(lines.stream().anyMatch(line -> line.contains(secret)), user);
    }
    assertFalse(lines.stream().anyMatch(line -> line.contains(cluster.token())), "token");
  }

  /**
   * The authorizer says on which ACL it let something happen; an ACL on which nothing has is one
   * too many. Those of {@link #SELDOM} need what a short run doesn't have.
   */
  @Test
  @Order(Integer.MAX_VALUE - 1) // After all that could need one.
  void noRoleMayMoreThanItNeeds() {
    Set<String> unused = new TreeSet<>();
    roles().forEach((role, rules) -> rules.forEach(rule -> unused.add(text(role, rule))));
    for (String line : log.lines()) {
      Matcher allowed = ALLOWED.matcher(line);
      while (allowed.find()) {
        unused.remove(
            String.join(
                " ",
                allowed.group("role"),
                allowed.group("asked"),
                allowed.group("type"),
                allowed.group("pattern"),
                allowed.group("name")));
      }
    }
    assertEquals(SELDOM, unused);
  }

  private static String text(String role, AclRule rule) {
    ResourcePattern resource = rule.resource();
    return String.join(
        " ",
        role,
        rule.operation().name(),
        resource.resourceType().name(),
        resource.patternType().name(),
        resource.name());
  }

  private static void pollUntilRefused(KafkaConsumer<byte[], byte[]> consumer) {
    for (int i = 0; i < 100; i++) {
      consumer.poll(Duration.ofMillis(100));
    }
  }

  private static boolean allows(String role, String topic, AclOperation operation) {
    return roles().getOrDefault(role, List.of()).stream()
        .anyMatch(rule ->
            rule.operation() == operation
                && (rule.resource().patternType() == PatternType.PREFIXED
                    ? topic.startsWith(rule.resource().name())
                    : topic.equals(rule.resource().name())));
  }

  private static Map<String, List<AclRule>> roles() {
    return AclFile.read(
        SecuredCluster.CONFIG.resolve("acls.yaml"), Topics.DEFAULT.prefix(), "signalbox-engine");
  }

  private static List<String> topics() {
    return Topics.DEFAULT.catalogue(List.of("cpu")).stream().map(topic -> topic.name()).toList();
  }
}
