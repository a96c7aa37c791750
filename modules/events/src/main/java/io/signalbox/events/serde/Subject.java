package io.signalbox.events.serde;

/** The names of subjects: Confluent's TopicNameStrategy. */
public final class Subject {
  private Subject() {}

  /** The subject of a topic's values. */
  public static String ofValues(String topic) {
    return topic + "-value";
  }

  /** The subject of a topic's keys. */
  public static String ofKeys(String topic) {
    return topic + "-key";
  }
}
