package io.signalbox.events.serde;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.utils.Utils;

/** Generated classes by name. */
final class RecordClass {
  private RecordClass() {}

  /**
   * The generated class of this name.
   *
   * @throws SerializationException when there is none on the class path
   */
  static Class<? extends SpecificRecord> named(String name) {
    try {
      return Utils.loadClass(name, SpecificRecord.class);
    } catch (ClassNotFoundException | ClassCastException e) {
      throw new SerializationException("of a type without a generated class: " + name, e);
    }
  }
}
