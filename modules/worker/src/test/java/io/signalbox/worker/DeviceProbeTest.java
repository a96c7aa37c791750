package io.signalbox.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceProbeTest {
  private static final DeviceReading WELL = new DeviceReading(10, 5, 0.5, 30.0, true);

  @Test
  void machineOfThisProgramHasMemory() {
    DeviceReading reading = DeviceProbe.ofMachine().read();
    assertTrue(reading.memoryTotalBytes() > 0, reading::toString);
    assertTrue(reading.healthy());
  }

  @Test
  void lineOfNvidiaSmiIsReadWithItsUnits() {
    DeviceReading reading = NvidiaProbe.reading("81920, 40960, 75, 312.50");
    assertEquals(new DeviceReading(81920L << 20, 40960L << 20, 0.75, 312.5, true), reading);
  }

  @Test
  void whatAGpuDoesntMeasureIsUnknown() {
    DeviceReading reading = NvidiaProbe.reading("15360, 15000, [N/A], [Not Supported]");
    assertEquals(0, reading.load());
    assertNull(reading.powerWatts());
    assertTrue(reading.healthy());
  }

  @Test
  void gpuThatCantBeReadIsUnhealthy() {
    assertFalse(NvidiaProbe.reading("No devices were found").healthy());
    assertFalse(NvidiaProbe.reading("a, b, c, d").healthy());
    assertFalse(new NvidiaProbe(List.of("/no/such/program")).read().healthy());
  }

  @Test
  void heartbeatDoesntWaitForTheProgramAndCarriesItsLastAnswer() {
    NvidiaProbe probe = new NvidiaProbe(List.of("sh", "-c", "echo 1024, 512, 10, 20"));
    assertEquals(DeviceReading.UNKNOWN, probe.read());
    probe.answered().join();
    assertEquals(new DeviceReading(1024L << 20, 512L << 20, 0.1, 20.0, true), probe.read());
  }

  @Test
  void programThatFailsMakesItUnhealthy() {
    NvidiaProbe probe = new NvidiaProbe(List.of("sh", "-c", "echo GPU is lost; exit 15"));
    probe.read();
    probe.answered().join();
    assertFalse(probe.read().healthy());
  }

  @Test
  void deviceIsWellWhileAllChecksSaySo() {
    DeviceProbe probe = () -> WELL;
    assertEquals(WELL, probe.with(List.of(() -> true, () -> true)).read());
    DeviceReading ill = probe.with(List.of(() -> true, () -> false)).read();
    assertFalse(ill.healthy());
    assertEquals(WELL.memoryFreeBytes(), ill.memoryFreeBytes());
    assertFalse(((DeviceProbe) WELL::unhealthy).with(List.of()).read().healthy());
  }
}
