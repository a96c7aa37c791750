package io.signalbox.engine.topics;

/** Topics that the engine can't work with; the message says which, why, and what to do. */
public final class TopicProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TopicProblemException(String message) {
    super(message);
  }
}
