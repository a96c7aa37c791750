package io.signalbox.core.hotspot;

/**
 * An operation that is hot on a class, as a pool is told of it.
 *
 * @param operation the operation
 * @param deviceClass the class whose attempts made it hot
 * @param share of the run time of all attempts of the pool in the window, 0 to 1
 * @param countShare of the number of all attempts of the pool in the window, 0 to 1; 0 when unknown
 * @param perSecond attempts a second
 * @param meanSeconds mean run time
 * @param at end of the window that says so, in seconds since the epoch
 */
public record HotOperation(
    String operation,
    String deviceClass,
    double share,
    double countShare,
    double perSecond,
    double meanSeconds,
    double at) {
  public HotOperation {
    isShare("share", share);
    isShare("countShare", countShare);
    isNumber("perSecond", perSecond);
    isNumber("meanSeconds", meanSeconds);
    isNumber("at", at);
  }

  private static void isShare(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must be 0 to 1, is " + value);
    }
  }

  private static void isNumber(String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " must be >= 0 and finite, is " + value);
    }
  }
}
