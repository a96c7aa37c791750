package io.signalbox.events.registry;

import java.lang.ref.WeakReference;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Where registry clients come from: all users of the same settings in this JVM share one. */
public final class SchemaRegistries {
  private static final String MEMORY_SCHEME = "mock";
  private static final Map<String, SchemaRegistry> IN_MEMORY = new ConcurrentHashMap<>();
  // Weak, since each client holds a thread: it goes when the last serde that uses it goes.
  private static final Map<RegistrySettings, WeakReference<SchemaRegistry>> SHARED =
      new HashMap<>();

  private SchemaRegistries() {}

  /** The registry in this JVM's memory that {@code mock://NAME} names. */
  public static SchemaRegistry inMemory(String name) {
    return IN_MEMORY.computeIfAbsent(name, any -> new MemorySchemaRegistry());
  }

  /** Forgets the registry that {@code mock://NAME} names; who holds it keeps it. */
  public static void dropInMemory(String name) {
    IN_MEMORY.remove(name);
  }

  /**
   * The registry that the settings name.
   *
   * @param config {@code schema.registry.url} and what else {@link RegistrySettings} reads
   * @throws IllegalArgumentException when a setting is missing or wrong
   */
  public static SchemaRegistry connect(Map<String, ?> config) {
    RegistrySettings settings = RegistrySettings.of(config);
    URI first = settings.urls().get(0);
    return MEMORY_SCHEME.equals(first.getScheme())
        ? inMemory(first.getRawAuthority())
        : shared(settings);
  }

  private static SchemaRegistry shared(RegistrySettings settings) {
    synchronized (SHARED) {
      SHARED.values().removeIf(client -> client.get() == null);
      WeakReference<SchemaRegistry> known = SHARED.get(settings);
      SchemaRegistry client = known == null ? null : known.get();
      if (client == null) {
        client = new RestSchemaRegistry(settings);
        SHARED.put(settings, new WeakReference<>(client));
      }
      return client;
    }
  }
}
