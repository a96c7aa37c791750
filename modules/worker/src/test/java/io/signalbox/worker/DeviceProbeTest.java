package io.signalbox.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceProbeTest {
  private static final DeviceReading WELL = new DeviceReading(10, 5, 0.5, 30.0, true);

  private static CommandProbe nvidia(String... command) {
    return new CommandProbe(List.of(command), NvidiaProbe::reading);
  }

  /** As npu-smi writes it; the power of a card stands in the line of its first chip. */
  private static final String NPUS =
      """
      +----------------------------------------------------------------------------------------+
      | npu-smi 25.3.rc1                 Version: 25.3.rc1                                     |
      +---------------------------+---------------+--------------------------------------------+
      | NPU   Name                | Health        | Power(W)    Temp(C)    Hugepages-Usage(page)|
      | Chip  Phy-ID              | Bus-Id        | AICore(%)   Memory-Usage(MB)  HBM-Usage(MB) |
      +===========================+===============+============================================+
      | 0     Ascend910           | OK            | 178.5       36         0    / 0             |
      | 0     0                   | 0000:9D:00.0  | 75          0    / 0   16384/ 65536         |
      +----------------------------------------------------------------------------------------+
      | 0     Ascend910           | OK            | -           36         0    / 0             |
      | 1     1                   | 0000:9F:00.0  | 0           0    / 0   3195 / 65536         |
      +===========================+===============+============================================+
      | 1     310P3               | Alarm         | NA          41         0    / 0             |
      | 0     0                   | 0000:01:00.0  | 3           1024 / 21534                    |
      +===========================+===============+============================================+
      | No running processes found in NPU 0                                                    |
      """;

  @Test
  void tableOfNpuSmiIsReadChipByChip() {
    assertEquals(
        new DeviceReading(65536L << 20, 49152L << 20, 0.75, 178.5, true),
        AscendProbe.reading(NPUS, 0, 0));
    assertEquals(
        new DeviceReading(65536L << 20, 62341L << 20, 0, null, true),
        AscendProbe.reading(NPUS, 0, 1));
    assertEquals(
        new DeviceReading(21534L << 20, 20510L << 20, 0.03, null, false),
        AscendProbe.reading(NPUS, 1, 0));
  }

  @Test
  void npuThatTheTableDoesntNameCantBeRead() {
    assertNull(AscendProbe.reading(NPUS, 7, 0));
    assertNull(AscendProbe.reading(NPUS, 1, 1));
    assertNull(AscendProbe.reading("dcmi module initialize failed", 0, 0));
    assertNull(AscendProbe.reading(NPUS.replace(" 75 ", " ?? "), 0, 0));
  }

  @Test
  void programThatStandsInForNpuSmiIsAskedBesideTheHeartbeats(@TempDir Path folder)
      throws IOException {
    Path table = Files.writeString(folder.resolve("table"), NPUS);
    CommandProbe probe =
        new CommandProbe(List.of("cat", table.toString()), said -> AscendProbe.reading(said, 0, 0));
    assertEquals(DeviceReading.UNKNOWN, probe.read());
    probe.answered().join();
    assertEquals(178.5, probe.read().powerWatts());
    Files.delete(table);
    probe.answered().join();
    probe.read();
    probe.answered().join();
    assertFalse(probe.read().healthy());
  }

  @Test
  void machineOfThisProgramHasMemory() {
    DeviceReading reading = new MachineProbe(Runnable::run).read();
    assertTrue(reading.memoryTotalBytes() > 0, reading::toString);
    assertTrue(reading.memoryFreeBytes() > 0, reading::toString);
    assertTrue(reading.healthy());
  }

  @Test
  void heartbeatDoesntWaitForALookAtTheMachine() {
    List<Runnable> looks = new ArrayList<>();
    MachineProbe probe = new MachineProbe(looks::add);
    assertEquals(DeviceReading.UNKNOWN, probe.read());
    assertEquals(DeviceReading.UNKNOWN, probe.read());
    assertEquals(1, looks.size(), "one look at a time");
    looks.getFirst().run();
    assertTrue(probe.read().memoryTotalBytes() > 0);
    assertEquals(2, looks.size());
  }

  @Test
  void ioLatencyIsTheMeanTimeOfTheTransfersBetweenTwoLooks() {
    MachineProbe.Transfers then = new MachineProbe.Transfers(1_000, 500);
    assertEquals(2.5, new MachineProbe.Transfers(1_040, 600).meanMillisSince(then));
    assertNull(then.meanMillisSince(then), "there was none");
    assertNull(new MachineProbe.Transfers(10, 5).meanMillisSince(then), "a disk has gone");
  }

  @Test
  void lineOfNvidiaSmiIsReadWithItsUnits() {
    DeviceReading reading = NvidiaProbe.reading("81920, 40960, 75, 312.50");
    assertEquals(new DeviceReading(81920L << 20, 40960L << 20, 0.75, 312.5, true), reading);
  }

  @Test
  void whatAGpuDoesntMeasureIsUnknown() {
    DeviceReading reading =
        Objects.requireNonNull(NvidiaProbe.reading("15360, 15000, [N/A], [Not Supported]"));
    assertEquals(0, reading.load());
    assertNull(reading.powerWatts());
    assertTrue(reading.healthy());
  }

  @Test
  void gpuThatCantBeReadIsUnhealthy() {
    assertNull(NvidiaProbe.reading("No devices were found"));
    assertNull(NvidiaProbe.reading("a, b, c, d"));
    assertFalse(nvidia("/no/such/program").read().healthy());
  }

  @Test
  void heartbeatDoesntWaitForTheProgramAndCarriesItsLastAnswer() {
    CommandProbe probe = nvidia("sh", "-c", "echo 1024, 512, 10, 20");
    assertEquals(DeviceReading.UNKNOWN, probe.read());
    probe.answered().join();
    assertEquals(new DeviceReading(1024L << 20, 512L << 20, 0.1, 20.0, true), probe.read());
  }

  @Test
  void programThatFailsMakesItUnhealthy() {
    CommandProbe probe = nvidia("sh", "-c", "echo GPU is lost; exit 15");
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
