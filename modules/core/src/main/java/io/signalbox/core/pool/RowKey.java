package io.signalbox.core.pool;

/**
 * Key of a row within its pool.
 *
 * @param kind what the row holds
 * @param owner job, device, model, tenant or operation; empty for the pool itself
 * @param task task of a job, class of a model or of a hot operation; empty otherwise
 */
public record RowKey(Kind kind, String owner, String task) {
  /** What a row holds. The order is the order in which {@link Pool#restore} wants them. */
  public enum Kind {
    POOL,
    DEVICE,
    RUN_TIME,
    JOB,
    SPEC,
    TASK,
    RESULT,
    ALLOWANCE,
    HOTSPOT
  }
}
