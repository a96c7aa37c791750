package io.signalbox.engine.translate;

import org.apache.kafka.common.errors.RetriableException;

/** Tells failures that pass from those that stay. */
public final class Retriable {
  private static final int MAX_DEPTH = 20;

  private Retriable() {}

  /** True when something that Kafka calls retriable is at the bottom of it. */
  public static boolean is(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
      if (cause instanceof RetriableException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /** What is at the bottom of it. */
  public static Throwable root(Throwable failure) {
    Throwable root = failure;
    for (int depth = 0; root.getCause() != null && depth < MAX_DEPTH; depth++) {
      root = root.getCause();
    }
    return root;
  }
}
