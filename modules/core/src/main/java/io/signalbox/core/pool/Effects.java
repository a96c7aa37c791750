package io.signalbox.core.pool;

/** The only way out of a {@link Pool}. Effects happen in the order they are emitted. */
@FunctionalInterface
public interface Effects {
  /** Takes one effect. */
  void emit(Effect effect);

  /** False where nothing is stored: then no row is made to be saved, and none is deleted. */
  default boolean storesRows() {
    return true;
  }

  /** False where nobody listens to what becomes of single tasks: then only jobs are told of. */
  default boolean hearsOfTasks() {
    return true;
  }

  /** False where no other pool is told of what is learned: then it isn't learned zone by zone. */
  default boolean sharesModels() {
    return true;
  }
}
