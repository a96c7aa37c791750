package io.signalbox.bench.throughput;

import io.signalbox.bench.measure.StreamsTraffic;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Writes a given number of records for each that it reads, on average, and does nothing else. */
@SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
final class Repeater implements Processor<byte[], byte[], byte[], byte[]> {
  private static final String WRITTEN = "written";
  private static final String KEPT = "kept";

  private final StreamsTraffic load;
  private final byte[] written;
  private final byte[] kept;
  private ProcessorContext<byte[], byte[]> context;
  private long seen;

  private Repeater(StreamsTraffic load) {
    this.load = load;
    this.written = new byte[size(load.bytesWritten(), load.recordsWritten())];
    this.kept = new byte[size(load.bytesKept(), load.recordsKept())];
  }

  /** One source, two sinks. */
  static Topology topology(String in, String out, String keptTopic, StreamsTraffic load) {
    ByteArraySerializer bytes = new ByteArraySerializer();
    ByteArrayDeserializer read = new ByteArrayDeserializer();
    return new Topology()
        .addSource("read", read, read, in)
        .addProcessor("repeat", () -> new Repeater(load), "read")
        .addSink(WRITTEN, out, bytes, bytes, "repeat")
        .addSink(KEPT, keptTopic, bytes, bytes, "repeat");
  }

  /** How many records have been written when so many were read. */
  static long copies(long read, double perRecord) {
    return (long) Math.floor(read * perRecord + 1e-6);
  }

  /** Mean size of a record, less what the log's own framing takes. */
  static int size(double bytes, double records) {
    return records <= 0 ? 1 : (int) Math.max(1, Math.round(bytes / records) - FRAMING_BYTES);
  }

  private static final int FRAMING_BYTES = 8;

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    forward(WRITTEN, written, load.recordsWritten() / load.recordsRead(), record.timestamp());
    forward(KEPT, kept, load.recordsKept() / load.recordsRead(), record.timestamp());
    seen++;
  }

  private void forward(String sink, byte[] value, double perRecord, long timestamp) {
    long due = copies(seen + 1, perRecord) - copies(seen, perRecord);
    for (long i = 0; i < due; i++) {
      context.forward(new Record<>(null, value, timestamp), sink);
    }
  }
}
