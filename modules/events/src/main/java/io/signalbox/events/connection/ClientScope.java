package io.signalbox.events.connection;

import io.signalbox.events.serde.SerdeSettings;
import java.util.HashMap;
import java.util.Map;

/** Which properties of a connection reach which Kafka client. */
enum ClientScope {
  CONSUMER("consumer."),
  PRODUCER("producer."),
  ADMIN("admin."),
  STREAMS("");

  private final String prefix;

  ClientScope(String prefix) {
    this.prefix = prefix;
  }

  /** What of {@code properties} is this client's; a prefixed property wins over a plain one. */
  Map<String, String> select(Map<String, String> properties) {
    Map<String, String> own = new HashMap<>();
    Map<String, String> prefixed = new HashMap<>();
    properties.forEach((name, value) -> {
      if (name.equals(Connection.SERDE_CLASS)
          || name.equals(DeviceToken.PROPERTY)
          || SerdeSettings.isSerdeProperty(name)) {
        return;
      }
      if (this == STREAMS || !isPrefixed(name)) {
        own.put(name, value);
      } else if (name.startsWith(prefix)) {
        prefixed.put(name.substring(prefix.length()), value);
      }
    });
    own.putAll(prefixed);
    return own;
  }

  private static boolean isPrefixed(String name) {
    return name.startsWith(CONSUMER.prefix)
        || name.startsWith(PRODUCER.prefix)
        || name.startsWith(ADMIN.prefix);
  }
}
