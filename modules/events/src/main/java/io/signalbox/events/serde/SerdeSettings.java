package io.signalbox.events.serde;

import io.signalbox.events.registry.RegistrySettings;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the serdes, under the names that Confluent gave them.
 *
 * @param autoRegister whether a serializer registers a schema that the registry doesn't have
 * @param useLatestVersion whether a serializer writes with the subject's latest schema instead of
 *     the record's own
 * @param valueType class that is read; null to take the class that the writer's schema names
 */
public record SerdeSettings(
    boolean autoRegister, boolean useLatestVersion, @Nullable String valueType) {
  /** URLs of the registry, separated by commas. */
  public static final String SCHEMA_REGISTRY_URL = RegistrySettings.URL;

  /** Whether serializers register schemas; true unless given. */
  public static final String AUTO_REGISTER_SCHEMAS = "auto.register.schemas";

  /** Whether serializers write with the latest schema of the subject; false unless given. */
  public static final String USE_LATEST_VERSION = "use.latest.version";

  /** Whether records are read into generated classes: always, here; Confluent's serde asks. */
  public static final String SPECIFIC_AVRO_READER = "specific.avro.reader";

  /** Generated class that values are read into. */
  public static final String SPECIFIC_AVRO_VALUE_TYPE = "specific.avro.value.type";

  private static final Set<String> NAMES =
      Set.of(
          AUTO_REGISTER_SCHEMAS,
          USE_LATEST_VERSION,
          SPECIFIC_AVRO_READER,
          SPECIFIC_AVRO_VALUE_TYPE,
          "latest.compatibility.strict",
          "normalize.schemas",
          "value.subject.name.strategy",
          "key.subject.name.strategy");

  /** Whether a property of this name is meant for serdes or the registry, not for Kafka clients. */
  public static boolean isSerdeProperty(String name) {
    return NAMES.contains(name) || RegistrySettings.isRegistryProperty(name);
  }

  /** Reads the settings; unknown names are left alone. */
  public static SerdeSettings of(Map<String, ?> config) {
    Object type = config.get(SPECIFIC_AVRO_VALUE_TYPE);
    return new SerdeSettings(
        flag(config, AUTO_REGISTER_SCHEMAS, true),
        flag(config, USE_LATEST_VERSION, false),
        type instanceof Class<?> given ? given.getName() : type == null ? null : type.toString());
  }

  private static boolean flag(Map<String, ?> config, String name, boolean otherwise) {
    Object value = config.get(name);
    if (value == null) {
      return otherwise;
    }
    return switch (value.toString().trim()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(name + " is true or false, not " + value);
    };
  }
}
