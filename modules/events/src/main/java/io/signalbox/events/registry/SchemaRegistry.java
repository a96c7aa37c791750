package io.signalbox.events.registry;

import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * A schema registry. Any call may fail with a {@link RegistryException} when the registry refuses,
 * and with a {@link RegistryUnavailableException} when it doesn't answer. Safe for use by several
 * threads.
 */
public interface SchemaRegistry {
  /**
   * Registers a schema as the subject's next version, unless the subject has it already.
   *
   * @return the schema's id
   */
  int register(String subject, Schema schema);

  /**
   * The id of a schema that the subject has; {@link RegistryException#SUBJECT_NOT_FOUND} or {@link
   * RegistryException#SCHEMA_NOT_FOUND} when it doesn't.
   */
  int idOf(String subject, Schema schema);

  /** The schema of an id; {@link RegistryException#SCHEMA_NOT_FOUND} when there is none. */
  Schema schema(int id);

  /** The newest version of a subject; {@link RegistryException#SUBJECT_NOT_FOUND} without one. */
  RegisteredSchema latest(String subject);

  /**
   * Why a schema may not become the subject's next version under its compatibility; empty when it
   * may, and for a subject without versions.
   */
  List<String> incompatibilities(String subject, Schema schema);

  /** Sets the compatibility of a subject. */
  void setCompatibility(String subject, Compatibility compatibility);

  /** The compatibility of a subject; empty while the registry's default holds. */
  Optional<Compatibility> compatibility(String subject);

  /** The subjects, in alphabetical order. */
  List<String> subjects();
}
