package io.signalbox.engine.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.signalbox.core.estimate.SharedModel;
import io.signalbox.events.ModelStatistics;
import io.signalbox.events.connection.Connection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.junit.jupiter.api.Test;

/** What is decoded of the models that pools have told, and when there is news. */
class SharedModelsTest {
  private final Serde<ModelStatistics> serde =
      Connection.of("none:1", "mock://shared-models").serde(ModelStatistics.class);
  private final Stored stored = new Stored();
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
    stored.rows.put(key(pool), serde.serializer().serialize("models", model));
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
    stored.rows.remove(key("a"));
    assertEquals(first + 1, models.version(10));
    assertEquals(List.of("b"), told());
    assertEquals(2, decoded);
  }

  @Test
  void whatCantBeDecodedIsPassedOverAndTriedOnce() {
    stored.rows.put(key("a"), new byte[] {1, 2, 3});
    tell("b", 5);
    models.version(0);
    assertEquals(List.of("b"), told());
    models.version(10);
    assertEquals(2, decoded);
  }

  /** A store in memory. */
  private static final class Stored implements ReadOnlyKeyValueStore<Bytes, byte[]> {
    private final Map<Bytes, byte[]> rows = new TreeMap<>();

    @Override
    public byte[] get(Bytes key) {
      return rows.get(key);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
      throw new UnsupportedOperationException();
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
      Iterator<Map.Entry<Bytes, byte[]>> each = rows.entrySet().iterator();
      return new KeyValueIterator<>() {
        @Override
        public void close() {}

        @Override
        public Bytes peekNextKey() {
          throw new UnsupportedOperationException();
        }

        @Override
        public boolean hasNext() {
          return each.hasNext();
        }

        @Override
        public KeyValue<Bytes, byte[]> next() {
          Map.Entry<Bytes, byte[]> row = each.next();
          return KeyValue.pair(row.getKey(), row.getValue());
        }
      };
    }

    @Override
    public long approximateNumEntries() {
      return rows.size();
    }
  }
}
