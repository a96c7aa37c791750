package io.signalbox.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.cli.output.Cell;
import java.util.Locale;

/** What a device measured of itself, for people; "-" where it didn't. */
final class DeviceCells {
  private static final double BYTES_PER_GB = 1e9;

  private DeviceCells() {}

  static Cell load(JsonNode device) {
    return measured(device.path("load"), "%.0f %%", 100);
  }

  /** Free memory, and all of it. */
  static Cell memory(JsonNode device) {
    Cell free = measured(device.path("memoryFreeBytes"), "%.1f", 1 / BYTES_PER_GB);
    Cell total = measured(device.path("memoryTotalBytes"), "%.1f GB", 1 / BYTES_PER_GB);
    return total.value() == null
        ? total
        : new Cell(total.value(), free.text() + " of " + total.text());
  }

  static Cell ioLatency(JsonNode device) {
    return measured(device.path("ioLatencyMillis"), "%.1f ms", 1);
  }

  static Cell power(JsonNode device) {
    return measured(device.path("powerWatts"), "%.0f W", 1);
  }

  private static Cell measured(JsonNode figure, String format, double unit) {
    return figure.isNumber()
        ? new Cell(
            figure.numberValue(), String.format(Locale.ROOT, format, figure.asDouble() * unit))
        : Cell.of(null);
  }
}
