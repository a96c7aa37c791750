package io.signalbox.simulator.workload;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of a JSON or YAML file with the place where it begins; lines and columns count from 1.
 * Kept small, since a file may hold millions of them.
 */
sealed interface Value {
  int line();

  int column();

  /** What a scalar is before anyone asks what it should be. */
  enum Kind {
    TEXT,
    NUMBER,
    BOOLEAN,
    NULL
  }

  /** Text, a number, a boolean or nothing, as it was written. */
  record Scalar(String text, Kind kind, int line, int column) implements Value {}

  /** A list. */
  record Sequence(List<Value> items, int line, int column) implements Value {}

  /** A map in the order of the file, its keys unique. */
  record Mapping(List<Member> members, int line, int column) implements Value {
    /** The value of a key, by a scan: maps with keys known beforehand are short. */
    @Nullable Value get(String key) {
      for (Member member : members) {
        if (member.key().equals(key)) {
          return member.value();
        }
      }
      return null;
    }
  }

  /** A key of a map and what it stands for; the place is the key's. */
  record Member(String key, Value value, int line, int column) {}
}
