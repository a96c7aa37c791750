package io.signalbox.devkit;

import java.util.List;
import java.util.Optional;

/**
 * A version as a request names it: a number from 1, or the latest.
 *
 * @param text as the request wrote it
 * @param number the version, -1 for the latest
 */
record VersionRef(String text, int number) {
  private static final int LATEST = -1;

  /** Reads {@code latest}, {@code -1} (which also means the latest) or a number from 1. */
  static VersionRef of(String text) {
    if (text.equals("latest")) {
      return new VersionRef(text, LATEST);
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= 1 || number == LATEST) {
        return new VersionRef(text, number);
      }
    } catch (NumberFormatException e) {
      // Answered below, as a number out of range is.
    }
    throw RegistryError.invalidVersion(text);
  }

  boolean isLatest() {
    return number == LATEST;
  }

  Optional<SchemaVersion> in(List<SchemaVersion> versions) {
    if (isLatest()) {
      return versions.isEmpty() ? Optional.empty() : Optional.of(versions.getLast());
    }
    return versions.stream().filter(version -> version.version() == number).findFirst();
  }
}
