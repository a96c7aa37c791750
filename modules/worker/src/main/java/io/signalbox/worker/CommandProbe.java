package io.signalbox.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a device is, as a program of its vendor tells. A heartbeat can't wait for a program that
 * takes up to a second, so each asks for the next reading and carries the last one. A device that
 * can't be asked is unhealthy: it may have fallen off its bus.
 */
final class CommandProbe implements DeviceProbe {
  private static final Logger LOG = LoggerFactory.getLogger(CommandProbe.class);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int MOST_BYTES = 65_536;
  private static final DeviceReading UNHEALTHY = new DeviceReading(0, 0, 0, null, false);

  private final List<String> command;
  private final Function<String, @Nullable DeviceReading> parser;
  private @Nullable Process asked;
  private long askedNanos;
  private DeviceReading last = DeviceReading.UNKNOWN;

  /**
   * A probe that hasn't asked yet.
   *
   * @param command the program and its arguments
   * @param parser what the program's output says; null when it says nothing of the device
   */
  CommandProbe(List<String> command, Function<String, @Nullable DeviceReading> parser) {
    this.command = List.copyOf(command);
    this.parser = parser;
  }

  @Override
  public synchronized DeviceReading read() {
    Process process = asked;
    if (process != null && !process.isAlive()) {
      last = answer(process);
      asked = null;
    } else if (process != null && System.nanoTime() - askedNanos > PATIENCE_NANOS) {
      process.destroyForcibly();
      last = broken("it doesn't answer");
      asked = null;
    }
    if (asked == null) {
      ask();
    }
    return last;
  }

  /** Completes when what was asked last has been answered. */
  synchronized CompletableFuture<?> answered() {
    Process process = asked;
    return process == null ? CompletableFuture.completedFuture(null) : process.onExit();
  }

  private void ask() {
    try {
      asked = new ProcessBuilder(command).redirectErrorStream(true).start();
      askedNanos = System.nanoTime();
    } catch (IOException e) {
      last = broken(String.valueOf(e.getMessage()));
    }
  }

  private DeviceReading answer(Process process) {
    try (InputStream out = process.getInputStream()) {
      String said = new String(out.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).trim();
      DeviceReading reading = process.exitValue() == 0 ? parser.apply(said) : null;
      return reading == null ? broken(said) : reading;
    } catch (IOException e) {
      return broken(String.valueOf(e.getMessage()));
    }
  }

  private DeviceReading broken(String why) {
    LOG.warn("{} can't say how the device is, reported as unhealthy: {}", command.get(0), why);
    return UNHEALTHY;
  }
}
