package io.signalbox.engine.scheduling;

import org.apache.avro.specific.SpecificRecord;

/**
 * A record's value as it was decoded and as it came: what is sent on, to another partition or to
 * the dead letters, is sent on byte for byte, in the schema its producer wrote.
 *
 * @param value the value
 * @param bytes what it was read from
 */
record Received(SpecificRecord value, byte[] bytes) {}
