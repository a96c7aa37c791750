package io.signalbox.core.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Held against a sorted set. Takes a second. */
class SortedDevicesPropertyTest {
  private static final int DEVICES = 500;
  private static final Comparator<Device> ORDER =
      Comparator.<Device>comparingDouble(device -> device.sortedBy).thenComparing(Device::id);

  @Test
  void theyAreASortedSet() {
    for (long seed = 1; seed <= 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      // Few keys: many are equal, and ids decide. One: idle devices.
      int keys = List.of(1, 3, 1_000).get(random.nextInt(3));
      List<Device> devices = devices();
      SortedDevices sorted = new SortedDevices();
      TreeSet<Device> expected = new TreeSet<>(ORDER);
      // Grows, then shrinks to nothing and grows again, as keys do that are times.
      for (int step = 0; step < 6 * DEVICES; step++) {
        boolean growing = step / (2 * DEVICES) != 1;
        Device device = devices.get(random.nextInt(DEVICES));
        boolean isIn = expected.remove(device);
        if (isIn) {
          sorted.remove(device);
        }
        if (growing ? random.nextInt(4) > 0 : !isIn && random.nextInt(9) == 0) {
          device.sortedBy = random.nextInt(keys) + (random.nextBoolean() ? step : 0) / keys;
          expected.add(device);
          sorted.add(device);
        }
        check(expected, sorted, step % 50 == 0, "seed " + seed + ", step " + step);
      }
    }
  }

  private static void check(
      TreeSet<Device> expected, SortedDevices sorted, boolean all, String where) {
    assertEquals(expected.size(), sorted.size(), where);
    assertEquals(expected.isEmpty(), sorted.isEmpty(), where);
    if (!expected.isEmpty()) {
      assertEquals(expected.first(), sorted.first(), where);
      assertEquals(expected.last(), sorted.first(expected.last()::equals), where);
    }
    if (all) {
      List<Device> list = new ArrayList<>();
      sorted.forEach(list::add);
      assertEquals(List.copyOf(expected), list, where);
    }
  }

  @Test
  void whatIsntInCantBeTakenOut() {
    List<Device> devices = devices();
    SortedDevices sorted = new SortedDevices();
    assertThrows(IllegalStateException.class, () -> sorted.remove(devices.getFirst()));
    sorted.add(devices.get(1));
    assertThrows(IllegalStateException.class, () -> sorted.remove(devices.getFirst()));
    assertThrows(IllegalStateException.class, () -> sorted.remove(devices.getLast()));
  }

  private static List<Device> devices() {
    ClassDevices owner = new ClassDevices(new DeviceClass("cpu", 1, 0, 1, 1), 0);
    List<Device> devices = new ArrayList<>();
    for (int i = 0; i < DEVICES; i++) {
      devices.add(new Device(owner, report("device-" + i), 0));
    }
    return devices;
  }

  private static DeviceReport report(String id) {
    return new DeviceReport(
        id,
        "cpu",
        1,
        0,
        DeviceReport.State.ACTIVE,
        List.of(0),
        1,
        0,
        0,
        List.of(),
        0,
        0,
        0,
        0,
        true,
        Set.of());
  }
}
