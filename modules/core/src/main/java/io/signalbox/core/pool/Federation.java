package io.signalbox.core.pool;

import io.signalbox.core.device.Device;
import io.signalbox.core.estimate.FederatedAverage;
import io.signalbox.core.estimate.RunTime;
import io.signalbox.core.estimate.RunTimeEstimator;
import io.signalbox.core.estimate.SharedModel;
import io.signalbox.core.job.Workload;
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

  private final State state;
  private final Map<String, RunTimeEstimator> zones = new TreeMap<>();

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
        // Words of its own, from before a restart.
        zone(model.zone()).seed(model.runTime());
      }
    }
    List<SharedModel> others =
        shared.models().stream().filter(model -> !model.pool().equals(state.name)).toList();
    FederatedAverage.of(others).forEach(state.estimator::seed);
  }

  /** Tells what is notably more than was told. */
  void tick(Turn turn) {
    for (Map.Entry<String, RunTimeEstimator> zone : zones.entrySet()) {
      for (RunTime news : zone.getValue().news()) {
        turn.effects()
            .emit(new Effect.ShareModel(new SharedModel(state.name, zone.getKey(), news)));
      }
      // What was told of them is forgotten with them.
      zone.getValue().droppedRunTimes();
    }
  }
}
