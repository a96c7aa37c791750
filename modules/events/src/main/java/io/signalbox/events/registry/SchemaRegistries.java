package io.signalbox.events.registry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Where registry clients come from: one per set of settings in this JVM. */
public final class SchemaRegistries {
  private static final Map<String, SchemaRegistry> IN_MEMORY = new ConcurrentHashMap<>();

  private SchemaRegistries() {}

  /** The registry in this JVM's memory that {@code mock://NAME} names. */
  public static SchemaRegistry inMemory(String name) {
    return IN_MEMORY.computeIfAbsent(name, any -> new MemorySchemaRegistry());
  }

  /**
   * The registry that the settings name.
   *
   * @param config {@code schema.registry.url} and what else {@link RegistrySettings} reads
   * @throws IllegalArgumentException when a setting is missing or wrong
   */
  public static SchemaRegistry connect(Map<String, ?> config) {
    RegistrySettings settings = RegistrySettings.of(config);
    if (!"mock".equals(settings.urls().get(0).getScheme())) {
      throw new IllegalArgumentException(RegistrySettings.URL + " must be mock://NAME so far");
    }
    return inMemory(settings.urls().get(0).getRawAuthority());
  }
}
