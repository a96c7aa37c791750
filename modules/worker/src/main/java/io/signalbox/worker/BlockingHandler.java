package io.signalbox.worker;

/** Runs the tasks of an operation on a thread that it may block. */
@FunctionalInterface
public interface BlockingHandler {
  /**
   * Runs one attempt; the thread is interrupted when the attempt is cancelled or runs out of time.
   *
   * @return the result
   * @throws Exception as in {@link TaskHandler#handle}
   */
  Result handle(TaskContext task) throws Exception;
}
