package io.signalbox.events.connection;

import io.signalbox.events.serde.AvroSerde;
import io.signalbox.events.serde.SerdeSettings;
import io.signalbox.events.topic.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;

/**
 * Where Kafka and the schema registry are, and how to speak with them.
 *
 * <p>A property is one of the Kafka clients' own (its name may begin with {@code consumer.}, {@code
 * producer.} or {@code admin.}, and then holds for that client only), or one of the registry and
 * the serdes under the names that Confluent gave them ({@code basic.auth.user.info}, {@code
 * schema.registry.ssl.truststore.location}, …), or {@code serde.class}, or {@code device.token}.
 *
 * <p>Secrets need not stand in a property: it may refer to a file or to the environment through
 * Kafka's configuration providers, those that {@code config.providers} names and no other. They are
 * looked up whenever a client is configured.
 *
 * @param bootstrapServers Kafka's bootstrap servers, {@code host:port} separated by commas
 * @param schemaRegistryUrl URLs of the schema registry, separated by commas; {@code mock://NAME}
 *     names a registry in the memory of this JVM
 * @param topics names of the topics
 * @param properties everything else, by name
 */
public record Connection(
    String bootstrapServers,
    String schemaRegistryUrl,
    Topics topics,
    Map<String, String> properties) {

  /**
   * Property that names the class of the serde for values, {@link AvroSerde} unless given: a {@link
   * Serde} with a constructor without parameters.
   */
  public static final String SERDE_CLASS = "serde.class";

  /** Checks that both addresses are given, and takes the properties as they are now. */
  public Connection {
    requireText("bootstrapServers", bootstrapServers);
    requireText("schemaRegistryUrl", schemaRegistryUrl);
    properties = Map.copyOf(properties);
  }

  /** A connection to these servers with the default topics and no other property. */
  public static Connection of(String bootstrapServers, String schemaRegistryUrl) {
    return new Connection(bootstrapServers, schemaRegistryUrl, Topics.DEFAULT, Map.of());
  }

  /** A connection to Kafka and a registry on this machine, on their usual ports. */
  public static Connection local() {
    return of("127.0.0.1:9092", "http://127.0.0.1:8081");
  }

  /** This connection with one more property, or another value of it. */
  public Connection with(String name, String value) {
    return switch (name) {
      case CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG ->
          new Connection(value, schemaRegistryUrl, topics, properties);
      case SerdeSettings.SCHEMA_REGISTRY_URL ->
          new Connection(bootstrapServers, value, topics, properties);
      default -> {
        Map<String, String> more = new HashMap<>(properties);
        more.put(name, value);
        yield new Connection(bootstrapServers, schemaRegistryUrl, topics, more);
      }
    };
  }

  /** This connection with other names of the topics. */
  public Connection withTopics(Topics names) {
    return new Connection(bootstrapServers, schemaRegistryUrl, names, properties);
  }

  /**
   * Settings of a Kafka consumer. It reads committed records only unless a property says otherwise,
   * because the engine writes in transactions.
   */
  public Map<String, Object> consumerConfig() {
    Map<String, Object> config = new HashMap<>();
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.putAll(clientConfig(ClientScope.CONSUMER));
    return config;
  }

  /** Settings of a Kafka producer. */
  public Map<String, Object> producerConfig() {
    return clientConfig(ClientScope.PRODUCER);
  }

  /** Settings of a Kafka admin client. */
  public Map<String, Object> adminConfig() {
    return clientConfig(ClientScope.ADMIN);
  }

  /**
   * Settings of Kafka Streams, which hands properties with a client's prefix on to that client
   * itself.
   */
  public Map<String, Object> streamsConfig() {
    return clientConfig(ClientScope.STREAMS);
  }

  /**
   * A serde for values of one class, configured for this connection. Close it after use.
   *
   * @throws IllegalArgumentException when {@value #SERDE_CLASS} can't be used
   */
  public <T extends SpecificRecord> Serde<T> serde(Class<T> valueClass) {
    String className = properties.getOrDefault(SERDE_CLASS, AvroSerde.class.getName());
    Serde<T> serde = SerdeClass.instantiate(className);
    serde.configure(serdeConfig(valueClass), false);
    return serde;
  }

  /** Settings of the serdes and of the registry's client. */
  public Map<String, Object> serdeConfig() {
    Map<String, Object> config = new HashMap<>(References.resolve(properties));
    config.remove(SERDE_CLASS);
    config.remove(DeviceToken.PROPERTY);
    config.put(SerdeSettings.SCHEMA_REGISTRY_URL, schemaRegistryUrl);
    return config;
  }

  private Map<String, Object> serdeConfig(Class<?> valueClass) {
    Map<String, Object> config = serdeConfig();
    config.put(SerdeSettings.SPECIFIC_AVRO_READER, true);
    config.put(SerdeSettings.SPECIFIC_AVRO_VALUE_TYPE, valueClass.getName());
    return config;
  }

  /** The token by which workers show which devices they are; null when the connection has none. */
  @Nullable String deviceToken() {
    return References.resolve(properties).get(DeviceToken.PROPERTY);
  }

  private Map<String, Object> clientConfig(ClientScope scope) {
    Map<String, Object> config = new HashMap<>(scope.select(References.resolve(properties)));
    config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return config;
  }

  /**
   * Looks whether all that properties refer to can be found.
   *
   * @throws org.apache.kafka.common.config.ConfigException naming the property that can't be used
   */
  public void check() {
    References.resolve(properties);
  }

  /** Addresses, topics and names of the properties; no value of one, since it may be a secret. */
  @Override
  public String toString() {
    return "Connection[bootstrapServers="
        + bootstrapServers
        + ", schemaRegistryUrl="
        + schemaRegistryUrl.replaceAll("//[^/,]*@", "//***@")
        + ", prefix="
        + topics.prefix()
        + ", properties="
        + new TreeMap<>(properties).keySet()
        + "]";
  }

  private static void requireText(String name, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(name + " is empty: give the address to connect to");
    }
  }
}
