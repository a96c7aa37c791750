package io.signalbox.events.topic;

import java.util.regex.Pattern;

/** The rules that Kafka has for names of topics. */
final class TopicName {
  private static final int MAX_LENGTH = 249;
  private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9._-]*");

  private TopicName() {}

  /**
   * Returns {@code name} when Kafka accepts it.
   *
   * @throws IllegalArgumentException when it doesn't
   */
  static String check(String name) {
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      throw new IllegalArgumentException("Not a name for a topic: \"" + name + "\"");
    }
    if (name.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "The name of a topic has at most "
              + MAX_LENGTH
              + " characters, but this one "
              + name.length()
              + ": "
              + name);
    }
    checkCharacters("The name of a topic", name);
    return name;
  }

  /** Checks the characters of a part of a name, called {@code what} in the message. */
  static void checkCharacters(String what, String part) {
    if (!LEGAL.matcher(part).matches()) {
      throw new IllegalArgumentException(
          what + " may hold only [A-Za-z0-9._-], as Kafka has it: \"" + part + "\"");
    }
  }
}
