package io.signalbox.engine.delivery;

import io.signalbox.core.pool.Pool;
import java.util.List;
import java.util.stream.Stream;

/** Where everything in a pool stands, as far as it must survive a restart. */
final class Standing {
  private Standing() {}

  static List<String> of(Pool pool) {
    Stream<String> jobs =
        pool.jobs().stream()
            .map(job ->
                "%s %s %s %d ready %s"
                    .formatted(job.job(), job.sealed(), job.counts(), job.ready(), job.outcome()));
    Stream<String> devices =
        pool.devices().stream()
            .map(device ->
                "%s %d running %d offered %s %.6f %s"
                    .formatted(
                        device.report().id(),
                        device.running(),
                        device.offered(),
                        device.drained(),
                        device.slowness(),
                        device.quarantine()));
    return Stream.concat(jobs, devices).sorted().toList();
  }
}
