package io.signalbox.core.job;

/**
 * An edge of the DAG, seen from the child.
 *
 * @param task the parent
 * @param sizeBytes bytes that move from parent to child when they run on different devices; 0 when
 *     unknown
 */
public record Dependency(String task, long sizeBytes) {}
