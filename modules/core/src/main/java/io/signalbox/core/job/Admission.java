package io.signalbox.core.job;

/** What becomes of a job whose deadline can't be kept. */
public enum Admission {
  /** It is rejected with the proof; so is a job that would make an admitted one late. */
  ENFORCE,
  /** It runs, and is announced to be at risk. */
  WARN,
  /** Its deadline isn't tested. */
  OFF
}
