package io.signalbox.simulator.workload;

import io.signalbox.simulator.workload.Section.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a file says of operations, so that tasks need not repeat it; a job's go before the file's.
 */
final class Defaults {
  static final Defaults NONE = new Defaults(null);

  private final @Nullable Defaults outer;
  private final Map<String, Traits> traits = new HashMap<>();
  private final List<Entry> entries = new ArrayList<>();
  private final Set<String> asked = new HashSet<>();

  private Defaults(@Nullable Defaults outer) {
    this.outer = outer;
  }

  static Defaults read(@Nullable Place place, Defaults outer, Optional<Set<String>> knownClasses) {
    Section section = place == null ? null : place.section("{ocr: {work: 2}}");
    if (section == null) {
      return outer;
    }
    Defaults defaults = new Defaults(outer);
    section.forEach(entry -> {
      Section operation = entry.value().section("{work: 2, classes: [cpu]}");
      if (operation != null) {
        defaults.entries.add(entry);
        Traits read = Traits.read(operation.allow(Traits.KEYS), knownClasses);
        defaults.traits.put(entry.key(), read);
      }
    });
    return defaults;
  }

  /** What holds for tasks of an operation that say nothing themselves. */
  Traits of(String operation) {
    if (this == NONE) {
      return Traits.NONE;
    }
    asked.add(operation);
    Traits own = traits.getOrDefault(operation, Traits.NONE);
    return outer == null ? own : own.over(outer.of(operation));
  }

  /** Notes defaults that no task uses: more often than not a misspelt operation. */
  void refuseUnused() {
    for (Entry entry : entries) {
      if (!asked.contains(entry.key())) {
        entry.keyProblem(
            "no task has the operation %s%s"
                .formatted(Place.quoted(entry.key()), orRemove(entry.key())));
      }
    }
  }

  private String orRemove(String operation) {
    String hint = Names.suggestion(operation, asked);
    return hint.isEmpty() ? "; remove it" : hint;
  }
}
