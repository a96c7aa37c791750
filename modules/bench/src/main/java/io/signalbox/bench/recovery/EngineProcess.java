package io.signalbox.bench.recovery;

import io.signalbox.bench.BenchException;
import io.signalbox.engine.Engine;
import io.signalbox.engine.settings.EngineSettings;
import io.signalbox.events.connection.Connection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.InterruptException;

/** An engine in a JVM of its own, which can be killed. */
public final class EngineProcess implements AutoCloseable {
  private static final String READY = "ready";

  private final Process process;
  private final CompletableFuture<Long> ready = new CompletableFuture<>();

  private EngineProcess(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "bench-engine-process");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts one; returns at once. */
  static EngineProcess start(
      Connection connection, Path engineFile, Path classesFile, Map<String, String> overrides) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseParallelGC",
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                EngineProcess.class.getName(),
                engineFile.toString(),
                classesFile.toString()));
    all(connection, overrides).forEach((key, value) -> command.add(key + "=" + value));
    try {
      return new EngineProcess(
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
    } catch (IOException e) {
      throw new BenchException("no engine can be started in a JVM of its own: " + e, e);
    }
  }

  private static Map<String, String> all(Connection connection, Map<String, String> overrides) {
    Map<String, String> all = new LinkedHashMap<>(overrides);
    all.put("bootstrapServers", connection.bootstrapServers());
    all.put("schemaRegistryUrl", connection.schemaRegistryUrl());
    all.put("topicPrefix", connection.topics().prefix());
    connection.properties().forEach((name, value) -> all.put("kafka." + name, value));
    return all;
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals(READY)) {
          ready.complete(System.nanoTime());
        }
      }
      ready.completeExceptionally(new BenchException("the engine's JVM has ended"));
    } catch (IOException e) {
      ready.completeExceptionally(e);
    }
  }

  /** When it said that it runs, in nanoseconds of this JVM. */
  long awaitReady(long limitSeconds) {
    try {
      return ready.get(limitSeconds, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new BenchException(
          "the engine didn't run within " + limitSeconds + " s: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /** Ends it as a power cut would. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /**
   * The engine's JVM: says {@code ready} when it runs, and ends when it is killed.
   *
   * @param args settings, device classes, then overrides {@code key=value}
   */
  public static void main(String[] args) throws InterruptedException {
    Map<String, String> overrides = new LinkedHashMap<>();
    for (int i = 2; i < args.length; i++) {
      int equals = args[i].indexOf('=');
      overrides.put(args[i].substring(0, equals), args[i].substring(equals + 1));
    }
    EngineSettings settings = EngineSettings.load(Path.of(args[0]), Path.of(args[1]), overrides);
    try (Engine engine = Engine.start(settings)) {
      System.out.println(READY);
      engine.terminated().join();
    }
  }
}
