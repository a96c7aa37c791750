package io.signalbox.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Memory, load, power and health of one chip of an Ascend NPU, as the table of {@code npu-smi info}
 * tells them. Two of its lines make a chip:
 *
 * <pre>
 *   | NPU  Name            | Health       | Power(W)  Temp(C)           Hugepages-Usage(page) |
 *   | Chip Phy-ID          | Bus-Id       | AICore(%) Memory-Usage(MB)  HBM-Usage(MB)         |
 * </pre>
 */
final class AscendProbe {
  private static final Pattern USAGE = Pattern.compile("(\\d+)\\s*/\\s*(\\d+)");
  private static final Set<String> WELL = Set.of("OK", "Warning");
  private static final long BYTES_PER_MB = 1 << 20;

  private AscendProbe() {}

  /**
   * Asks {@code npu-smi}.
   *
   * @param npu number of the NPU
   * @param chip number of the chip on it
   */
  static DeviceProbe of(int npu, int chip) {
    return new CommandProbe(List.of("npu-smi", "info"), table -> reading(table, npu, chip));
  }

  /** What the table says of a chip; null when it says nothing. */
  static @Nullable DeviceReading reading(String table, int npu, int chip) {
    List<String> device = List.of();
    for (String line : (Iterable<String>) table.lines()::iterator) {
      List<String> cells = cells(line);
      if (cells.size() != 3) {
        device = List.of();
      } else if (device.isEmpty()) {
        device = cells;
      } else {
        if (begins(device, npu) && begins(cells, chip)) {
          return reading(device, cells);
        }
        device = List.of();
      }
    }
    return null;
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    if (line.startsWith("|")) {
      for (String cell : line.substring(1).split("\\|", -1)) {
        if (!cell.isBlank()) {
          cells.add(cell.trim());
        }
      }
    }
    return cells;
  }

  private static boolean begins(List<String> cells, int number) {
    return cells.get(0).split("\\s+", 2)[0].equals(Integer.toString(number));
  }

  private static @Nullable DeviceReading reading(List<String> device, List<String> chip) {
    long used = 0;
    long total = 0;
    Matcher usages = USAGE.matcher(chip.get(2));
    while (usages.find()) {
      // Chips with HBM report no other memory, and the other way round.
      if (Long.parseLong(usages.group(2)) > total) {
        used = Long.parseLong(usages.group(1));
        total = Long.parseLong(usages.group(2));
      }
    }
    try {
      String power = device.get(2).split("\\s+", 2)[0];
      return new DeviceReading(
          total * BYTES_PER_MB,
          (total - used) * BYTES_PER_MB,
          Double.parseDouble(chip.get(2).split("\\s+", 2)[0]) / 100,
          power.startsWith("-") || power.equals("NA") ? null : Double.valueOf(power),
          WELL.contains(device.get(1)));
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
