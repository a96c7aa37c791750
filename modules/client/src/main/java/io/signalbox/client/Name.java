package io.signalbox.client;

import java.util.regex.Pattern;

/** The form that pools, jobs, tasks, operations and classes are named in. */
final class Name {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:-]{1,200}");

  private Name() {}

  /**
   * Checks a name.
   *
   * @param what it names, for the message
   * @throws IllegalArgumentException when it hasn't the form
   */
  static String check(String what, String name) {
    if (!FORM.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "The "
              + what
              + " «"
              + name
              + "» isn't a name: use 1 to 200 characters of A-Z a-z 0-9 . _ : -");
    }
    return name;
  }
}
