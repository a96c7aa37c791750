package io.signalbox.engine.scheduling;

import io.signalbox.core.estimate.SharedModel;
import io.signalbox.engine.translate.Models;
import io.signalbox.engine.translate.UnusableRecordException;
import io.signalbox.events.ModelStatistics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all pools have told of run times: a copy of the topic {@code models} on each engine. It is
 * read seldom, since what others know matters to a pool only where it knows nothing itself. At most
 * {@value #MOST} models are read; what can't be decoded is passed over.
 */
final class SharedModels {
  private static final Logger LOG = LoggerFactory.getLogger(SharedModels.class);
  private static final int MOST = 100_000;
  private static final double LOOK_SECONDS = 10;

  private final String topic;
  private final ReadOnlyKeyValueStore<Bytes, byte[]> store;
  private final Deserializer<ModelStatistics> deserializer;
  private List<SharedModel> models = List.of();
  private double lookedAt = Double.NEGATIVE_INFINITY;
  private long version;

  SharedModels(
      String topic,
      ReadOnlyKeyValueStore<Bytes, byte[]> store,
      Deserializer<ModelStatistics> deserializer) {
    this.topic = topic;
    this.store = store;
    this.deserializer = deserializer;
  }

  /** Grows whenever {@link #models} may say something else. */
  long version(double now) {
    if (Math.abs(now - lookedAt) >= LOOK_SECONDS) {
      lookedAt = now;
      List<SharedModel> found = read();
      if (!found.equals(models)) {
        models = found;
        version++;
      }
    }
    return version;
  }

  List<SharedModel> models() {
    return models;
  }

  private List<SharedModel> read() {
    List<SharedModel> found = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      while (all.hasNext() && found.size() < MOST) {
        SharedModel model = model(all.next());
        if (model != null) {
          found.add(model);
        }
      }
    }
    return found;
  }

  private @Nullable SharedModel model(KeyValue<Bytes, byte[]> stored) {
    try {
      return Models.read(deserializer.deserialize(topic, stored.value));
    } catch (SerializationException | UnusableRecordException e) {
      String key = new String(stored.key.get(), StandardCharsets.UTF_8);
      LOG.warn("Model {} is passed over: {}", key, e.getMessage());
      return null;
    }
  }
}
