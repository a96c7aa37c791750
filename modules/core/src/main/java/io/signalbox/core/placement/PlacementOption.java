package io.signalbox.core.placement;

import java.util.function.BiFunction;
import java.util.function.Function;

/** One thing about placement that can be set, by its name and as text. */
public final class PlacementOption {
  private final String name;
  private final String allowed;
  private final Function<PlacementSettings, String> read;
  private final BiFunction<PlacementSettings, String, PlacementSettings> write;

  /**
   * @param name dotted name
   * @param allowed what a value must be, to follow "must be"
   * @param read the value, as it would be written
   * @param write settings with another value; throws IllegalArgumentException for a wrong one
   */
  PlacementOption(
      String name,
      String allowed,
      Function<PlacementSettings, String> read,
      BiFunction<PlacementSettings, String, PlacementSettings> write) {
    this.name = name;
    this.allowed = allowed;
    this.read = read;
    this.write = write;
  }

  /** Its dotted name, such as {@code priority.agingSeconds}. */
  public String name() {
    return name;
  }

  /** What a value must be, to follow "must be". */
  public String allowed() {
    return allowed;
  }

  /** The value that settings have, as it would be written. */
  public String of(PlacementSettings settings) {
    return read.apply(settings);
  }

  /**
   * The settings with another value of this option.
   *
   * @throws IllegalArgumentException naming the option and what is allowed
   */
  public PlacementSettings set(PlacementSettings settings, String value) {
    try {
      return write.apply(settings, value.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s must be %s, is '%s'".formatted(name, allowed, value), e);
    }
  }
}
