package io.signalbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.signalbox.cli.station.Station;
import io.signalbox.cli.station.StationSettings;
import io.signalbox.client.Job;
import io.signalbox.client.SignalboxClient;
import io.signalbox.devkit.BrokerSecurity;
import io.signalbox.devkit.Devkit;
import io.signalbox.events.JobEvent;
import io.signalbox.events.JobEventType;
import io.signalbox.events.connection.Connection;
import io.signalbox.worker.Result;
import io.signalbox.worker.SignalboxWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/**
 * A whole job through engine, worker, client and commands whose users say who they are by
 * certificate, or by token; each has the ACLs of its role. About 15 seconds.
 */
class OtherLoginsIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  /** Tokens that nobody signed (KIP-255): who holds one is who it says. For tests alone. */
  private static final String TOKEN =
      "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required"
          + " unsecuredLoginStringClaim_sub=\"%s\";";

  @TempDir private Path folder = Path.of("");

  @Test
  void certificatesSayWhoSomebodyIs() throws Exception {
    BrokerSecurity security = BrokerSecurity.mutualTls(folder, SecuredCluster.ROLES);
    try (Devkit devkit = Devkit.builder().security(security).start()) {
      runAJob(devkit, security::clientProperties, security);
      refuses(devkit, security.trust());
    }
  }

  @Test
  void tokensSayWhoSomebodyIs() throws Exception {
    BrokerSecurity security = BrokerSecurity.scram(folder, SecuredCluster.ROLES);
    try (Devkit devkit =
        Devkit.builder()
            .security(security)
            .brokerProperty("sasl.enabled.mechanisms", "SCRAM-SHA-512,OAUTHBEARER")
            .brokerProperty(
                "listener.name.broker.oauthbearer.sasl.jaas.config", TOKEN.formatted("broker"))
            .start()) {
      Function<String, Map<String, String>> login =
          user -> {
            Map<String, String> properties = new HashMap<>(security.trust());
            properties.put("sasl.mechanism", "OAUTHBEARER");
            properties.put("sasl.jaas.config", TOKEN.formatted(user));
            return properties;
          };
      runAJob(devkit, login, security);
      // A token of somebody without ACLs sees nothing.
      Said stranger = by(devkit, "stranger", login.apply("stranger"), List.of("topics"));
      assertFalse(stranger.out().contains("task-submitted"), stranger::out);
    }
  }

  private void runAJob(
      Devkit devkit, Function<String, Map<String, String>> login, BrokerSecurity security)
      throws Exception {
    List<String> create = new ArrayList<>(List.of("acls", "--create"));
    SecuredCluster.ROLES.forEach(role -> create.add(role + "=User:" + role));
    Map<String, String> administrator = security.clientProperties(BrokerSecurity.ADMINISTRATOR);
    Said created = by(devkit, BrokerSecurity.ADMINISTRATOR, administrator, create);
    assertEquals(0, created.exitCode(), created::err);
    try (Station station = Station.start(engine(devkit.connection(login.apply("engine"))));
        SignalboxWorker worker = worker(devkit.connection(login.apply("worker")));
        SignalboxClient client =
            SignalboxClient.connect(devkit.connection(login.apply("producer")))) {
      worker.ready().block(LIMIT);
      Job job = Job.named("sdk").task("a", "first").task("b", "second").after("a").build();
      List<JobEvent> events = Objects.requireNonNull(client.run(job).collectList().block(LIMIT));
      assertEquals(JobEventType.JOB_SUCCEEDED, events.getLast().getType());
      Path file =
          Files.writeString(folder.resolve("job.yaml"), "tasks: [{id: a, operation: first}]");
      List<String> submit = List.of("submit", file.toString(), "--job", "command", "--follow");
      Said submitted = by(devkit, "producer", login.apply("producer"), submit);
      assertEquals(0, submitted.exitCode(), submitted::err);
      Said watched = by(devkit, "operator", login.apply("operator"), List.of("watch", "command"));
      assertEquals(0, watched.exitCode(), watched::err);
      assertEquals(true, Objects.requireNonNull(station.engineUrl()).contains("127.0.0.1"));
    }
  }

  /** Who trusts the broker and has nothing to show gets no further. */
  private void refuses(Devkit devkit, Map<String, String> properties) throws IOException {
    by(devkit, "nobody", properties, List.of("topics")).failed(1, devkit.bootstrapServers());
  }

  private static SignalboxWorker worker(Connection connection) {
    return SignalboxWorker.builder(connection)
        .deviceId("cpu-1")
        .handleAny(task -> Mono.just(Result.text("done")))
        .start();
  }

  private StationSettings engine(Connection connection) {
    return new StationSettings(
        connection,
        folder.resolve("data"),
        0,
        0,
        true,
        SecuredCluster.CONFIG.resolve("engine.yaml"),
        SecuredCluster.CONFIG.resolve("device-classes.yaml"),
        Map.of(
            "http.port", "0",
            "topics.replicationFactor", "1",
            "topics.poolPartitions", "1",
            "topics.lanesPerClass", "1"));
  }

  /** Runs a command as a user. */
  private Said by(Devkit devkit, String user, Map<String, String> properties, List<String> command)
      throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("bootstrap.servers=" + devkit.bootstrapServers());
    lines.add("schema.registry.url=" + devkit.schemaRegistryUrl());
    properties.forEach((key, value) -> lines.add(key + "=" + value));
    Path file = Files.write(folder.resolve(user + ".properties"), lines);
    List<String> args = new ArrayList<>(command);
    args.addAll(List.of("--config", file.toString()));
    return Said.by(args.toArray(String[]::new));
  }
}
