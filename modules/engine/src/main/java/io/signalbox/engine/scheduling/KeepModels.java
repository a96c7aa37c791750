package io.signalbox.engine.scheduling;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps what pools tell of run times byte by byte as it stands in the topic: so does Kafka Streams
 * when it reads the topic anew, and nothing that can't be decoded stops an engine.
 */
@SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
final class KeepModels implements Processor<Bytes, byte[], Void, Void> {
  private KeyValueStore<Bytes, byte[]> store;

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    store = context.getStateStore(SchedulingTopology.MODELS);
  }

  @Override
  public void process(Record<Bytes, byte[]> record) {
    if (record.key() != null) {
      store.put(record.key(), record.value());
    }
  }
}
