package io.signalbox.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Memory, load and power of one NVIDIA GPU as {@code nvidia-smi} tells them. A heartbeat can't wait
 * for a program that takes up to a second, so each asks for the next reading and carries the last
 * one. A GPU that can't be asked is unhealthy: it may have fallen off its bus.
 */
final class NvidiaProbe implements DeviceProbe {
  private static final Logger LOG = LoggerFactory.getLogger(NvidiaProbe.class);
  private static final String FIELDS = "memory.total,memory.free,utilization.gpu,power.draw";
  private static final double BYTES_PER_MIB = 1 << 20;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int MOST_BYTES = 4_096;
  private static final DeviceReading UNHEALTHY = new DeviceReading(0, 0, 0, null, false);

  private final List<String> command;
  private @Nullable Process asked;
  private long askedNanos;
  private DeviceReading last = DeviceReading.UNKNOWN;

  /**
   * @param gpu index, UUID or bus id, as {@code nvidia-smi --id} takes it
   */
  NvidiaProbe(String gpu) {
    this(
        List.of(
            "nvidia-smi", "--id=" + gpu, "--query-gpu=" + FIELDS, "--format=csv,noheader,nounits"));
  }

  NvidiaProbe(List<String> command) {
    this.command = List.copyOf(command);
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
      return process.exitValue() == 0 ? reading(said) : broken(said);
    } catch (IOException e) {
      return broken(String.valueOf(e.getMessage()));
    }
  }

  /**
   * A line of {@code nvidia-smi}: mebibytes in all and free, percent in use, watts; a GPU that
   * doesn't measure one of the last two says so in brackets.
   */
  static DeviceReading reading(String line) {
    String[] fields = line.split(",", -1);
    if (fields.length != 4) {
      return broken(line);
    }
    try {
      String power = fields[3].trim();
      String load = fields[2].trim();
      return new DeviceReading(
          bytes(fields[0]),
          bytes(fields[1]),
          load.startsWith("[") ? 0 : Double.parseDouble(load) / 100,
          power.startsWith("[") ? null : Double.valueOf(power),
          true);
    } catch (NumberFormatException e) {
      return broken(line);
    }
  }

  private static long bytes(String mebibytes) {
    return Math.round(Double.parseDouble(mebibytes.trim()) * BYTES_PER_MIB);
  }

  private static DeviceReading broken(String why) {
    LOG.warn("nvidia-smi can't say how the GPU is, reported as unhealthy: {}", why);
    return UNHEALTHY;
  }
}
