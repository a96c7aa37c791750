package io.signalbox.core.device;

import io.signalbox.core.job.Task;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The devices of a pool: who is there, who holds what, and who is free first in each class. */
public final class Fleet {
  private static final double FIRST_OFFER_WAY_SECONDS = 0.05;
  private static final double LONGEST_PREFETCH_SECONDS = 2;
  private static final double FIRST_NEWS_SECONDS = 0.1;
  private static final double LONGEST_NEWS_SECONDS = 2;
  private static final double NEWS_RATE = 0.1;
  private static final double OFFER_WAY_RATE = 0.1;

  private final Map<String, ClassDevices> classes = new HashMap<>();
  // In the order of the settings, as a list: every look at a task walks over it.
  private final List<ClassDevices> inOrder;
  private final Map<String, Device> devices = new HashMap<>();
  private final Map<String, Peers> peers = new HashMap<>();
  private final List<Device> reserved = new ArrayList<>();
  private final Zones zones = new Zones();
  private Set<String> favoured = Set.of();
  private double offerWaySeconds = FIRST_OFFER_WAY_SECONDS;
  private double newsTakesSeconds = FIRST_NEWS_SECONDS;
  private double bandwidthBytesPerSecond;
  private double latencySeconds;

  public Fleet(List<DeviceClass> deviceClasses) {
    List<ClassDevices> owners = new ArrayList<>();
    for (DeviceClass deviceClass : deviceClasses) {
      ClassDevices owner = new ClassDevices(deviceClass, owners.size());
      owners.add(owner);
      classes.put(deviceClass.name(), owner);
      peers.put(deviceClass.name(), new Peers());
    }
    inOrder = List.copyOf(owners);
  }

  /**
   * How long before a device is free it is given its next task, so that an offer's way doesn't
   * leave it idle: twice what offers to idle devices took lately from the decision to the start.
   */
  public double prefetchSeconds() {
    return Math.min(LONGEST_PREFETCH_SECONDS, 2 * offerWaySeconds);
  }

  /** How long news of what a device has done may take: twice as long as it takes on average. */
  public double newsSeconds() {
    return Math.min(LONGEST_NEWS_SECONDS, 2 * newsTakesSeconds);
  }

  /** News of an end came so long after it, by the device's clock. */
  public void newsTook(double seconds) {
    double believed = Math.clamp(seconds, 0, LONGEST_NEWS_SECONDS);
    newsTakesSeconds += NEWS_RATE * (believed - newsTakesSeconds);
  }

  /** As of when what devices have done is known for sure. */
  public double knownUntil(double now) {
    return now - newsSeconds();
  }

  /** An offer to an idle device took so long from the decision to the start. */
  public void offerTook(double seconds) {
    offerWaySeconds += OFFER_WAY_RATE * (Math.max(0, seconds) - offerWaySeconds);
  }

  /** The classes it serves, in the order of the settings. */
  public List<ClassDevices> classes() {
    return inOrder;
  }

  /** Devices of a class, or null when the class isn't served. */
  public @Nullable ClassDevices ofClass(String name) {
    return classes.get(name);
  }

  /** Makes {@link ClassDevices#firstWarm} find devices, which takes memory and time. */
  public void findWarm() {
    for (ClassDevices owner : inOrder) {
      owner.findWarm(devices.values().stream().filter(each -> each.owner() == owner).toList());
    }
  }

  /**
   * From now on attempts of other operations than these are counted by class; of none, none are.
   * Looks at each attempt once when the operations change.
   */
  public void favour(Set<String> operations, double now) {
    if (operations.equals(favoured)) {
      return;
    }
    favoured = Set.copyOf(operations);
    classes.values().forEach(owner -> owner.beginOthers(now));
    for (Device device : devices.values()) {
      device.occupants().forEach(occupant -> countOther(device, occupant.task(), 1, now));
    }
    classes.values().forEach(ClassDevices::assumeOthers);
  }

  private void countOther(Device device, Task task, int more, double now) {
    if (!favoured.isEmpty() && !favoured.contains(task.operation())) {
      device.owner().countOthers(more, now);
    }
  }

  /** How many devices take work. */
  public int size() {
    int size = 0;
    for (ClassDevices owner : inOrder) {
      size += owner.size();
    }
    return size;
  }

  /** Every device that has been heard of. */
  public Collection<Device> devices() {
    return devices.values();
  }

  /** The device of that id, or null. */
  public @Nullable Device device(String id) {
    return devices.get(id);
  }

  /** Seconds to move bytes from one device to another; 0 while no device has told its bandwidth. */
  public double transferSeconds(long bytes) {
    return Link.seconds(bytes, latencySeconds, bandwidthBytesPerSecond);
  }

  /** True while it doesn't matter in which zones data lies. */
  public boolean isOneZone() {
    return zones.areUnlinked();
  }

  /** The zones between which something is known. */
  public Set<String> zones() {
    return zones.names();
  }

  /**
   * Seconds to move what takes so long between any two devices from a zone to another one.
   *
   * @param seconds what {@link #transferSeconds(long)} says of it
   */
  public double transferSeconds(double seconds, String from, String to) {
    Link link = from.equals(to) ? null : zones.between(from, to);
    if (link == null) {
      return seconds;
    }
    double bytes = Math.max(0, seconds - latencySeconds) * bandwidthBytesPerSecond;
    return link.seconds((long) bytes);
  }

  /** Takes a heartbeat in; a device that is new here joins. */
  public Device report(DeviceReport report, double now) {
    Device known = devices.get(report.id());
    if (known == null) {
      known = new Device(classNamed(report.deviceClass()), report, now);
      devices.put(report.id(), known);
      peersOf(known).add(known);
    }
    known.heard(report, now);
    bandwidthBytesPerSecond = Math.max(bandwidthBytesPerSecond, report.bandwidthBytesPerSecond());
    latencySeconds = Math.max(latencySeconds, report.linkLatencySeconds());
    if (!report.links().isEmpty()) {
      zones.told(report);
    }
    settle(known, now);
    return known;
  }

  /** Forgets a device; it must hold nothing. */
  public void forget(Device device) {
    device
        .occupants()
        .forEach(occupant -> countOther(device, occupant.task(), -1, device.lastHeard()));
    device.owner().forget(device);
    devices.remove(device.id());
    if (!zones.areUnlinked()) {
      zones.retain(devices.values().stream().map(each -> each.report().zone()).toList());
    }
    peersOf(device).remove(device);
  }

  /** Places an attempt on a device. */
  public Occupant occupy(
      Device device, Task task, int attempt, double predictedSeconds, double startsAt, double now) {
    Occupant occupant = device.occupy(task, attempt, predictedSeconds, startsAt, now);
    countOther(device, task, 1, now);
    settle(device, now);
    return occupant;
  }

  /** An attempt on the device runs. */
  public void start(Device device, Occupant occupant, double at, double now) {
    device.start(occupant, at, now);
    settle(device, now);
  }

  /** An attempt leaves the device, which may not hold it. */
  public void vacate(Device device, Task task, double now) {
    if (device.vacate(task) != null) {
      countOther(device, task, -1, now);
    }
    settle(device, now);
  }

  /** What is linked to an attempt on the device takes so many seconds. */
  public void follow(Device device, Occupant occupant, double linkedSeconds, double now) {
    occupant.follow(linkedSeconds);
    settle(device, now);
  }

  /** Counts an attempt that the device completed. */
  public void completed(Device device) {
    device.countCompleted();
  }

  /** The device gets no offers until its next heartbeat. */
  public void rest(Device device, double now) {
    device.rest();
    settle(device, now);
  }

  /** The device is silent; it gets no offers until it is heard of again. */
  public void lose(Device device, double now) {
    device.lose();
    settle(device, now);
  }

  /** An operator drains the device, or no longer does. */
  public void drain(Device device, boolean on, double now) {
    device.drain(on);
    settle(device, now);
  }

  /** True when the device can be compared with others of its class; a sample of it has come in. */
  public boolean canJudge(Device device) {
    return peersOf(device).canJudge(device);
  }

  /** ln of how many times as long as the others of its class the device takes. */
  public double relativeLogRatio(Device device) {
    return peersOf(device).relativeLogRatio(device);
  }

  /** True when the class can do without one more device: half of it stays in any case. */
  public boolean canSpare(Device device) {
    return peersOf(device).canSpareOne();
  }

  /** The device takes that many times as long as its class; 1 when it doesn't. */
  public void slow(Device device, double factor, double now) {
    device.slow(factor);
    settle(device, now);
  }

  /** The device gets no offers, for longer each time in a row. */
  public void quarantine(Device device, Quarantine.Reason reason, double now) {
    Quarantine last = device.quarantine();
    Quarantine next = Quarantine.after(last == null ? 0 : last.times(), reason, now);
    device.quarantine(next);
    settle(device, now);
  }

  /** The device's quarantine has cooled down: it gets one attempt at a time. */
  public void probe(Device device, double now) {
    device.probe();
    settle(device, now);
  }

  /** The device is as good as any again, and its past is forgotten. */
  public void acquit(Device device, double now) {
    device.quarantine(null);
    device.slow(1);
    device.health().forget();
    settle(device, now);
  }

  /** Goes on from what was stored of the device's health. */
  public void restore(Device device, double slowness, @Nullable Quarantine quarantine, double now) {
    device.slow(slowness);
    device.health().restore(slowness);
    device.quarantine(quarantine);
    settle(device, now);
  }

  /**
   * Takes a slot of the device for a task that isn't offered yet, so that tasks of lower priority
   * plan around it. Returns when the task would finish. All reservations end with {@link
   * #dropReservations}.
   */
  public double reserve(Device device, double notBefore, double seconds) {
    double end = device.reserve(notBefore, seconds);
    device.owner().reserved(device);
    if (!device.hoped) {
      device.hoped = true;
      reserved.add(device);
    }
    return end;
  }

  /** Ends all reservations. */
  public void dropReservations(double now) {
    for (int i = 0; i < reserved.size(); i++) {
      Device device = reserved.get(i);
      device.hoped = false;
      settle(device, now);
    }
    reserved.clear();
  }

  /** Guesses anew for devices that should be free by now and aren't. */
  public void predictOverdue(double now) {
    for (int k = 0; k < inOrder.size(); k++) {
      List<Device> overdue = inOrder.get(k).overdue(now);
      for (int i = 0; i < overdue.size(); i++) {
        settle(overdue.get(i), now);
      }
    }
  }

  private static void settle(Device device, double now) {
    device.predict(now);
    device.owner().settle(device);
  }

  private Peers peersOf(Device device) {
    return Objects.requireNonNull(peers.get(device.deviceClass()), device::deviceClass);
  }

  private ClassDevices classNamed(String name) {
    return Objects.requireNonNull(classes.get(name), name);
  }
}
