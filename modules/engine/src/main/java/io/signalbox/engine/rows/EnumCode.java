package io.signalbox.engine.rows;

import java.util.List;

/**
 * An enum's constants by the number that the row format gives them: their place in the list here,
 * whatever the order in which the enum declares them. New constants are added at the end.
 */
final class EnumCode<E extends Enum<E>> {
  private final List<E> constants;

  EnumCode(List<E> constants) {
    this.constants = constants;
    Class<E> type = constants.getFirst().getDeclaringClass();
    for (E constant : type.getEnumConstants()) {
      if (!this.constants.contains(constant)) {
        throw new IllegalStateException("the row format has no number for " + constant);
      }
    }
  }

  int number(E constant) {
    return constants.indexOf(constant);
  }

  /**
   * @throws UnreadableRowException when no constant has that number
   */
  E constant(int number) {
    if (number >= constants.size()) {
      throw new UnreadableRowException(
          constants.getFirst().getDeclaringClass().getSimpleName()
              + " number "
              + number
              + " isn't known");
    }
    return constants.get(number);
  }
}
