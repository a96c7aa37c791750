package io.signalbox.devkit;

/**
 * One version of a subject.
 *
 * @param version from 1
 * @param id the same for the same schema in every subject
 * @param schema canonical text, as Avro writes it
 * @param deleted softly: hidden, but still readable by id
 */
record SchemaVersion(String subject, int version, int id, String schema, boolean deleted) {
  SchemaVersion softlyDeleted() {
    return new SchemaVersion(subject, version, id, schema, true);
  }
}
