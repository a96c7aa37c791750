package io.signalbox.engine.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.signalbox.core.estimate.SharedModel;
import io.signalbox.events.ModelStatistics;
import io.signalbox.events.connection.Connection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** What is decoded of the models that pools have told, and when there is news. */
class SharedModelsTest {
  private final Serde<ModelStatistics> serde =
      Connection.of("none:1", "mock://shared-models").serde(ModelStatistics.class);
  private final KeyValueStore<Bytes, byte[]> stored = Stores.inMemoryKeyValueStore("models").get();
  private int decoded;
  private final SharedModels models =
      new SharedModels(
          "models",
          stored,
          (topic, bytes) -> {
            decoded++;
            return serde.deserializer().deserialize(topic, bytes);
          });

  private void tell(String pool, long samples) {
    ModelStatistics model =
        ModelStatistics.newBuilder()
            .setPool(pool)
            .setZone("north")
            .setOperation("look")
            .setDeviceClass("gpu")
            .setAt(Instant.EPOCH)
            .setSamples(samples)
            .setLogSecondsMean(1)
            .setLogWorkMean(0)
            .setLogVariance(0.01)
            .setLogWorkVariance(0)
            .setLogWorkCovariance(0)
            .build();
    stored.put(key(pool), serde.serializer().serialize("models", model));
  }

  private static Bytes key(String pool) {
    return Bytes.wrap(pool.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> told() {
    return models.models().stream().map(SharedModel::pool).toList();
  }

  @Test
  void onlyWhatWasStoredAnewIsDecoded() {
    tell("a", 5);
    tell("b", 5);
    long first = models.version(0);
    assertEquals(List.of("a", "b"), told());
    assertEquals(2, decoded);
    tell("b", 9);
    assertEquals(first, models.version(9), "it isn't looked at that soon");
    assertEquals(first + 1, models.version(10));
    assertEquals(3, decoded);
    assertEquals(9, models.models().getLast().runTime().samples());
    assertEquals(first + 1, models.version(20), "nothing is new");
    assertEquals(3, decoded);
  }

  @Test
  void modelThatIsGoneIsNews() {
    tell("a", 5);
    tell("b", 5);
    long first = models.version(0);
    stored.delete(key("a"));
    assertEquals(first + 1, models.version(10));
    assertEquals(List.of("b"), told());
    assertEquals(2, decoded);
  }

  @Test
  void whatCantBeDecodedIsPassedOverAndTriedOnce() {
    stored.put(key("a"), new byte[] {1, 2, 3});
    tell("b", 5);
    models.version(0);
    assertEquals(List.of("b"), told());
    models.version(10);
    assertEquals(2, decoded);
  }
}
