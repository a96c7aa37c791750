package io.signalbox.bench.rig;

/**
 * How large a fleet is.
 *
 * @param deviceClass class of all devices
 * @param devices number of devices
 * @param slots tasks that each runs at once
 * @param prefetch tasks that each takes beyond its slots
 * @param linkedOffers linked offers that each holds behind an attempt; 0: none
 */
public record FleetSize(
    String deviceClass, int devices, int slots, int prefetch, int linkedOffers) {
  /** Linked offers a worker holds when nothing is said. */
  public static final int LINKED_OFFERS = 16;

  /** Checks that there is something. */
  public FleetSize {
    if (devices < 1 || slots < 1 || prefetch < 0 || linkedOffers < 0) {
      throw new IllegalArgumentException(
          "a fleet needs a device with a slot: %d devices, %d slots, prefetch %d, linked offers %d"
              .formatted(devices, slots, prefetch, linkedOffers));
    }
  }
}
