package io.signalbox.core.pool;

import io.signalbox.core.device.Device;
import io.signalbox.core.fairness.Quotas;
import io.signalbox.core.job.Job;
import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskState;
import io.signalbox.core.placement.Placement;
import io.signalbox.core.placement.PlacementFactory;
import io.signalbox.core.placement.PlacementOptions;
import io.signalbox.core.placement.PlacementSettings;
import io.signalbox.core.placement.Placements;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which policy a pool has, and its change at run time. The new policy takes over the queue in the
 * order in which tasks became ready; attempts go on where they are and are charged to their tenants
 * anew. What the old one knew beyond that is gone, as with a restart: the plan, how far tenants
 * were ahead of each other, how often operations failed. Quotas hold from the next submission on
 * and leave the policy as it is.
 */
final class Governance {
  /** Options that may differ from the settings at once, those of single tenants included. */
  private static final int MOST_CHANGED = 1_000;

  private final State state;
  private final @Nullable PlacementFactory own;
  private Map<String, String> changed = Map.of();
  private PlacementSettings settings;

  Governance(State state, @Nullable PlacementFactory own) {
    this.state = state;
    this.own = own;
    this.settings = state.settings.placement();
  }

  /** A policy without tasks, as things stand. */
  Placement create() {
    PlacementFactory factory = own == null ? Placements.named(settings.policy()) : own;
    return factory.create(state.fleet, state.estimator, settings);
  }

  /** Options that differ from the settings of the pool. */
  Map<String, String> changed() {
    return changed;
  }

  /** How much tenants may bring in now. */
  Quotas quotas() {
    return settings.fairness().quotas();
  }

  PlacementView view() {
    return new PlacementView(state.placement.name(), PlacementOptions.of(settings), changed);
  }

  /** Takes over what was stored; there are no tasks yet. */
  void restore(Map<String, String> stored) {
    if (stored.isEmpty()) {
      return;
    }
    try {
      settings = state.settings.placement().with(stored);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("stored state is damaged: " + e.getMessage(), e);
    }
    changed = stored;
    state.placement = create();
  }

  /** Changes options, or says why that can't be; all of them or none. */
  void change(Map<String, String> options, Turn turn) {
    Map<String, String> next = new TreeMap<>(changed);
    PlacementSettings wanted;
    try {
      options.forEach((name, value) -> {
        PlacementOptions.named(name);
        if (value.isBlank()) {
          next.remove(name);
        } else {
          next.put(name, value.strip());
        }
      });
      wanted = state.settings.placement().with(next);
    } catch (IllegalArgumentException e) {
      turn.refuse("placement of pool '%s': %s".formatted(state.name, e.getMessage()));
      return;
    }
    String reason = objection(options, next);
    if (reason != null) {
      turn.refuse("placement of pool '%s': %s".formatted(state.name, reason));
    } else if (!next.equals(changed)) {
      changed = Map.copyOf(next);
      turn.save(state.row());
      boolean places =
          !wanted.equals(settings.with(settings.fairness().with(wanted.fairness().quotas())));
      settings = wanted;
      if (places) {
        replace(turn.now());
      }
    }
  }

  private @Nullable String objection(Map<String, String> options, Map<String, String> next) {
    if (own != null) {
      return "it has the policy '%s' of its own, which can't be changed"
          .formatted(state.placement.name());
    }
    if (options.isEmpty()) {
      return "no option is named; there are " + PlacementOptions.names();
    }
    return next.size() > MOST_CHANGED
        ? "at most %d options can differ from the settings, these would be %d"
            .formatted(MOST_CHANGED, next.size())
        : null;
  }

  private void replace(double now) {
    state.placement = create();
    List<Task> ready = new ArrayList<>();
    for (Job job : state.jobs.values()) {
      for (Task task : job.tasks()) {
        task.plan(null);
        // Its place in the old queue could be another task's in the new one.
        task.leaveQueue();
        task.placed().forEach(live -> charge(task, live));
        if (task.state() instanceof TaskState.Ready) {
          ready.add(task);
        }
      }
      state.placement.grown(job, job.size());
    }
    ready.sort(Comparator.comparingDouble(Governance::readySince));
    ready.forEach(state.placement::add);
    state.fleet.favour(Set.of(), now);
    state.hotspots.lean(now);
  }

  private void charge(Task task, TaskState.Placed live) {
    Device device = state.fleet.device(live.device());
    if (device != null) {
      state.placement.charged(task, device.deviceClass(), live.predictedSeconds());
    }
  }

  private static double readySince(Task task) {
    return task.state() instanceof TaskState.Ready ready ? ready.since() : 0;
  }
}
