package io.signalbox.cli.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.signalbox.core.device.DeviceClass;
import io.signalbox.worker.DeviceReading;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class SimulatedProbeTest {
  private static final long GB = 1_000_000_000;
  private static final DeviceClass CPU = new DeviceClass("cpu", 1.5, 256 * GB, 350, 120);

  private final SimulatedProbe probe = new SimulatedProbe(4, CPU);

  private Disposable run(long memoryBytes) {
    return probe.during(memoryBytes, Mono.never()).subscribe();
  }

  @Test
  void idleDeviceHasAllItsMemoryAndDrawsLittle() {
    assertEquals(new DeviceReading(256 * GB, 256 * GB, 0, 120.0, 0.1, true), probe.read());
  }

  @Test
  void eachAttemptTakesASlotAndTheMemoryThatItNeeds() {
    run(40 * GB);
    assertEquals(new DeviceReading(256 * GB, 216 * GB, 0.25, 177.5, 0.325, true), probe.read());
    run(0);
    assertEquals(new DeviceReading(256 * GB, 216 * GB, 0.5, 235.0, 0.55, true), probe.read());
  }

  @Test
  void fullDeviceIsBusyAndWell() {
    for (int slot = 0; slot < 4; slot++) {
      run(60 * GB);
    }
    assertEquals(new DeviceReading(256 * GB, 16 * GB, 1, 350.0, 1.0, true), probe.read());
  }

  @Test
  void whatHasEndedInAnyWayTakesNothing() {
    DeviceReading idle = probe.read();
    Disposable cancelled = run(GB);
    Sinks.One<String> failing = Sinks.one();
    probe.during(GB, failing.asMono()).onErrorComplete().subscribe();
    assertEquals("done", probe.during(GB, Mono.just("done")).block());
    assertEquals(0.5, probe.read().load());
    cancelled.dispose();
    failing.tryEmitError(new IllegalStateException("broke"));
    assertEquals(idle, probe.read());
  }

  @Test
  void slotIsFreeWhenTheResultIsTold() {
    assertEquals(0.0, probe.during(GB, Mono.just("done")).map(done -> probe.read().load()).block());
  }

  @Test
  void ofAnUnknownClassOnlyLoadAndDiskAreKnown() {
    SimulatedProbe unknown = new SimulatedProbe(1, null);
    unknown.during(GB, Mono.never()).subscribe();
    assertEquals(new DeviceReading(0, 0, 1, null, 1.0, true), unknown.read());
  }
}
