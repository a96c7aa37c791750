package io.signalbox.simulator.workload;

import io.signalbox.simulator.workload.Value.Mapping;
import io.signalbox.simulator.workload.Value.Member;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A map of a file, read key by key. A key without a value counts as absent. */
final class Section {
  private final Place place;
  private final Mapping mapping;

  Section(Place place, Mapping mapping) {
    this.place = place;
    this.mapping = mapping;
  }

  Place place() {
    return place;
  }

  /** Notes every key that isn't among these. */
  Section allow(List<String> keys) {
    for (Member member : mapping.members()) {
      if (!keys.contains(member.key())) {
        String hint = place.suggestion(member.key(), keys);
        unknown(member, hint.isEmpty() ? "; the keys here are " + String.join(", ", keys) : hint);
      }
    }
    return this;
  }

  private void unknown(Member member, String hint) {
    place.problem(
        member.line(), member.column(), "unknown key " + Place.quoted(member.key()) + hint);
  }

  boolean has(String key) {
    return get(key) != null;
  }

  /** The value of a key, or null when it is absent. */
  @Nullable Place get(String key) {
    Value value = mapping.get(key);
    Place child = value == null ? null : place.child(key, value);
    return child == null || child.isNull() ? null : child;
  }

  /** The value of a key, or null after a problem was noted. */
  @Nullable Place require(String key, String example) {
    Place child = get(key);
    if (child == null) {
      place.problem("\"%s\" is missing; give %s".formatted(key, example));
    }
    return child;
  }

  /** The values of all keys, where the keys themselves say something. */
  void forEach(Consumer<Entry> action) {
    for (Member member : mapping.members()) {
      action.accept(new Entry(member, place.child(member.key(), member.value())));
    }
  }

  /** One key and its value. */
  record Entry(Member member, Place value) {
    String key() {
      return member.key();
    }

    /** Notes what is wrong with the key. */
    void keyProblem(String text) {
      value.problem(member.line(), member.column(), text);
    }
  }
}
