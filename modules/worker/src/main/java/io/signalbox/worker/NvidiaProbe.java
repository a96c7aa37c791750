package io.signalbox.worker;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Memory, load and power of one NVIDIA GPU as {@code nvidia-smi} tells them. */
final class NvidiaProbe {
  private static final String FIELDS = "memory.total,memory.free,utilization.gpu,power.draw";
  private static final double BYTES_PER_MIB = 1 << 20;

  private NvidiaProbe() {}

  /**
   * Asks {@code nvidia-smi}.
   *
   * @param gpu index, UUID or bus id, as {@code nvidia-smi --id} takes it
   */
  static DeviceProbe of(String gpu) {
    return new CommandProbe(
        List.of(
            "nvidia-smi", "--id=" + gpu, "--query-gpu=" + FIELDS, "--format=csv,noheader,nounits"),
        NvidiaProbe::reading);
  }

  /**
   * A line of {@code nvidia-smi}: mebibytes in all and free, percent in use, watts; a GPU that
   * doesn't measure one of the last two says so in brackets. Null when it is no such line.
   */
  static @Nullable DeviceReading reading(String line) {
    String[] fields = line.split(",", -1);
    if (fields.length != 4) {
      return null;
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
      return null;
    }
  }

  private static long bytes(String mebibytes) {
    return Math.round(Double.parseDouble(mebibytes.trim()) * BYTES_PER_MIB);
  }
}
