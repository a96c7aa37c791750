package io.signalbox.e2e.chaos;

import io.signalbox.devkit.Wire;
import io.signalbox.e2e.Launched;
import io.signalbox.e2e.Project;
import io.signalbox.events.connection.Connection;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Utils;

/** One broker, or several that replicate everything, and a registry, each in a process. */
final class Cluster implements AutoCloseable {
  private final Path folder;
  private final List<Wire> wires = new ArrayList<>();
  private final List<Member> brokers = new ArrayList<>();
  private final List<Integer> ports;
  private final Member registry;
  private final Connection connection;
  private final Connection wired;

  private Cluster(Path folder, int size) {
    this.folder = folder;
    this.ports = freePorts(size);
    List<Integer> controllers = freePorts(size);
    List<Integer> forwarded = freePorts(size);
    String cluster = Uuid.randomUuid().toString();
    for (int i = 0; i < size; i++) {
      Wire wire = Wire.to(forwarded.get(i));
      wires.add(wire);
      List<String> arguments = new ArrayList<>();
      arguments.add(Integer.toString(i + 1));
      arguments.add(ports.get(i).toString());
      arguments.add(forwarded.get(i).toString());
      arguments.add(Integer.toString(wire.port()));
      arguments.add(folder.resolve("broker-" + (i + 1)).toString());
      arguments.add(cluster);
      IntStream.range(0, size).forEach(n -> arguments.add((n + 1) + "=" + controllers.get(n)));
      String name = "broker-" + (i + 1);
      brokers.add(new Member(name, () -> java(name, BrokerNode.class, arguments), "^ready$"));
    }
    int registryPort = Project.freePort();
    String servers = servers(ports);
    List<String> arguments = List.of(servers, Integer.toString(registryPort));
    registry =
        new Member("registry", () -> java("registry", RegistryNode.class, arguments), "^ready$");
    String url = "http://127.0.0.1:" + registryPort;
    connection = Connection.of(servers, url);
    wired = Connection.of(servers(wires.stream().map(Wire::port).toList()), url);
  }

  /** Starts all and returns when they serve. */
  static Cluster start(Path folder, int size) {
    Cluster cluster = new Cluster(folder, size);
    try {
      cluster.startAll();
      return cluster;
    } catch (RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  /** Starts all, also again. */
  void startAll() {
    brokers.forEach(Member::launch);
    brokers.forEach(Member::awaitReady);
    registry.start();
  }

  List<Member> brokers() {
    return brokers;
  }

  Member registry() {
    return registry;
  }

  Connection connection() {
    return connection;
  }

  /** The way to the brokers that can be cut. */
  Connection wired() {
    return wired;
  }

  List<Wire> wires() {
    return wires;
  }

  /** The broker that leads the partition of a key now. */
  Member leader(String topic, String key) {
    try (Admin admin = Admin.create(connection.adminConfig())) {
      var partitions =
          admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions();
      int hash = Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8)));
      return brokers.get(partitions.get(hash % partitions.size()).leader().id() - 1);
    } catch (ExecutionException e) {
      throw new AssertionError("the leader of " + topic + " isn't known", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** A main class of the tests in a JVM of its own, on what the program is made of. */
  private Launched java(String name, Class<?> main, List<String> arguments) {
    Path app = Project.root().resolve("modules/cli/target/app");
    Path tests = Project.target().resolve("test-classes");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.util.logging.config.file=" + logging(name),
                "-cp",
                app + "/*" + File.pathSeparator + tests,
                main.getName()));
    command.addAll(arguments);
    return Launched.start(name, folder, Map.of(), command);
  }

  private Path logging(String name) {
    String properties =
        """
        handlers=java.util.logging.FileHandler
        .level=INFO
        java.util.logging.FileHandler.pattern=%s
        java.util.logging.FileHandler.append=true
        java.util.logging.FileHandler.limit=20000000
        java.util.logging.FileHandler.formatter=java.util.logging.SimpleFormatter
        java.util.logging.SimpleFormatter.format=%%1$tT.%%1$tL %%4$s %%3$s: %%5$s%%6$s%%n
        """
            .formatted(folder.resolve(name + ".log"));
    try {
      Files.createDirectories(folder);
      return Files.writeString(folder.resolve(name + ".logging"), properties);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Integer> freePorts(int count) {
    return IntStream.range(0, count).mapToObj(i -> Project.freePort()).toList();
  }

  private static String servers(List<Integer> ports) {
    return ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
  }

  @Override
  public void close() {
    registry.close();
    brokers.forEach(Member::close);
    wires.forEach(Wire::close);
  }
}
