package io.signalbox.engine.translate;

import java.util.regex.Pattern;

/** What may name a pool. */
public final class PoolName {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:-]{1,200}");

  private PoolName() {}

  /**
   * Returns the name.
   *
   * @throws UnusableRecordException when it is none
   */
  public static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new UnusableRecordException(
          "pool '"
              + name.substring(0, Math.min(name.length(), 200))
              + "': 1 to 200 characters of [A-Za-z0-9._:-] make a name");
    }
    return name;
  }
}
