package io.signalbox.core.admission;

/**
 * A change to a job that was made to keep its deadline, before a rejection was final: a finer or
 * coarser split, a lower precision, more classes. Whoever can make such changes tests the changed
 * job again and hands in what it changed; the proof carries it to the producer.
 *
 * @param operation what it was made to: all tasks of an operation
 * @param change for people: what was changed, from what to what
 */
public record Adjustment(String operation, String change) {}
