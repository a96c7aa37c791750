package io.signalbox.e2e.chaos;

import io.signalbox.e2e.Launched;
import io.signalbox.e2e.Program;
import io.signalbox.events.connection.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A whole Signalbox in processes of their own: brokers, a registry, two engines of which each has
 * the other's state as well, and four workers of two devices each. The first engine and the last
 * worker reach the brokers through wires that can be cut.
 */
final class Deployment implements AutoCloseable {
  static final int DEVICES = 8;

  private static final int ENGINES = 2;
  private static final int WORKERS = 4;
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Pattern BUILT = Pattern.compile("is built from its rows, in (\\d+) ms");
  private static final int LONG_BUILD_MILLIS = 50;

  private final Path folder;
  private final Cluster cluster;
  private final @Nullable Disk disk;
  private final List<Member> engines;
  private final List<Member> workers;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER).build();

  private Deployment(Path folder, Cluster cluster, @Nullable Disk disk, List<String> settings) {
    this.folder = folder;
    this.cluster = cluster;
    this.disk = disk;
    this.engines = IntStream.range(0, ENGINES).mapToObj(i -> engine(i, settings)).toList();
    this.workers = IntStream.range(0, WORKERS).mapToObj(this::worker).toList();
  }

  /**
   * Starts all that a scenario needs and returns when it works.
   *
   * @param disk what the first engine's folder lies on, if that is one of its own
   */
  static Deployment start(Path folder, Scenario scenario, @Nullable Disk disk) {
    Cluster cluster = Cluster.start(folder, scenario.brokers());
    Deployment deployment = new Deployment(folder, cluster, disk, scenario.settings());
    try {
      deployment.startMembers();
      return deployment;
    } catch (RuntimeException | Error e) {
      deployment.close();
      throw e;
    }
  }

  /** Starts engines and workers, also again. */
  void startMembers() {
    // The first one creates the topics.
    engines.getFirst().start();
    engines.stream().skip(1).forEach(Member::launch);
    workers.forEach(Member::launch);
    engines.stream().skip(1).forEach(Member::awaitReady);
    workers.forEach(Member::awaitReady);
  }

  Cluster cluster() {
    return cluster;
  }

  List<Member> engines() {
    return engines;
  }

  List<Member> workers() {
    return workers;
  }

  /** What the first engine's state lies on. */
  Disk disk() {
    return Objects.requireNonNull(disk, "the scenario has no disk of its own");
  }

  /** Everything that is a process. */
  List<Member> all() {
    return Stream.of(engines, workers, List.of(cluster.registry()), cluster.brokers())
        .flatMap(List::stream)
        .toList();
  }

  /** The engine that has the pool. */
  Member active() {
    return await(
        "an engine has the pool",
        () ->
            engines.stream()
                .filter(engine -> ask(engine, "/v1/pools?scope=local").contains("\"default\""))
                .findFirst()
                .orElse(null));
  }

  /** The engine that hasn't. */
  Member other(Member engine) {
    return engines.stream().filter(each -> each != engine).findFirst().orElseThrow();
  }

  /** Waits until every engine runs. */
  void awaitEngines() {
    for (Member engine : engines) {
      await(engine + " runs", () -> ask(engine, "/health").contains("RUNNING") ? engine : null);
    }
  }

  private <T> T await(String what, java.util.function.Supplier<T> found) {
    long end = System.nanoTime() + Member.LIMIT.toNanos();
    for (T it = found.get(); ; it = found.get()) {
      if (it != null) {
        return it;
      }
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "it isn't so within " + Member.LIMIT + " that " + what + "\n" + report());
      }
      Clock.pass(Duration.ofMillis(50));
    }
  }

  /** What an engine answers; empty when it doesn't. */
  private String ask(Member engine, String path) {
    if (!engine.isAlive()) {
      return "";
    }
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(engine.said() + path)).timeout(ANSWER).build();
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private Member engine(int index, List<String> settings) {
    String name = engineName(index);
    Connection way = index > 0 ? cluster.connection() : cluster.wired();
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--http-port", "0", "--format", "json"));
    arguments.addAll(List.of("--data", folder.resolve(name).toString()));
    List<String> all = new ArrayList<>();
    all.addAll(List.of("streams.standbyReplicas=1", "topics.lanesPerClass=" + 2 * DEVICES));
    // However busy the machine is.
    all.add("startTimeoutSeconds=150");
    all.addAll(settings);
    all.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    return new Member(name, () -> run(name, way, "up", arguments), "\"engine\":\"([^\"]+)\"");
  }

  /** The name of an engine and of its folder. */
  static String engineName(int index) {
    return "engine-" + (index + 1);
  }

  private Member worker(int index) {
    String name = "worker-" + (index + 1);
    Connection way = index < WORKERS - 1 ? cluster.connection() : cluster.wired();
    String devices =
        "devices:\n  - {id: %1$s-a, class: cpu}\n  - {id: %1$s-b, class: cpu}\n".formatted(name);
    List<String> arguments =
        List.of("--fleet", write(name + ".yaml", devices).toString(), "--format", "json");
    return new Member(name, () -> run(name, way, "worker", arguments), "\"ready\":true");
  }

  private Launched run(String name, Connection way, String command, List<String> arguments) {
    Program program =
        new Program(
            folder.resolve("home-" + name),
            "--bootstrap-servers",
            way.bootstrapServers(),
            "--schema-registry",
            way.schemaRegistryUrl());
    return program.start(command, arguments.toArray(String[]::new));
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How long each engine took, each time, to build pools of some size from their rows, in ms. */
  List<Integer> poolBuilds() {
    List<Integer> millis = new ArrayList<>();
    for (Member engine : engines) {
      Path log = folder.resolve("home-" + engine).resolve("logs").resolve("up.0.log");
      try (Stream<String> lines = Files.lines(log)) {
        lines
            .map(BUILT::matcher)
            .filter(Matcher::find)
            .map(built -> Integer.valueOf(built.group(1)))
            .filter(each -> each >= LONG_BUILD_MILLIS)
            .forEach(millis::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return millis;
  }

  /** What each process said, for a failure's message. */
  String report() {
    StringBuilder report = new StringBuilder();
    all().forEach(member -> report.append(member.report()).append('\n'));
    return report.toString();
  }

  @Override
  public void close() {
    http.shutdownNow();
    workers.forEach(Member::close);
    engines.forEach(Member::close);
    cluster.close();
  }
}
