package io.signalbox.bench.scale;

/** What grows in a scale benchmark. */
public enum Growth {
  /** Tasks of one job; jobs run one at a time. */
  JOB_SIZE,
  /** Jobs that are live at once, of ten tasks each. */
  JOBS,
  /** Devices that are there. */
  DEVICES,
  /** Pools that share an engine; the tasks are shared out among them. */
  POOLS
}
