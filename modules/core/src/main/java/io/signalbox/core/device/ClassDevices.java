package io.signalbox.core.device;

import io.signalbox.core.job.TaskKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The devices of one class that take work: the free ones, and the busy ones in the order in which
 * they should be free. {@link Fleet} lets a device settle after each change, which costs nothing
 * when it stays where it is.
 */
public final class ClassDevices {
  /** So many busy devices with reservations are kept beside the set. */
  private static final int MOST_RESERVED = 16;

  private static final double MEAN_SECONDS = 60;

  /** Which set a device stands in. */
  enum Standing {
    OUT,
    FREE,
    BUSY
  }

  private final DeviceClass deviceClass;
  private final int number;
  private final SortedDevices free = new SortedDevices();
  private final SortedDevices busy = new SortedDevices();

  // Busy devices with reservations: they are still in the set where they were without. Sorted in
  // and out for a moment only, they would be most of what a look at a full class costs.
  private final List<Device> reserved = new ArrayList<>();

  private @Nullable WarmDevices warm;
  private int slots;
  private int others;
  private double meanOthers;
  private double othersAt;

  ClassDevices(DeviceClass deviceClass, int number) {
    this.deviceClass = deviceClass;
    this.number = number;
  }

  /** The class. */
  public DeviceClass deviceClass() {
    return deviceClass;
  }

  /** Its place in the settings, counted from 0. */
  public int number() {
    return number;
  }

  /** Its name. */
  public String name() {
    return deviceClass.name();
  }

  /** Slots of the devices that take work. */
  public int slots() {
    return slots;
  }

  /**
   * Attempts on the class's devices of operations that aren't favoured; counted while some are
   * ({@link Fleet#favour}).
   */
  public int others() {
    return others;
  }

  /** What {@link #others} was on average in the last minute or so. */
  public double meanOthers(double now) {
    double weight = Math.exp(-Math.max(0, now - othersAt) / MEAN_SECONDS);
    return weight * meanOthers + (1 - weight) * others;
  }

  /** So many more attempts of operations that aren't favoured, or fewer. */
  void countOthers(int more, double now) {
    meanOthers = meanOthers(now);
    othersAt = Math.max(othersAt, now);
    others += more;
  }

  /** Counts them from now on. */
  void beginOthers(double now) {
    others = 0;
    meanOthers = 0;
    othersAt = now;
  }

  /** What is there now counts as if it had been for long. */
  void assumeOthers() {
    meanOthers = others;
  }

  /** How many devices of the class take work. */
  public int size() {
    return free.size() + busy.size();
  }

  /** How many of them have a free slot, reservations counted. */
  public int freeSize() {
    return free.size();
  }

  /** The device that is free first and that the task fits on, or null. */
  public @Nullable Device first(TaskKind kind) {
    Device found = first(free, kind);
    return found == null ? firstBusy(kind) : found;
  }

  /**
   * The device that is free first of those that the task fits on and that have these labels, too;
   * null when there is none.
   */
  public @Nullable Device first(TaskKind kind, Map<String, String> labels) {
    Device found = first(free, kind, labels);
    return found == null ? first(busy(), kind, labels) : found;
  }

  private static @Nullable Device first(
      Iterable<Device> devices, TaskKind kind, Map<String, String> labels) {
    for (Device device : devices) {
      if (device.fits(kind) && device.report().has(labels)) {
        return device;
      }
    }
    return null;
  }

  /**
   * A device that takes work, that the task fits on and that needs no warm-up for it, one with a
   * free slot rather than a busy one; null when there is none, or none is looked for ({@link
   * Fleet#findWarm}). Takes constant time, so that among very many it may miss the free one.
   */
  public @Nullable Device firstWarm(TaskKind kind) {
    return warm == null ? null : warm.first(kind, free);
  }

  /** From now on devices are listed by what they are warm for; these are there already. */
  void findWarm(Collection<Device> devices) {
    if (warm == null) {
      warm = new WarmDevices();
      devices.forEach(warm::settle);
    }
  }

  /** The devices with a free slot, slow ones last, else by id. */
  public Iterable<Device> free() {
    return free;
  }

  /** The busy devices, in the order in which they should be free. */
  public Iterable<Device> busy() {
    return reserved.isEmpty() ? busy : () -> new WithReserved(busy.iterator(), reserved);
  }

  private @Nullable Device firstBusy(TaskKind kind) {
    Device best = firstUnreserved(kind);
    for (int i = 0; i < reserved.size(); i++) {
      Device device = reserved.get(i);
      if (device.fits(kind)) {
        // They are in their order, so the others come later.
        best = best == null || compareReserved(device, best) < 0 ? device : best;
        break;
      }
    }
    return best;
  }

  private @Nullable Device firstUnreserved(TaskKind kind) {
    if (busy.isEmpty()) {
      return null;
    }
    Device first = busy.first();
    return !first.reserved && first.fits(kind)
        ? first
        : busy.first(device -> !device.reserved && device.fits(kind));
  }

  /** When the first busy device should have a free slot; infinity when none is busy. */
  public double firstAvailableAt() {
    Device first = firstBusy(TaskKind.ANY);
    return first == null ? Double.POSITIVE_INFINITY : first.availableAt();
  }

  private static @Nullable Device first(SortedDevices devices, TaskKind kind) {
    if (devices.isEmpty()) {
      return null;
    }
    Device first = devices.first();
    return first.fits(kind) ? first : devices.first(device -> device.fits(kind));
  }

  /** Puts a device where it belongs now. */
  void settle(Device device) {
    if (device.reserved) {
      reserved.remove(device);
      device.reserved = false;
    }
    Standing standing = standing(device);
    double key = device.free() ? device.reluctance() : device.availableAt();
    if (device.standing != standing || device.sortedBy != key) {
      remove(device);
      device.sortedBy = key;
      device.standing = standing;
      if (standing != Standing.OUT) {
        setOf(standing).add(device);
      }
    }
    count(device, standing == Standing.OUT ? 0 : device.report().slots());
    if (warm != null) {
      warm.settle(device);
    }
  }

  /**
   * A slot of a device is reserved, until {@link #settle}. A busy one that few others are reserved
   * beside keeps its place in the set and is looked for in two places until then.
   */
  void reserved(Device device) {
    reserved.remove(device);
    if (device.standing != Standing.BUSY || reserved.size() == MOST_RESERVED) {
      settle(device);
      return;
    }
    int at = reserved.size();
    while (at > 0 && compareReserved(device, reserved.get(at - 1)) < 0) {
      at--;
    }
    reserved.add(at, device);
    device.reserved = true;
  }

  private static int compareReserved(Device left, Device right) {
    int byTime = Double.compare(left.availableAt(), right.availableAt());
    return byTime != 0 ? byTime : left.id().compareTo(right.id());
  }

  /** Takes a device out for good. */
  void forget(Device device) {
    if (device.reserved) {
      reserved.remove(device);
      device.reserved = false;
    }
    remove(device);
    if (warm != null) {
      warm.remove(device);
    }
  }

  private void count(Device device, int now) {
    slots += now - device.countedSlots;
    device.countedSlots = now;
  }

  private void remove(Device device) {
    if (device.standing != Standing.OUT) {
      setOf(device.standing).remove(device);
      device.standing = Standing.OUT;
    }
    count(device, 0);
  }

  private SortedDevices setOf(Standing standing) {
    return standing == Standing.FREE ? free : busy;
  }

  private static Standing standing(Device device) {
    if (!device.willing()) {
      return Standing.OUT;
    }
    return device.free() ? Standing.FREE : Standing.BUSY;
  }

  /** Devices whose prediction has passed without their being free. */
  List<Device> overdue(double now) {
    if (busy.isEmpty() || busy.first().availableAt() > now) {
      return List.of();
    }
    List<Device> overdue = new ArrayList<>();
    for (Device device : busy) {
      if (device.availableAt() > now) {
        break;
      }
      overdue.add(device);
    }
    return overdue;
  }

  /** The busy devices in their order, those with reservations where these put them. */
  private static final class WithReserved implements Iterator<Device> {
    private final Iterator<Device> others;
    private final Iterator<Device> reserved;
    private @Nullable Device other;
    private @Nullable Device next;

    private WithReserved(Iterator<Device> others, List<Device> reserved) {
      this.others = others;
      this.reserved = reserved.iterator();
      next = this.reserved.next();
      other = advance();
    }

    private @Nullable Device advance() {
      while (others.hasNext()) {
        Device device = others.next();
        if (!device.reserved) {
          return device;
        }
      }
      return null;
    }

    @Override
    public boolean hasNext() {
      return other != null || next != null;
    }

    @Override
    public Device next() {
      Device given = other;
      if (given == null || (next != null && compareReserved(next, given) < 0)) {
        given = next;
        next = reserved.hasNext() ? reserved.next() : null;
      } else {
        other = advance();
      }
      if (given == null) {
        throw new NoSuchElementException();
      }
      return given;
    }
  }
}
