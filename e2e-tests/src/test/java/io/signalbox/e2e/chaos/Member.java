package io.signalbox.e2e.chaos;

import io.signalbox.e2e.Launched;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.regex.Matcher;

/** A part of the deployment: a process that can die, stand still and be started again. */
final class Member implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(180);

  /** Where all start at once on a busy machine, a broker may not answer one in time. */
  private static final int STARTS = 3;

  private final String name;
  private final Supplier<Launched> starter;
  private final String ready;
  private volatile Launched process;
  private volatile String said = "";

  /**
   * @param starter starts it
   * @param ready what a line of its output contains once it works; a group in it is kept
   */
  Member(String name, Supplier<Launched> starter, String ready) {
    this.name = name;
    this.starter = starter;
    this.ready = ready;
  }

  /** Starts it and doesn't wait. */
  Member launch() {
    process = starter.get();
    return this;
  }

  /** Waits until it works; one that gives up is started again, as a service manager would. */
  Member awaitReady() {
    for (int start = 1; ; start++) {
      try {
        Matcher found = process.awaitLine(ready, LIMIT);
        said = found.groupCount() > 0 ? found.group(1) : found.group();
        return this;
      } catch (AssertionError e) {
        if (process.isAlive() || start == STARTS) {
          throw e;
        }
        System.out.println("chaos: " + name + " gave up and is started again");
        launch();
      }
    }
  }

  void start() {
    launch().awaitReady();
  }

  /** What it said when it was ready. */
  String said() {
    return said;
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** SIGKILL. */
  void kill() {
    process.kill();
  }

  /** SIGTERM, and waits for its end. */
  void stop() {
    process.stop(LIMIT);
  }

  /** SIGSTOP. */
  void pause() {
    process.pause();
  }

  /** SIGCONT. */
  void resume() {
    process.resume();
  }

  /** Waits for its end, which something else brings about; returns its exit code. */
  int awaitExit() {
    return process.awaitExit(LIMIT);
  }

  String report() {
    return name + ": " + (process == null ? "never started" : process.report());
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
