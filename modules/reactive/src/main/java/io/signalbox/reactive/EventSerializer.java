package io.signalbox.reactive;

import io.signalbox.events.connection.Connection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Serializes events of every type, so that one producer can write all topics. */
public final class EventSerializer implements Serializer<SpecificRecord> {
  private final Connection connection;
  private final Map<Class<?>, Serializer<SpecificRecord>> byType = new ConcurrentHashMap<>();

  /** Takes the serializers of a connection. */
  public EventSerializer(Connection connection) {
    this.connection = connection;
  }

  /**
   * A producer of events for a connection.
   *
   * @param defaults settings that hold where the connection says nothing
   */
  public static Producer<String, SpecificRecord> producer(
      Connection connection, Map<String, Object> defaults) {
    Map<String, Object> config = new HashMap<>(defaults);
    config.putAll(connection.producerConfig());
    return new KafkaProducer<>(config, new StringSerializer(), new EventSerializer(connection));
  }

  @Override
  public byte[] serialize(String topic, SpecificRecord event) {
    return byType.computeIfAbsent(event.getClass(), this::serializerOf).serialize(topic, event);
  }

  @SuppressWarnings("unchecked")
  private Serializer<SpecificRecord> serializerOf(Class<?> type) {
    return (Serializer<SpecificRecord>)
        (Serializer<?>) connection.serde(type.asSubclass(SpecificRecord.class)).serializer();
  }

  @Override
  public void close() {
    byType.values().forEach(Serializer::close);
  }
}
