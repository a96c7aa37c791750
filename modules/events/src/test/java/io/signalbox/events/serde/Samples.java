package io.signalbox.events.serde;

import io.signalbox.events.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;

/** Records of every kind, with every field set at random. */
final class Samples {
  private Samples() {}

  /** Every class that a topic carries. */
  static List<Class<? extends SpecificRecord>> classes() {
    return Topics.DEFAULT.catalogue(List.of("a100")).stream()
        .map(topic -> topic.valueClass())
        .filter(SpecificRecord.class::isAssignableFrom)
        .<Class<? extends SpecificRecord>>map(type -> type.asSubclass(SpecificRecord.class))
        .toList();
  }

  /** A number of records of a class; the same ones for the same seed. */
  static <T extends SpecificRecord> List<T> of(Class<T> type, int count, long seed) {
    Schema schema = SpecificData.getForClass(type).getSchema(type);
    List<T> records = new ArrayList<>();
    for (Object record : new RandomData(new GenericData(), schema, count, seed)) {
      records.add(specific(type, schema, record));
    }
    return records;
  }

  // Avro draws plain values only, so its own reader makes instants and classes of them.
  private static <T extends SpecificRecord> T specific(Class<T> type, Schema schema, Object plain) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
      new GenericDatumWriter<>(schema, new GenericData()).write(plain, encoder);
      var decoder = DecoderFactory.get().binaryDecoder(out.toByteArray(), null);
      return new SpecificDatumReader<>(type).read(null, decoder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
