package io.signalbox.core.estimate;

/** One version of one operation: what run times are learned for. */
public record OperationKey(String operation, String version) {}
