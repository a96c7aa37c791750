package io.signalbox.events.topic;

/** What decides the partition of a record, and so what is read in order. */
public enum Partitioning {
  /** By pool: every topic of this kind has the same number of partitions, fixed at its creation. */
  POOL,
  /** By job. */
  JOB,
  /** By operation. */
  OPERATION,
  /** By lane: the writer names the partition itself; the topic may grow. */
  LANE,
  /** By pool, zone, operation and class; read whole. */
  MODEL,
  /** By cache key. */
  CACHE_KEY,
  /** As the record was keyed where it was read. */
  SOURCE
}
