package io.signalbox.simulator.workload;

import io.signalbox.simulator.workload.Value.Kind;
import io.signalbox.simulator.workload.Value.Mapping;
import io.signalbox.simulator.workload.Value.Scalar;
import io.signalbox.simulator.workload.Value.Sequence;
import java.util.AbstractList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of a file on the way to what it means: knows its path from the file's root and notes what
 * is wrong with it. Every reading method returns null, or an empty list, after it noted a problem.
 */
final class Place {
  private final Problems problems;
  private final @Nullable Place parent;
  private final Object step;
  private final Value value;

  private Place(Problems problems, @Nullable Place parent, Object step, Value value) {
    this.problems = problems;
    this.parent = parent;
    this.step = step;
    this.value = value;
  }

  static Place root(Value value, Problems problems) {
    return new Place(problems, null, "", value);
  }

  /** The value under a key of this map. */
  Place child(String key, Value child) {
    return new Place(problems, this, key, child);
  }

  Problems problems() {
    return problems;
  }

  boolean isNull() {
    return value instanceof Scalar scalar && scalar.kind() == Kind.NULL;
  }

  boolean isEmptyList() {
    return value instanceof Sequence sequence && sequence.items().isEmpty();
  }

  boolean isMapping() {
    return value instanceof Mapping;
  }

  Value value() {
    return value;
  }

  /** Where it stands from the root, such as {@code tasks[3].after[0]}; empty for the root. */
  String path() {
    if (parent == null) {
      return "";
    }
    String above = parent.path();
    if (step instanceof Integer) {
      return above + "[" + step + "]";
    }
    return above.isEmpty() ? step.toString() : above + "." + step;
  }

  /** Notes what is wrong with the value. */
  void problem(String text) {
    problem(value.line(), value.column(), text);
  }

  /** Notes what is wrong at another place of the same value, such as one of its keys. */
  void problem(int line, int column, String text) {
    String path = path();
    problems.add(line, column, path.isEmpty() ? text : path + ": " + text);
  }

  /** A hint at the nearest candidate; nothing when none is near or enough problems are known. */
  String suggestion(String word, Collection<String> candidates) {
    return problems.full() ? "" : Names.suggestion(word, candidates);
  }

  /** A map's keys; null when it is none. */
  @Nullable Section section(String example) {
    if (value instanceof Mapping mapping) {
      return new Section(this, mapping);
    }
    problem("is %s; give a map, such as %s".formatted(shown(), example));
    return null;
  }

  /** A list's items, made when they are asked for. */
  List<Place> items(String example) {
    if (!(value instanceof Sequence sequence)) {
      problem("is %s; give a list, such as %s".formatted(shown(), example));
      return List.of();
    }
    List<Value> items = sequence.items();
    return new AbstractList<>() {
      @Override
      public Place get(int index) {
        return new Place(problems, Place.this, index, items.get(index));
      }

      @Override
      public int size() {
        return items.size();
      }
    };
  }

  /** Any scalar's text: a number without quotes may well be a name. */
  @Nullable String text() {
    if (value instanceof Scalar scalar && scalar.kind() != Kind.NULL) {
      return scalar.text();
    }
    problem("is %s; give text".formatted(shown()));
    return null;
  }

  /** What the value is, short enough for a message. */
  String shown() {
    return switch (value) {
      case Mapping mapping -> "a map";
      case Sequence sequence -> "a list";
      case Scalar scalar ->
          switch (scalar.kind()) {
            case TEXT -> quoted(scalar.text());
            case NUMBER, BOOLEAN -> cut(scalar.text());
            case NULL -> "empty";
          };
    };
  }

  /** Text in quotes, cut to a length that a message bears. */
  static String quoted(String text) {
    return '"' + cut(text.replaceAll("\\s+", " ")) + '"';
  }

  private static String cut(String text) {
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }
}
