package io.signalbox.engine.scheduling;

import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.DoubleSupplier;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/** What Kafka Streams is to a {@link PoolProcessor}, in virtual time. */
final class VirtualContext implements ProcessorContext<Object, Object> {
  private final TaskId task;
  private final VirtualRows rows;
  private final StateStore models = Stores.inMemoryKeyValueStore("models").get();
  private final DoubleSupplier seconds;
  private final BiConsumer<String, Record<?, ?>> sinks;
  private @Nullable RecordMetadata place;
  private @Nullable Punctuator punctuator;
  private boolean commitRequested;

  /**
   * @param seconds the engine's clock, in seconds since the epoch
   * @param sinks takes what is forwarded, by the name of the sink
   */
  VirtualContext(
      int partition,
      VirtualRows rows,
      DoubleSupplier seconds,
      BiConsumer<String, Record<?, ?>> sinks) {
    this.task = new TaskId(0, partition);
    this.rows = rows;
    this.seconds = seconds;
    this.sinks = sinks;
  }

  void at(RecordMetadata metadata) {
    place = metadata;
  }

  void punctuate() {
    if (punctuator != null) {
      punctuator.punctuate(currentSystemTimeMs());
    }
  }

  /** Whether a commit was asked for since this was asked last. */
  boolean takeCommitRequest() {
    boolean requested = commitRequested;
    commitRequested = false;
    return requested;
  }

  @Override
  public <K, V> void forward(Record<K, V> record, String child) {
    sinks.accept(child, record);
  }

  @Override
  public <K, V> void forward(Record<K, V> record) {
    throw new UnsupportedOperationException("every record has its sink");
  }

  @Override
  public Optional<RecordMetadata> recordMetadata() {
    return Optional.ofNullable(place);
  }

  @Override
  @SuppressWarnings("unchecked") // There are the rows, and what other engines would have told.
  public <S extends StateStore> S getStateStore(String name) {
    return (S) (name.equals(SchedulingTopology.MODELS) ? models : rows);
  }

  @Override
  public Cancellable schedule(Duration interval, PunctuationType type, Punctuator callback) {
    punctuator = callback;
    return () -> punctuator = null;
  }

  @Override
  public Cancellable schedule(
      Instant start, Duration interval, PunctuationType type, Punctuator callback) {
    return schedule(interval, type, callback);
  }

  @Override
  public void commit() {
    commitRequested = true;
  }

  @Override
  public long currentSystemTimeMs() {
    return (long) (seconds.getAsDouble() * 1e3);
  }

  @Override
  public long currentStreamTimeMs() {
    return currentSystemTimeMs();
  }

  @Override
  public TaskId taskId() {
    return task;
  }

  @Override
  public String applicationId() {
    return "signalbox";
  }

  @Override
  public Map<String, Object> appConfigs() {
    return Map.of();
  }

  @Override
  public Map<String, Object> appConfigsWithPrefix(String prefix) {
    return Map.of();
  }

  @Override
  public Serde<?> keySerde() {
    throw new UnsupportedOperationException("the pool's shell has serdes of its own");
  }

  @Override
  public Serde<?> valueSerde() {
    throw new UnsupportedOperationException("the pool's shell has serdes of its own");
  }

  @Override
  public File stateDir() {
    throw new UnsupportedOperationException("rows are in memory");
  }

  @Override
  public StreamsMetrics metrics() {
    throw new UnsupportedOperationException("nothing is measured in virtual time");
  }
}
