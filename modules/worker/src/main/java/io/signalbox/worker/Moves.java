package io.signalbox.worker;

/** Everything that {@link Offers} asks of the world. */
interface Moves {
  /**
   * Write STARTED, acknowledge the offer, run the attempt, in this order. Where the attempt should
   * be over in a moment: run it, and acknowledge the offer when STARTED or its end is written.
   */
  void start(Offer offer);

  /**
   * The attempt that the offer was linked to has just succeeded: write STARTED and run the attempt
   * without waiting for that, acknowledge the offer when it is written.
   */
  void follow(Offer offer);

  /** Write RELEASED, then acknowledge the offer. */
  void release(Offer offer, String reason);

  /** Acknowledge the offer and do nothing else. */
  void drop(Offer offer, DropReason reason);

  /** Stop a started attempt, write RELEASED, and acknowledge the offer if it wasn't yet. */
  void stop(Offer offer, String reason);
}
