package io.signalbox.events.serde;

import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.kafka.common.errors.SerializationException;

/** How records of one writer's schema become records of one class. */
final class Resolution {
  private final int id;
  private final Schema writer;
  private final Schema reader;
  private final SpecificData data;

  private Resolution(int id, Schema writer, Schema reader, SpecificData data) {
    this.id = id;
    this.writer = writer;
    this.reader = reader;
    this.data = data;
  }

  /**
   * The way from a writer's schema to a class.
   *
   * @throws SerializationException when there is none
   */
  static Resolution of(int id, Schema writer, Class<?> valueClass) {
    SpecificData data = SpecificData.getForClass(valueClass);
    Schema reader = data.getSchema(valueClass);
    if (!writer.getFullName().equals(reader.getFullName())) {
      throw new SerializationException(
          "of another type: "
              + writer.getFullName()
              + " (schema id "
              + id
              + "), not "
              + reader.getFullName());
    }
    return new Resolution(id, writer, reader, data);
  }

  int id() {
    return id;
  }

  String writerName() {
    return writer.getFullName();
  }

  /** A reader for one thread. */
  DatumReader<Object> reader() {
    return new SpecificDatumReader<>(writer, reader, data);
  }
}
