package io.signalbox.worker;

/** Why an assignment is passed over without a word to the engine. */
public enum DropReason {
  /** It is for another pool, which shares the class's topic. */
  OTHER_POOL,
  /** Its time to be accepted is over; the engine offers the task again by itself. */
  LATE,
  /** The same attempt is held or was settled before. */
  DUPLICATE,
  /** It was linked to an attempt that didn't succeed here. */
  VOID
}
