package io.signalbox.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process of a test: what it writes is kept, lines can be waited for, and {@link #close} leaves
 * nothing of it behind.
 */
public final class Launched implements AutoCloseable {
  private final String name;
  private final Process process;
  private final Output out;
  private final Output err;

  private Launched(String name, Process process) {
    this.name = name;
    this.process = process;
    this.out = new Output(process.inputReader());
    this.err = new Output(process.errorReader());
  }

  /**
   * Starts a process.
   *
   * @param name what it is called in failures
   * @param folder its working folder, made when it isn't there
   * @param environment variables in addition to those of this process
   * @param command the program and its arguments
   */
  public static Launched start(
      String name, Path folder, Map<String, String> environment, List<String> command) {
    try {
      Files.createDirectories(folder);
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.outputWriter().close();
      // Also when this JVM is told to stop in the middle of a test.
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      return new Launched(name, process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until a line of standard output contains the pattern, also one written before. */
  public Matcher awaitLine(String pattern, Duration limit) {
    return awaitLine(pattern, 0, limit);
  }

  /** Waits until a line of standard output after the first {@code from} contains the pattern. */
  public Matcher awaitLine(String pattern, int from, Duration limit) {
    Matcher found = out.await(Pattern.compile(pattern), from, limit);
    if (found == null) {
      throw new AssertionError(
          name + " wrote no line with /" + pattern + "/ within " + limit + "\n" + report());
    }
    return found;
  }

  /** Waits until the process has ended; returns its exit code. */
  public int awaitExit(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(name + " hasn't ended within " + limit + "\n" + report());
      }
      out.awaitEnd();
      err.awaitEnd();
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** True until it has ended. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** The lines of its standard output so far. */
  public List<String> out() {
    return out.lines();
  }

  /** The lines of its standard error so far. */
  public List<String> err() {
    return err.lines();
  }

  /** Ends it as a user would, by SIGTERM, and returns its exit code: 143 of a JVM. */
  public int stop(Duration limit) {
    // Unlike Process.destroy this leaves its streams open for its last words.
    process.toHandle().destroy();
    return awaitExit(limit);
  }

  /** Kills it with everything it has started: SIGKILL, no farewell. */
  public void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets it stand still: SIGSTOP, which it isn't told of. */
  public void pause() {
    signal("STOP");
  }

  /** Lets it go on after {@link #pause}. */
  public void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    String command = "kill -" + name + " " + process.pid();
    try {
      int status = new ProcessBuilder("sh", "-c", command).inheritIO().start().waitFor();
      if (status != 0) {
        throw new AssertionError(command + ": status " + status + "\n" + report());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    kill();
  }

  /** What it wrote, for a failure's message. */
  public String report() {
    return "exit code "
        + (process.isAlive() ? "none yet" : process.exitValue())
        + "\nstdout:\n"
        + String.join("\n", out.lines())
        + "\nstderr:\n"
        + String.join("\n", err.lines());
  }

  /** The lines of one stream, read as they come. */
  private static final class Output {
    private final List<String> lines = new ArrayList<>();
    private final Thread reader;
    private boolean ended;

    Output(BufferedReader source) {
      reader = Thread.ofVirtual().start(() -> read(source));
    }

    private void read(BufferedReader source) {
      try (source) {
        for (String line = source.readLine(); line != null; line = source.readLine()) {
          add(line);
        }
      } catch (IOException e) {
        add("(" + e + ")");
      } finally {
        end();
      }
    }

    private synchronized void add(String line) {
      lines.add(line);
      notifyAll();
    }

    private synchronized void end() {
      ended = true;
      notifyAll();
    }

    synchronized List<String> lines() {
      return List.copyOf(lines);
    }

    synchronized Matcher await(Pattern pattern, int from, Duration limit) {
      long deadline = System.nanoTime() + limit.toNanos();
      for (int next = from; ; next++) {
        while (next >= lines.size()) {
          long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
          if (ended || left <= 0 || !pause(left)) {
            return null;
          }
        }
        Matcher matcher = pattern.matcher(lines.get(next));
        if (matcher.find()) {
          return matcher;
        }
      }
    }

    private boolean pause(long millis) {
      try {
        wait(millis);
        return true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    void awaitEnd() throws InterruptedException {
      reader.join();
    }
  }
}
