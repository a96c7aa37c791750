package io.signalbox.engine.delivery;

import io.signalbox.engine.scheduling.VirtualPartition;
import io.signalbox.events.Assignment;
import io.signalbox.events.JobEvent;
import io.signalbox.events.connection.Connection;
import io.signalbox.events.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;

/** Records as bytes and back, in the wire format of the topics. */
final class Wire {
  static final Topics TOPICS = Topics.DEFAULT;
  private static final Connection CONNECTION = Connection.of("none:1", "mock://delivery");
  private static final Map<Class<?>, Serde<?>> SERDES = new HashMap<>();
  private static final Deserializer<Assignment> ASSIGNMENTS =
      CONNECTION.serde(Assignment.class).deserializer();
  private static final Deserializer<JobEvent> JOB_EVENTS =
      CONNECTION.serde(JobEvent.class).deserializer();

  static final VirtualPartition.Codecs CODECS = new VirtualPartition.Codecs(CONNECTION);

  private Wire() {}

  static byte[] key(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }

  @SuppressWarnings("unchecked") // The map holds the serde of each class under it.
  static <T extends SpecificRecord> byte[] bytes(String topic, T value) {
    Serde<T> serde =
        (Serde<T>)
            SERDES.computeIfAbsent(value.getClass(), type -> CONNECTION.serde(value.getClass()));
    return serde.serializer().serialize(topic, value);
  }

  static Assignment assignment(String topic, byte[] bytes) {
    return ASSIGNMENTS.deserialize(topic, bytes);
  }

  static JobEvent jobEvent(byte[] bytes) {
    return JOB_EVENTS.deserialize(TOPICS.jobEvents(), bytes);
  }
}
