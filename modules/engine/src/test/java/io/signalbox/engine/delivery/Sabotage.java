package io.signalbox.engine.delivery;

import io.signalbox.core.pool.Row;
import io.signalbox.events.Assignment;
import io.signalbox.events.JobEvent;
import io.signalbox.events.TaskEvent;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * Something that the engine, its store or its workers promise, broken on purpose: by it an
 * invariant is seen to fail. What isn't overridden is as it should be.
 */
interface Sabotage {
  /** Nothing is broken. */
  Sabotage NONE = new Sabotage() {};

  /** Whether the store keeps a row that is written. */
  default boolean keeps(Row row) {
    return true;
  }

  /** How many attempts a worker runs that has so many slots. */
  default int slots(int slots) {
    return slots;
  }

  /** What the engine sends to workers instead. */
  default Assignment assignment(Assignment sent) {
    return sent;
  }

  /** What the engine announces instead: all of them. */
  default List<JobEvent> announcements(JobEvent event) {
    return List.of(event);
  }

  /** What a worker writes instead. */
  default SpecificRecord said(SpecificRecord value) {
    return value;
  }

  /** What is said of attempts that die with their process. */
  default List<TaskEvent> lastWords(String device, long incarnation, List<String> running) {
    return List.of();
  }
}
