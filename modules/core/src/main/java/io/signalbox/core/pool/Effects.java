package io.signalbox.core.pool;

/** The only way out of a {@link Pool}. Effects happen in the order they are emitted. */
@FunctionalInterface
public interface Effects {
  /** Takes one effect. */
  void emit(Effect effect);
}
