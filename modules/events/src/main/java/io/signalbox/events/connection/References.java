package io.signalbox.events.connection;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * Puts in what properties refer to, such as <code>${file:/run/secrets/kafka.properties:password}
 * </code>: by Kafka's configuration providers (KIP-297), of which only those are asked that the
 * property {@code config.providers} names. It is done here rather than by each Kafka client, so
 * that the registry's client and the serdes have it as well.
 */
final class References {
  private References() {}

  /**
   * The properties with the values that they refer to; without {@code config.providers} as they
   * are.
   *
   * @throws ConfigException when a provider can't be made or doesn't know a value; the message
   *     names the property, never a value
   */
  static Map<String, String> resolve(Map<String, String> properties) {
    String providers = properties.get(AbstractConfig.CONFIG_PROVIDERS_CONFIG);
    if (providers == null || providers.isBlank()) {
      return properties;
    }
    Pattern reference = referenceTo(providers);
    Map<String, String> resolved = new HashMap<>();
    new AbstractConfig(new ConfigDef(), properties, false)
        .originals()
        .forEach((name, value) -> {
          if (!isAboutProviders(name)) {
            resolved.put(name, String.valueOf(value));
            checkFound(name, properties.getOrDefault(name, ""), String.valueOf(value), reference);
          }
        });
    return resolved;
  }

  private static boolean isAboutProviders(String name) {
    return name.equals(AbstractConfig.CONFIG_PROVIDERS_CONFIG)
        || name.startsWith(AbstractConfig.CONFIG_PROVIDERS_CONFIG + ".");
  }

  private static Pattern referenceTo(String providers) {
    String names =
        Stream.of(providers.split(","))
            .map(String::strip)
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    return Pattern.compile("\\$\\{(?:" + names + "):[^}]*}");
  }

  /** Kafka leaves a reference that leads nowhere in its place: it would be sent as the password. */
  private static void checkFound(String name, String written, String value, Pattern reference) {
    Matcher references = reference.matcher(written);
    while (references.find()) {
      if (value.contains(references.group())) {
        throw new ConfigException(
            "The property " + name + " refers to " + references.group() + ", which isn't there");
      }
    }
  }
}
