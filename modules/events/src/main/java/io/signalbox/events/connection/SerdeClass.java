package io.signalbox.events.connection;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Utils;

/** Makes the serde that a property names. */
final class SerdeClass {
  private SerdeClass() {}

  @SuppressWarnings("unchecked") // The user vouches for the class: it must serve every record.
  static <T> Serde<T> instantiate(String className) {
    try {
      return Utils.newInstance(className, Serde.class);
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(
          Connection.SERDE_CLASS + ": no class " + className + " on the class path", e);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          Connection.SERDE_CLASS
              + ": "
              + className
              + " must be a Serde with a public constructor without parameters",
          e);
    }
  }
}
