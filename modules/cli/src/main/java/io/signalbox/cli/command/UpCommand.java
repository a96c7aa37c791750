package io.signalbox.cli.command;

import io.signalbox.cli.cluster.BrokerProbe;
import io.signalbox.cli.output.CommandFailure;
import io.signalbox.cli.output.Console;
import io.signalbox.cli.output.Output;
import io.signalbox.cli.settings.ClusterOptions;
import io.signalbox.cli.settings.CommonOptions;
import io.signalbox.cli.settings.DeviceClassOptions;
import io.signalbox.cli.settings.EngineSettingsOptions;
import io.signalbox.cli.settings.Home;
import io.signalbox.cli.station.Station;
import io.signalbox.cli.station.StationSettings;
import io.signalbox.events.connection.Connection;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a broker, a registry and an engine. */
@Command(
    name = "up",
    description =
        "Runs a Kafka broker, a schema registry and an engine in this process, for development."
            + " With --bootstrap-servers: an engine against that cluster. Their state is kept in"
            + " the data folder; Ctrl-C or SIGTERM stops them.%n",
    footer = {
      "",
      "Examples:",
      "  signalbox up",
      "  signalbox up --data /var/lib/signalbox --broker-port 19092 --set streams.threads=2",
      "  signalbox up --no-engine                                the broker and the registry alone",
      "  signalbox up --bootstrap-servers kafka:9092 --schema-registry http://registry:8081",
      "",
      "Exit code 1 when something can't start, for instance because a port is in use, 2 for a wrong",
      "setting. All settings of the engine: config/engine.yaml."
    })
public final class UpCommand implements Callable<Integer> {
  private static final String LOCAL_CLUSTER =
      " --bootstrap-servers 127.0.0.1:9092 --schema-registry http://127.0.0.1:8081";

  @Mixin private final CommonOptions common;
  @Mixin private final ClusterOptions cluster = new ClusterOptions();
  @Mixin private final EngineSettingsOptions engine = new EngineSettingsOptions();
  @Mixin private final DeviceClassOptions classes = new DeviceClassOptions();

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Where broker and engine keep their state. Default: .signalbox/data.")
  private @Nullable Path data;

  @Option(
      names = "--broker-port",
      paramLabel = "PORT",
      defaultValue = "9092",
      description = "The broker's port on 127.0.0.1; 0 takes a free one. Default: 9092.")
  private int brokerPort = 9092;

  @Option(
      names = "--registry-port",
      paramLabel = "PORT",
      defaultValue = "8081",
      description = "The schema registry's port on 127.0.0.1; 0 takes a free one. Default: 8081.")
  private int registryPort = 8081;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      description = "Port of the engine's HTTP API. Default: http.port of its settings, 8090.")
  private @Nullable Integer httpPort;

  @Option(names = "--no-engine", description = "The broker and the registry alone.")
  private boolean noEngine;

  /** A command that writes to the console. */
  public UpCommand(Console console) {
    this.common = new CommonOptions(console);
  }

  @Override
  public Integer call() throws InterruptedException {
    Output output = common.begin();
    Connection existing = cluster.namesBroker() ? cluster.connection() : null;
    if (existing != null && noEngine) {
      throw CommandFailure.usage(
          "--no-engine with --bootstrap-servers leaves nothing to run; leave one of them out");
    }
    if (existing != null) {
      BrokerProbe.check(existing.bootstrapServers());
    }
    try (Station station = Station.start(settings(existing))) {
      // Once it runs, an end comes by a signal: the hook stops what the process holds.
      Thread stop = new Thread(station::close, "signalbox-stop");
      Runtime.getRuntime().addShutdownHook(stop);
      announce(output, station);
      station.terminated().get();
      return CommandFailure.OK;
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw CommandFailure.failed("the engine has ended: " + cause.getMessage(), cause);
    }
  }

  private StationSettings settings(@Nullable Connection existing) {
    Map<String, String> all = new LinkedHashMap<>();
    if (httpPort != null) {
      all.put("http.port", Integer.toString(httpPort));
    }
    all.putAll(engine.overrides());
    return new StationSettings(
        existing,
        data == null ? Home.state().resolve("data") : data.toAbsolutePath(),
        brokerPort,
        registryPort,
        !noEngine,
        engine.file(),
        classes.file(),
        all);
  }

  private static void announce(Output output, Station station) {
    Connection connection = station.connection();
    String engine = station.engineUrl();
    output.line("broker    " + connection.bootstrapServers());
    output.line("registry  " + connection.schemaRegistryUrl());
    if (engine != null) {
      output.line("engine    " + engine);
    }
    output.line("");
    output.line("Next, in other terminals (Ctrl-C here stops everything):");
    String kafka = options(connection);
    if (engine == null) {
      output.line("  ./signalbox up" + (kafka.isEmpty() ? LOCAL_CLUSTER : kafka));
    }
    output.line("  ./signalbox worker --fleet config/fleets/default.yaml" + kafka);
    output.line("  ./signalbox submit config/jobs/multimodal-qa.yaml --follow" + kafka);
    boolean usual = engine == null || engine.equals("http://127.0.0.1:8090");
    output.line("  ./signalbox status" + (usual ? "" : " --engine " + engine));
    Map<String, Object> addresses = new LinkedHashMap<>();
    addresses.put("bootstrapServers", connection.bootstrapServers());
    addresses.put("schemaRegistry", connection.schemaRegistryUrl());
    if (engine != null) {
      addresses.put("engine", engine);
    }
    output.json(addresses);
  }

  /** What other commands must be told when the ports aren't the usual ones. */
  private static String options(Connection connection) {
    Connection usual = Connection.local();
    boolean same =
        connection.bootstrapServers().equals(usual.bootstrapServers())
            && connection.schemaRegistryUrl().equals(usual.schemaRegistryUrl());
    return same
        ? ""
        : " --bootstrap-servers "
            + connection.bootstrapServers()
            + " --schema-registry "
            + connection.schemaRegistryUrl();
  }
}
