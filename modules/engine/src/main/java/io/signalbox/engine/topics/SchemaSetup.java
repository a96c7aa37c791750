package io.signalbox.engine.topics;

import io.signalbox.events.connection.Connection;
import io.signalbox.events.registry.SchemaRegistries;
import io.signalbox.events.registry.SchemaRegistry;
import io.signalbox.events.serde.SerdeSettings;
import io.signalbox.events.serde.Subject;
import io.signalbox.events.topic.Topic;
import java.util.Collection;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Registers the schemas of all topics, so that clients in any language find them before the first
 * record is written.
 */
public final class SchemaSetup {
  private SchemaSetup() {}

  /**
   * Registers what isn't registered; nothing when {@code auto.register.schemas} is false.
   *
   * @throws io.signalbox.events.registry.RegistryUnavailableException when it doesn't answer
   * @throws io.signalbox.events.registry.RegistryException when it refuses
   */
  public static void ensure(Connection connection, Collection<Topic<?>> topics) {
    if (!SerdeSettings.of(connection.serdeConfig()).autoRegister()) {
      return;
    }
    SchemaRegistry registry = SchemaRegistries.connect(connection.serdeConfig());
    for (Topic<?> topic : topics) {
      if (SpecificRecord.class.isAssignableFrom(topic.valueClass())) {
        registry.register(
            Subject.ofValues(topic.name()), SpecificData.get().getSchema(topic.valueClass()));
      }
    }
  }
}
