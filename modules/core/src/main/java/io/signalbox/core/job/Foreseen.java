package io.signalbox.core.job;

/** What whoever predicts a task's run time keeps of it, so that it need not be found out again. */
public interface Foreseen {}
