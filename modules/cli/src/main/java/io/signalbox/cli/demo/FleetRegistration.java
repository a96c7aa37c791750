package io.signalbox.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.cli.cluster.EngineApi;
import io.signalbox.cli.output.CommandFailure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Waits until the engine knows every device and the lanes it reads: a schedule that begins with
 * half of the fleet says little about the scheduler.
 */
final class FleetRegistration {
  private static final long POLL_MILLIS = 50;

  private FleetRegistration() {}

  static void await(EngineApi engine, int devices, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      int known = withLanes(engine.required("/v1/devices").path("devices"));
      if (known >= devices) {
        return;
      }
      if (System.nanoTime() - deadline > 0) {
        throw CommandFailure.failed(
            "only %d of %d devices have lanes after %d s"
                .formatted(known, devices, limit.toSeconds()));
      }
      pause();
    }
  }

  private static int withLanes(JsonNode devices) {
    int count = 0;
    for (JsonNode device : devices) {
      if (device.path("state").asText().equals("ACTIVE") && !device.path("lanes").isEmpty()) {
        count++;
      }
    }
    return count;
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.failed("interrupted", e);
    }
  }
}
