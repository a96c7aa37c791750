package io.signalbox.simulator.workload;

import io.signalbox.core.pool.PoolSettings.Limits;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads labels of devices, or what a task asks of them: names, each with a value that is text. */
final class LabelMap {
  private LabelMap() {}

  /** The labels; null when nothing is said, or after a problem was noted. */
  static @Nullable Map<String, String> read(@Nullable Place place) {
    Section section = place == null ? null : place.section("{zone: berlin, arch: arm64}");
    if (section == null) {
      return null;
    }
    Map<String, String> labels = new TreeMap<>();
    int longest = Limits.DEFAULT.nameCharacters();
    section.forEach(entry -> {
      String value = entry.value().text();
      if (!entry.key().matches("[A-Za-z0-9._:-]{1," + longest + "}")) {
        entry.keyProblem(
            "is no name of a label; a name has 1 to %d characters of A-Z a-z 0-9 . _ : -"
                .formatted(longest));
      } else if (value != null && (value.isEmpty() || value.length() > longest)) {
        entry.value().problem("has %d characters; give 1 to %d".formatted(value.length(), longest));
      } else if (value != null) {
        labels.put(entry.key(), value);
      }
    });
    if (labels.size() > Limits.LABELS) {
      section
          .place()
          .problem("has %d labels; give at most %d".formatted(labels.size(), Limits.LABELS));
    }
    return labels;
  }
}
