package io.signalbox.engine.scheduling;

import io.signalbox.core.estimate.SharedModel;
import io.signalbox.engine.translate.Models;
import io.signalbox.engine.translate.Retriable;
import io.signalbox.engine.translate.UnusableRecordException;
import io.signalbox.events.ModelStatistics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * looked at seldom, since what others know matters to a pool only where it knows nothing itself,
 * and only what was stored anew is decoded. At most {@value #MOST} records are read; what can't be
 * decoded is passed over.
 */
final class SharedModels {
  private static final Logger LOG = LoggerFactory.getLogger(SharedModels.class);
  private static final int MOST = 100_000;
  private static final double LOOK_SECONDS = 10;

  /** A record as it is stored, and what it says; null when that can't be read. */
  private record Told(byte[] bytes, @Nullable SharedModel model) {}

  private final String topic;
  private final ReadOnlyKeyValueStore<Bytes, byte[]> store;
  private final Deserializer<ModelStatistics> deserializer;
  private Map<Bytes, Told> told = new LinkedHashMap<>();
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
      look();
    }
    return version;
  }

  List<SharedModel> models() {
    return models;
  }

  private void look() {
    try {
      read();
    } catch (SerializationException e) {
      LOG.warn("Models are looked at again later: {}", e.getMessage());
    }
  }

  /**
   * Decodes what is new.
   *
   * @throws SerializationException when the registry doesn't answer, which no record can help
   */
  private void read() {
    Map<Bytes, Told> found = new LinkedHashMap<>();
    boolean news = false;
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      while (all.hasNext() && found.size() < MOST) {
        KeyValue<Bytes, byte[]> stored = all.next();
        Told before = told.get(stored.key);
        if (before != null && Arrays.equals(before.bytes, stored.value)) {
          found.put(stored.key, before);
        } else {
          found.put(stored.key, new Told(stored.value, model(stored)));
          news = true;
        }
      }
    }
    if (news || found.size() < told.size()) {
      told = found;
      models = readable();
      version++;
    }
  }

  private List<SharedModel> readable() {
    List<SharedModel> found = new ArrayList<>();
    for (Told each : told.values()) {
      if (each.model != null) {
        found.add(each.model);
      }
    }
    return found;
  }

  private @Nullable SharedModel model(KeyValue<Bytes, byte[]> stored) {
    try {
      return Models.read(deserializer.deserialize(topic, stored.value));
    } catch (SerializationException | UnusableRecordException e) {
      if (Retriable.is(e)) {
        throw e;
      }
      String key = new String(stored.key.get(), StandardCharsets.UTF_8);
      LOG.warn("Model {} is passed over: {}", key, e.getMessage());
      return null;
    }
  }
}
