package io.signalbox.core.pool;

import io.signalbox.core.device.ClassDevices;
import io.signalbox.core.device.Device;
import io.signalbox.core.device.Quarantine;
import io.signalbox.core.job.Task;
import io.signalbox.core.tuning.Reschedule;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Places a device's tasks anew when what watches it says so: it goes into quarantine if it is ill
 * or too slow, and offers that it hasn't started are taken back. What runs goes on; speculation and
 * leases are there for that. An order that comes twice finds nothing more to take back.
 */
final class Rescheduling {
  /** Offers that one order takes back at most. */
  private static final int MOST_OFFERS = 1_000;

  private final State state;
  private final Experience experience;
  private final Map<String, DeviceView.Rescheduled> last = new HashMap<>();

  Rescheduling(State state, Experience experience) {
    this.state = state;
    this.experience = experience;
  }

  /** The last order about a device; null when there was none. */
  DeviceView.@Nullable Rescheduled last(Device device) {
    return last.get(device.id());
  }

  /** An order; one about a device that has left changes nothing. */
  void on(Reschedule order, Turn turn) {
    if (order.device().isEmpty()) {
      int left = MOST_OFFERS;
      for (Device device : List.copyOf(state.fleet.devices())) {
        left -= relieve(device, order, left, turn);
      }
      return;
    }
    Device device = state.fleet.device(order.device());
    if (device != null) {
      carryOut(order, device, turn);
    }
  }

  private void carryOut(Reschedule order, Device device, Turn turn) {
    int offers =
        switch (order.trigger()) {
          case HEALTH_CHECKS -> {
            // One that flaps may be well again, but the pool has seen it, too.
            boolean ill = !device.report().healthy() || device.quarantine() != null;
            if (ill) {
              experience.accused(device, Quarantine.Reason.HEALTH_CHECKS, turn);
            }
            yield ill ? withdraw(device, task -> true, order, MOST_OFFERS, turn) : 0;
          }
          case RESPONSE -> {
            boolean spared = device.quarantine() != null || state.fleet.canSpare(device);
            if (spared) {
              experience.accused(device, Quarantine.Reason.RESPONSE, turn);
            }
            yield spared ? withdraw(device, task -> true, order, MOST_OFFERS, turn) : 0;
          }
          case OCCUPANCY -> relieve(device, order, MOST_OFFERS, turn);
        };
    last.put(device.id(), new DeviceView.Rescheduled(order, turn.now(), offers));
    if (last.size() > 2 * state.fleet.devices().size()) {
      last.keySet().removeIf(id -> state.fleet.device(id) == null);
    }
  }

  /** A full device gives up only what another one could start at once; the rest would come back. */
  private int relieve(Device device, Reschedule order, int most, Turn turn) {
    return withdraw(device, task -> fitsElsewhere(task, device), order, most, turn);
  }

  private boolean fitsElsewhere(Task task, Device device) {
    for (ClassDevices owner : state.fleet.classes()) {
      List<String> allowed = task.kind().classes();
      if (!allowed.isEmpty() && !allowed.contains(owner.name())) {
        continue;
      }
      for (Device free : owner.free()) {
        if (free != device && free.fits(task.kind())) {
          return true;
        }
      }
    }
    return false;
  }

  private int withdraw(
      Device device, Predicate<Task> which, Reschedule order, int most, Turn turn) {
    return state.withdrawOffers(device, which, most, why(device, order), turn);
  }

  private static String why(Device device, Reschedule order) {
    String figures =
        switch (order.trigger()) {
          case HEALTH_CHECKS -> "%.0f of its health checks failed in a row";
          case RESPONSE -> "its attempts took %.2f s on average, more than %.2f s";
          case OCCUPANCY -> "its slots were in use by %.2f, more than %.2f, for long";
        };
    return "device '%s' lost its offer: ".formatted(device.id())
        + String.format(Locale.ROOT, figures, order.observed(), order.threshold());
  }
}
