package io.signalbox.core.placement;

import io.signalbox.core.device.Availability;
import io.signalbox.core.device.ClassDevices;
import io.signalbox.core.device.Device;
import io.signalbox.core.device.Fleet;
import io.signalbox.core.device.Quarantine;
import io.signalbox.core.job.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What every policy can say of a queued task: how the devices stand towards it. Looks at each
 * device and changes nothing, so it is meant for questions people ask.
 */
final class Prospects {
  private final Fleet fleet;
  private final Finishes finishes;

  Prospects(Fleet fleet, Finishes finishes) {
    this.fleet = fleet;
    this.finishes = finishes;
  }

  /** The classes that the task may run on, in the order of the settings. */
  List<ClassState> classes(Task task, double now) {
    List<ClassState> states = new ArrayList<>();
    for (ClassDevices candidates : fleet.classes()) {
      if (Finishes.allows(task.kind().classes(), candidates)) {
        states.add(state(task, candidates.name(), now));
      }
    }
    return states;
  }

  private ClassState state(Task task, String deviceClass, double now) {
    Map<Availability, Integer> counts = new EnumMap<>(Availability.class);
    Candidate first = null;
    for (Device device : fleet.devices()) {
      if (device.deviceClass().equals(deviceClass)) {
        Availability availability = Availability.of(device, task.kind());
        counts.merge(availability, 1, Integer::sum);
        if (availability.fits()) {
          first = earlier(first, finishes.on(device, task, now).candidate());
        }
      }
    }
    return new ClassState(deviceClass, counts, Optional.ofNullable(first), probeAt(deviceClass));
  }

  private OptionalDouble probeAt(String deviceClass) {
    return fleet.devices().stream()
        .filter(device -> device.deviceClass().equals(deviceClass) && !device.probed())
        .map(Device::quarantine)
        .filter(Objects::nonNull)
        .mapToDouble(Quarantine::probeAt)
        .min();
  }

  private static Candidate earlier(@Nullable Candidate best, Candidate next) {
    Comparator<Candidate> order =
        Comparator.comparingDouble(Candidate::startsAt).thenComparing(Candidate::device);
    return best == null || order.compare(next, best) < 0 ? next : best;
  }

  /** What keeps a policy that binds to any free device from placing the task. */
  WaitReason withoutPlan(Task task, List<ClassState> classes) {
    Optional<Candidate> first =
        classes.stream()
            .flatMap(state -> state.first().stream())
            .min(Comparator.comparingDouble(Candidate::startsAt));
    if (first.isEmpty()) {
      return none(task);
    }
    boolean free = classes.stream().anyMatch(state -> state.count(Availability.FREE) > 0);
    return free ? new WaitReason.NextLook() : new WaitReason.DevicesFull(first.get());
  }

  private WaitReason none(Task task) {
    Map<String, String> required = task.kind().labels().required();
    Map<String, String> missing = new TreeMap<>(required);
    boolean met = required.isEmpty();
    for (Device device : fleet.devices()) {
      if (!device.lost() && Finishes.allows(task.kind().classes(), device.owner())) {
        met |= device.report().has(required);
        missing
            .entrySet()
            .removeIf(each -> each.getValue().equals(device.report().label(each.getKey())));
      }
    }
    return met ? new WaitReason.NoDevice() : new WaitReason.LabelsUnmet(required, missing);
  }
}
