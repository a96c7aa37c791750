package io.signalbox.core.pool;

import io.signalbox.core.device.Device;
import io.signalbox.core.estimate.FederatedAverage;
import io.signalbox.core.estimate.RunTime;
import io.signalbox.core.estimate.RunTimeEstimator;
import io.signalbox.core.estimate.SharedModel;
import io.signalbox.core.job.Workload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What pools tell each other of run times. A pool says what it has learned, zone by zone, when
 * there is notably more of it; and it starts from the average of the others where it has learned
 * nothing itself. In memory only: what was told stands in the topic, from which a restarted pool is
 * told its own words again.
 */
final class Federation {
  /** Zones that are learned of each on its own; others count as no zone. */
  private static final int MOST_ZONES = 64;

  private static final int LEAST_SAMPLES = 3;
  private static final int MOST_UNTOLD = 1_000;

  /** Models of which is remembered how much of them was told. */
  private static final int MOST_TOLD = 100_000;

  private record Told(String zone, String operation, String version, String deviceClass) {}

  private final State state;
  private final Map<String, RunTimeEstimator> zones = new TreeMap<>();
  private final Map<Told, Long> told = new HashMap<>();

  Federation(State state) {
    this.state = state;
  }

  /** An attempt took so many seconds on a device. */
  void observed(Workload work, Device device, double seconds) {
    zone(device.report().zone()).observe(work, device.deviceClass(), seconds);
  }

  private RunTimeEstimator zone(String name) {
    RunTimeEstimator known = zones.get(name);
    if (known != null) {
      return known;
    }
    if (zones.size() >= MOST_ZONES && !name.isEmpty()) {
      return zone("");
    }
    RunTimeEstimator created = new RunTimeEstimator(state.settings.deviceClasses());
    zones.put(name, created);
    return created;
  }

  /** What all pools have told. */
  void on(Input.ModelsShared shared) {
    for (SharedModel model : shared.models()) {
      if (model.pool().equals(state.name)) {
        remember(model);
      }
    }
    List<SharedModel> others =
        shared.models().stream().filter(model -> !model.pool().equals(state.name)).toList();
    FederatedAverage.of(others).forEach(state.estimator::seed);
  }

  /** Words of its own, from before a restart. */
  private void remember(SharedModel model) {
    RunTime runTime = model.runTime();
    if (zone(model.zone()).seed(runTime)) {
      note(key(model.zone(), runTime), runTime.samples());
    }
  }

  /** Tells what is notably more than was told. */
  void tick(Turn turn) {
    zones.forEach((zone, learned) -> {
      for (RunTime runTime : learned.changedRunTimes()) {
        Told key = key(zone, runTime);
        long before = told.getOrDefault(key, 0L);
        long more = Math.clamp(before / 4, LEAST_SAMPLES, MOST_UNTOLD);
        if (runTime.samples() >= before + more) {
          note(key, runTime.samples());
          turn.effects().emit(new Effect.ShareModel(new SharedModel(state.name, zone, runTime)));
        }
      }
      learned.droppedRunTimes().forEach(dropped -> told.remove(key(zone, dropped)));
    });
  }

  private void note(Told key, long samples) {
    if (told.size() < MOST_TOLD || told.containsKey(key)) {
      told.put(key, samples);
    }
  }

  private static Told key(String zone, RunTime runTime) {
    return new Told(zone, runTime.operation(), runTime.version(), runTime.deviceClass());
  }
}
