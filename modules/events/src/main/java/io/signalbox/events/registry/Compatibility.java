package io.signalbox.events.registry;

/** Which changes of a subject's schema a registry lets pass. */
public enum Compatibility {
  /** Readers with the new schema read data of the version before. */
  BACKWARD,
  /** Readers with the new schema read data of all versions. */
  BACKWARD_TRANSITIVE,
  /** Readers with the version before read data of the new schema. */
  FORWARD,
  /** Readers with any version read data of the new schema. */
  FORWARD_TRANSITIVE,
  /** Both, against the version before. */
  FULL,
  /** Both, against all versions. */
  FULL_TRANSITIVE,
  /** Any change. */
  NONE;

  /** Whether the new schema must read data of old ones. */
  boolean isBackward() {
    return switch (this) {
      case BACKWARD, BACKWARD_TRANSITIVE, FULL, FULL_TRANSITIVE -> true;
      case FORWARD, FORWARD_TRANSITIVE, NONE -> false;
    };
  }

  /** Whether old schemas must read data of the new one. */
  boolean isForward() {
    return switch (this) {
      case FORWARD, FORWARD_TRANSITIVE, FULL, FULL_TRANSITIVE -> true;
      case BACKWARD, BACKWARD_TRANSITIVE, NONE -> false;
    };
  }

  /** Whether all versions count, not just the last one. */
  boolean isTransitive() {
    return switch (this) {
      case BACKWARD_TRANSITIVE, FORWARD_TRANSITIVE, FULL_TRANSITIVE -> true;
      case BACKWARD, FORWARD, FULL, NONE -> false;
    };
  }
}
