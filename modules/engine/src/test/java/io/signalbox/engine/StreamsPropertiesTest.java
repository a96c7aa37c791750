package io.signalbox.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.signalbox.engine.settings.EngineSettings;
import io.signalbox.events.connection.Connection;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamsPropertiesTest {
  @TempDir private Path folder;

  private Map<String, Object> watchingConsumer(Connection connection) {
    EngineSettings settings = TestSettings.of(connection, folder);
    StreamsConfig config =
        new StreamsConfig(StreamsProperties.ofAdaptation(settings, "127.0.0.1:1"));
    return config.getMainConsumerConfigs("group", "client", 0);
  }

  @Test
  void whatWatchesFetchesInLots() {
    Map<String, Object> consumer = watchingConsumer(Connection.local());
    assertEquals(256 << 10, consumer.get(ConsumerConfig.FETCH_MIN_BYTES_CONFIG));
    assertEquals(100, consumer.get(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG));
  }

  @Test
  void whatTheUserSaysOfFetchesWinsUnderEachOfItsNames() {
    for (String prefix : new String[] {"", "consumer.", "main.consumer."}) {
      String name = prefix + ConsumerConfig.FETCH_MIN_BYTES_CONFIG;
      Map<String, Object> consumer = watchingConsumer(Connection.local().with(name, "7"));
      assertEquals("7", consumer.get(ConsumerConfig.FETCH_MIN_BYTES_CONFIG), name);
    }
  }
}
