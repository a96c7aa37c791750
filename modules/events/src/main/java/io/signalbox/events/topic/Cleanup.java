package io.signalbox.events.topic;

/** What Kafka does with the old records of a topic. */
public enum Cleanup {
  /** Records are deleted when their retention is over. */
  DELETE("delete"),
  /** The last record of each key stays for good. */
  COMPACT("compact");

  private final String policy;

  Cleanup(String policy) {
    this.policy = policy;
  }

  /** The value of Kafka's {@code cleanup.policy}. */
  public String policy() {
    return policy;
  }
}
