package io.signalbox.engine.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.device.DeviceReport;
import io.signalbox.core.device.Vitals;
import io.signalbox.engine.scheduling.Records;
import io.signalbox.events.DeviceTelemetry;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeviceReportsTest {
  private static final Lanes ALL_LANES =
      new Lanes() {
        @Override
        public List<Integer> existing(String deviceClass, List<Integer> lanes) {
          return lanes;
        }

        @Override
        public void need(String deviceClass, int lanes) {}
      };

  @Test
  void warmModelsAreTold() {
    assertEquals(Set.of("embed", "decode"), read(List.of("embed", "decode", "embed")));
  }

  @Test
  void deviceThatNamesVeryManyWarmModelsKeepsTheFirst() {
    List<String> many = IntStream.range(0, 1_000).mapToObj(i -> "op" + i).toList();
    Set<String> kept = read(many);
    assertEquals(64, kept.size());
    assertTrue(kept.contains("op63"));
  }

  @Test
  void whatIsMeasuredIsTold() {
    DeviceTelemetry beat =
        DeviceTelemetry.newBuilder(Records.heartbeat("p", "gpu-1", 1, Instant.EPOCH))
            .setMemoryTotalBytes(80)
            .setMemoryFreeBytes(56)
            .setIoLatencyMillis(0.5)
            .setPowerWatts(0.0)
            .build();
    DeviceReport report = DeviceReports.read(beat, ALL_LANES);
    assertEquals(80, report.memoryTotalBytes());
    assertEquals(new Vitals(56L, 0.0005, 0.0), report.vitals());
  }

  @Test
  void whatIsNotMeasuredOrCantBeIsUnknown() {
    DeviceTelemetry silent = Records.heartbeat("p", "gpu-1", 1, Instant.EPOCH);
    DeviceTelemetry odd =
        DeviceTelemetry.newBuilder(silent)
            .setMemoryTotalBytes(-1)
            .setMemoryFreeBytes(56)
            .setIoLatencyMillis(Double.NaN)
            .setPowerWatts(-1.0)
            .build();
    for (DeviceTelemetry beat : List.of(silent, odd)) {
      assertEquals(Vitals.UNKNOWN, DeviceReports.read(beat, ALL_LANES).vitals());
    }
  }

  private static Set<String> read(List<String> warmModels) {
    DeviceTelemetry beat =
        DeviceTelemetry.newBuilder(Records.heartbeat("p", "gpu-1", 1, Instant.EPOCH))
            .setWarmModels(warmModels)
            .build();
    DeviceReport report = DeviceReports.read(beat, ALL_LANES);
    return report.warmModels();
  }
}
