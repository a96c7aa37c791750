package io.signalbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.signalbox.cli.station.Station;
import io.signalbox.cli.station.StationSettings;
import io.signalbox.devkit.BrokerSecurity;
import io.signalbox.devkit.Devkit;
import io.signalbox.events.connection.Connection;
import io.signalbox.worker.Result;
import io.signalbox.worker.SignalboxWorker;
import java.io.IOException;
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
import reactor.core.publisher.Mono;

/**
 * A broker with TLS, SCRAM and ACLs on which an engine and a worker run. Each role is a user of its
 * own with the ACLs that the command acls gives it; the passwords stand in a file alone.
 */
final class SecuredCluster {
  static final Path CONFIG = Path.of(System.getProperty("signalbox.root"), "config");
  static final List<String> ROLES = List.of("engine", "worker", "producer", "operator");

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String LOGIN = "sasl.jaas.config";

  private final Path folder;
  private final BrokerSecurity security;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Devkit devkit;
  private final String token;
  private final Station station;

  SecuredCluster(Path folder) throws IOException {
    this.folder = folder;
    security = BrokerSecurity.scram(folder, ROLES);
    devkit = Devkit.builder().security(security).start();
    parts.push(devkit);
    token = issueToken();
    writeSecrets();
    List<String> create = new ArrayList<>(List.of("acls", "--create"));
    ROLES.forEach(role -> create.add(role + "=User:" + role));
    Said created = by(BrokerSecurity.ADMINISTRATOR, create);
    assertEquals(0, created.exitCode(), created::err);
    station = Station.start(engine());
    parts.push(station);
    SignalboxWorker worker =
        SignalboxWorker.builder(connection("worker"))
            .deviceId("cpu-1")
            .handleAny(task -> Mono.just(Result.text("done")))
            .start();
    parts.push(worker);
    worker.ready().block(LIMIT);
  }

  /** A token for devices whose ids begin with cpu-, signed with a key that the engine knows. */
  private String issueToken() {
    String key = folder.resolve("workers.key").toString();
    Said made =
        Said.by("tokens", "key", key, "--public", folder.resolve("workers.jwks").toString());
    assertEquals(0, made.exitCode(), made::err);
    Said issued = Said.by("tokens", "issue", "--key", key, "--device", "cpu-*");
    assertEquals(0, issued.exitCode(), issued::err);
    return issued.out().strip();
  }

  /** What workers prove with which devices they are. */
  String token() {
    return token;
  }

  private StationSettings engine() {
    Map<String, String> small =
        Map.of(
            "http.port", "0",
            "topics.replicationFactor", "1",
            "topics.poolPartitions", "1",
            "topics.lanesPerClass", "1",
            "workers.tokenKeys", folder.resolve("workers.jwks").toString());
    return new StationSettings(
        connection("engine"),
        folder.resolve("data"),
        0,
        0,
        true,
        CONFIG.resolve("engine.yaml"),
        CONFIG.resolve("device-classes.yaml"),
        small);
  }

  String bootstrapServers() {
    return devkit.bootstrapServers();
  }

  URI engineUrl() {
    return URI.create(Objects.requireNonNull(station.engineUrl()));
  }

  String secret(String user) {
    return security.secret(user);
  }

  /** How a user gets in, its password being in the file of secrets. */
  Connection connection(String user) {
    return devkit.connection(properties(user));
  }

  /** A file like the user's, with another login. */
  Path fileWithLogin(String user, String login) throws IOException {
    Map<String, String> properties = properties(user);
    properties.put(LOGIN, login);
    return write(user + "-otherwise.properties", properties);
  }

  /** The user's login with another password. */
  String loginWith(String user, String password) {
    return security.login(user).replace(security.secret(user), password);
  }

  /** A reference to a login in the file of secrets. */
  String reference(String key) {
    return "${file:" + secrets() + ":" + key + "}";
  }

  /** Runs a command as a user. */
  Said by(String user, List<String> command) {
    List<String> args = new ArrayList<>(command);
    args.addAll(List.of("--config", folder.resolve(user + ".properties").toString()));
    return Said.by(args.toArray(String[]::new));
  }

  private Map<String, String> properties(String user) {
    Map<String, String> properties = new HashMap<>(security.clientProperties(user));
    properties.put(LOGIN, reference(user));
    if (user.equals("worker")) {
      properties.put("device.token", reference("token"));
    }
    properties.put("config.providers", "file");
    properties.put(
        "config.providers.file.class",
        "org.apache.kafka.common.config.provider.FileConfigProvider");
    properties.put("config.providers.file.param.allowed.paths", secrets().toString());
    return properties;
  }

  private Path secrets() {
    return folder.resolve("secrets.properties");
  }

  private void writeSecrets() throws IOException {
    List<String> users = new ArrayList<>(ROLES);
    users.add(BrokerSecurity.ADMINISTRATOR);
    List<String> secrets = new ArrayList<>();
    users.forEach(user -> secrets.add(user + "=" + security.login(user)));
    secrets.add("token=" + token);
    Files.write(secrets(), secrets);
    for (String user : users) {
      write(user + ".properties", properties(user));
    }
  }

  private Path write(String name, Map<String, String> properties) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("bootstrap.servers=" + devkit.bootstrapServers());
    lines.add("schema.registry.url=" + devkit.schemaRegistryUrl());
    properties.forEach((key, value) -> lines.add(key + "=" + value));
    return Files.write(folder.resolve(name), lines);
  }

  void stop() throws Exception {
    while (!parts.isEmpty()) {
      parts.pop().close();
    }
  }
}
