package io.signalbox.cli.settings;

import io.signalbox.cli.cluster.BrokerProbe;
import io.signalbox.cli.cluster.KafkaQuestion;
import io.signalbox.cli.output.CommandFailure;
import io.signalbox.events.connection.Connection;
import io.signalbox.events.topic.Topics;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of commands that talk to Kafka. */
public final class ClusterOptions {
  private static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
  private static final String SCHEMA_REGISTRY = "schema.registry.url";
  private static final String LOCAL_REGISTRY = "http://127.0.0.1:8081";

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT[,...]",
      defaultValue = "${env:SIGNALBOX_BOOTSTRAP_SERVERS}",
      description =
          "Kafka brokers. Default: SIGNALBOX_BOOTSTRAP_SERVERS, else bootstrap.servers of --config,"
              + " else 127.0.0.1:9092.")
  private @Nullable String bootstrapServers;

  @Option(
      names = "--schema-registry",
      paramLabel = "URL",
      defaultValue = "${env:SIGNALBOX_SCHEMA_REGISTRY}",
      description =
          "Schema registry. Default: SIGNALBOX_SCHEMA_REGISTRY, else schema.registry.url of"
              + " --config, else http://127.0.0.1:8081.")
  private @Nullable String schemaRegistry;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Properties of the Kafka clients and the registry client, for instance security.protocol"
              + " and sasl.jaas.config.")
  private @Nullable Path config;

  @Option(
      names = "--property",
      paramLabel = "KEY=VALUE",
      description = "One such property; wins over --config. May be repeated.")
  private Map<String, String> properties = new LinkedHashMap<>();

  @Option(
      names = "--topic-prefix",
      paramLabel = "PREFIX",
      defaultValue = "${env:SIGNALBOX_TOPIC_PREFIX:-signalbox.}",
      description = "What the names of all topics begin with. Default: signalbox.")
  private String topicPrefix = "signalbox.";

  /** True when a broker was named; false when the default is meant. */
  public boolean namesBroker() {
    return blankToNull(bootstrapServers) != null || settings().containsKey(BOOTSTRAP_SERVERS);
  }

  /** The brokers, {@code host:port}, separated by commas. */
  public String bootstrapServers() {
    String named = blankToNull(bootstrapServers);
    return named != null ? named : settings().getOrDefault(BOOTSTRAP_SERVERS, "127.0.0.1:9092");
  }

  /** Where Kafka and the registry are, and how to speak with them. */
  public Connection connection() {
    Map<String, String> properties = settings();
    String registry = blankToNull(schemaRegistry);
    String fromFile = properties.remove(SCHEMA_REGISTRY);
    String brokers = bootstrapServers();
    properties.remove(BOOTSTRAP_SERVERS);
    try {
      Connection connection =
          new Connection(
              brokers,
              registry != null ? registry : fromFile != null ? fromFile : LOCAL_REGISTRY,
              new Topics(topicPrefix),
              properties);
      connection.check();
      return connection;
    } catch (IllegalArgumentException | ConfigException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * The same, once a broker has answered; one that asks who is there has let us in.
   *
   * @throws CommandFailure when none does within some seconds
   */
  public Connection reachable() {
    Connection connection = connection();
    BrokerProbe.check(connection.bootstrapServers());
    if (connection.properties().containsKey(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG)) {
      KafkaQuestion.ask(connection, admin -> admin.describeCluster().nodes().get());
    }
    return connection;
  }

  /**
   * The same for a command that is over in a moment: its clients show nobody their metrics, which
   * would take a tenth of its time.
   */
  public Connection reachableBriefly() {
    return reachable()
        .with(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "")
        .with(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, "false");
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    Path file = config;
    if (file != null) {
      Properties read = new Properties();
      try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        read.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw CommandFailure.usage("--config " + file + " can't be read: " + e, e);
      }
      read.stringPropertyNames().forEach(name -> settings.put(name, read.getProperty(name)));
    }
    settings.putAll(properties);
    return settings;
  }

  private static @Nullable String blankToNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }
}
