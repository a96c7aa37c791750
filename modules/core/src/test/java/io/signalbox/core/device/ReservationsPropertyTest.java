package io.signalbox.core.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.signalbox.core.job.Job;
import io.signalbox.core.job.TaskKind;
import io.signalbox.core.job.TaskSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Reserved devices stand where their reservations put them, few of them or many. */
class ReservationsPropertyTest {
  private static final Comparator<Device> FREE_FIRST =
      Comparator.comparingDouble(Device::availableAt).thenComparing(Device::id);

  @Test
  void busyDevicesAreInTheOrderInWhichTheyAreFree() {
    for (long seed = 1; seed <= 100; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Fleet fleet = busyFleet(random);
      ClassDevices devices = Objects.requireNonNull(fleet.ofClass("cpu"));
      List<Device> before = list(devices);
      for (int i = 0; i < random.nextInt(60); i++) {
        // Mostly those that are free first, as policies reserve them.
        List<Device> now = list(devices);
        Device device = now.get(random.nextInt(random.nextBoolean() ? 3 : now.size()));
        fleet.reserve(device, 0, 1 + random.nextInt(20));
        checkOrder(devices, before.size(), seed);
      }
      fleet.dropReservations(0);
      assertEquals(before, list(devices), "seed " + seed);
    }
  }

  @Test
  void whatHappensToAReservedDeviceMovesItAsEver() {
    for (long seed = 1; seed <= 100; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Fleet fleet = busyFleet(random);
      ClassDevices devices = Objects.requireNonNull(fleet.ofClass("cpu"));
      int size = list(devices).size();
      for (int i = 0; i < 5; i++) {
        fleet.reserve(list(devices).get(random.nextInt(3)), 0, 5);
      }
      Device device = list(devices).get(random.nextInt(size));
      fleet.lose(device, 0);
      checkOrder(devices, size - 1, seed);
      fleet.dropReservations(0);
      checkOrder(devices, size - 1, seed);
    }
  }

  private static void checkOrder(ClassDevices devices, int size, long seed) {
    List<Device> found = list(devices);
    List<Device> sorted = new ArrayList<>(Set.copyOf(found));
    sorted.sort(FREE_FIRST);
    assertEquals(sorted, found, "seed " + seed);
    assertEquals(size, found.size(), "seed " + seed);
    assertSame(found.getFirst(), devices.first(TaskKind.ANY), "seed " + seed);
  }

  private static Fleet busyFleet(SplittableRandom random) {
    Fleet fleet = new Fleet(List.of(new DeviceClass("cpu", 1, 0, 100, 10)));
    Job job = new Job("job", null, 0);
    int devices = 5 + random.nextInt(40);
    for (int i = 0; i < devices; i++) {
      Device device = fleet.report(report("device-" + i), 0);
      // Few different times: ids decide among equals.
      double seconds = 1 + random.nextInt(10);
      fleet.occupy(device, job.define(TaskSpec.of("task-" + i, "operation")), 1, seconds, 0, 0);
    }
    return fleet;
  }

  private static DeviceReport report(String id) {
    DeviceReport.State active = DeviceReport.State.ACTIVE;
    return new DeviceReport(
        id, "cpu", 1, 0, active, List.of(0), 1, 3, 0, List.of(), 0, 0, 0, 0, true, Set.of());
  }

  private static List<Device> list(ClassDevices devices) {
    List<Device> busy = new ArrayList<>();
    devices.busy().forEach(busy::add);
    return busy;
  }
}
