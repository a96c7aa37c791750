package io.signalbox.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.events.connection.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;

/** Broker and registry in one process, an engine in another. */
final class Processes implements AutoCloseable {
  static final Duration START_LIMIT = Duration.ofSeconds(120);

  private final Path folder;
  private final Launched brokerProcess;
  private final Connection connection;
  private final Program program;
  private final int httpPort = Project.freePort();
  private Launched engineProcess;

  private Processes(Path folder, Launched brokerProcess, Connection connection) {
    this.folder = folder;
    this.brokerProcess = brokerProcess;
    this.connection = connection;
    this.program =
        new Program(
            folder.resolve("home"),
            "--bootstrap-servers",
            connection.bootstrapServers(),
            "--schema-registry",
            connection.schemaRegistryUrl());
  }

  /** Starts both on free ports and returns when they serve. */
  static Processes start(Path folder) {
    Launched broker =
        new Program(folder.resolve("home"))
            .start(
                "up",
                "--no-engine",
                "--broker-port",
                "0",
                "--registry-port",
                "0",
                "--data",
                folder.resolve("broker").toString(),
                "--format",
                "json");
    try {
      JsonNode addresses = json(broker.awaitLine("\\{.*schemaRegistry.*\\}", START_LIMIT).group());
      Connection connection =
          Connection.of(
              addresses.path("bootstrapServers").asText(),
              addresses.path("schemaRegistry").asText());
      Processes processes = new Processes(folder, broker, connection);
      processes.startEngine();
      return processes;
    } catch (RuntimeException | Error e) {
      broker.close();
      throw e;
    }
  }

  /** Starts the engine on the port and over the data of the one before, if there was one. */
  void startEngine() {
    engineProcess =
        program.start(
            "up",
            "--http-port",
            Integer.toString(httpPort),
            "--data",
            folder.resolve("engine").toString(),
            "--format",
            "json");
    try {
      engineProcess.awaitLine("\\{.*\"engine\".*\\}", START_LIMIT);
    } catch (RuntimeException | Error e) {
      engineProcess.close();
      throw e;
    }
  }

  /** Kills the engine: SIGKILL, no farewell. */
  void killEngine() {
    engineProcess.kill();
  }

  /** The program with the addresses of broker and registry. */
  Program program() {
    return program;
  }

  /** Where broker and registry are. */
  Connection connection() {
    return connection;
  }

  /** The engine's HTTP API. */
  String engineUrl() {
    return "http://127.0.0.1:" + httpPort;
  }

  @Override
  public void close() {
    try {
      if (engineProcess != null) {
        engineProcess.close();
      }
    } finally {
      brokerProcess.close();
    }
  }

  private static JsonNode json(String line) {
    try {
      return new ObjectMapper().readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
