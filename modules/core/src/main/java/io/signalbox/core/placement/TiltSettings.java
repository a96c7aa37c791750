package io.signalbox.core.placement;

/**
 * How far placement leans towards hot operations.
 *
 * @param operations so many at most, those with the largest share of the pool's time first; 0: none
 * @param weight what being hot adds to the priority of a task whose operation is much shorter than
 *     the others, at most; see {@link Favour}
 * @param slots the largest part of any class's slots that is kept for hot operations, 0 to 1
 */
public record TiltSettings(int operations, double weight, double slots) {
  /** The documented defaults. */
  public static final TiltSettings DEFAULT = new TiltSettings(8, 2, 0.5);

  public TiltSettings {
    if (operations < 0) {
      throw new IllegalArgumentException("tilt.operations must be >= 0, is " + operations);
    }
    if (!(weight >= 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException("tilt.weight must be >= 0 and finite, is " + weight);
    }
    if (!(slots >= 0 && slots <= 1)) {
      throw new IllegalArgumentException("tilt.slots must be 0 to 1, is " + slots);
    }
  }
}
