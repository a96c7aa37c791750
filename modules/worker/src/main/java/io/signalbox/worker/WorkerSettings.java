package io.signalbox.worker;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a worker is and how it behaves.
 *
 * @param pool the fleet it belongs to
 * @param deviceId unique within the pool
 * @param deviceClass one of the engine's device classes
 * @param slots attempts it runs at once, 1 to 1,024
 * @param prefetch assignments it takes beyond its slots, 0 to 1,024
 * @param linkedOffers linked offers it holds behind an attempt, 0 to 1,024
 * @param heartbeatInterval between two heartbeats
 * @param startDelay how long STARTED of an attempt that should be over by then may wait
 * @param zone where it stands, may be empty
 * @param labels its capabilities
 * @param bandwidthBytesPerSecond to other devices, 0 when unknown
 * @param linkLatencyMillis to other devices
 * @param service name of the program, for traces
 * @param groupProtocol of its consumer: «consumer» or «classic»
 */
record WorkerSettings(
    String pool,
    String deviceId,
    String deviceClass,
    int slots,
    int prefetch,
    int linkedOffers,
    Duration heartbeatInterval,
    Duration startDelay,
    String zone,
    Map<String, String> labels,
    double bandwidthBytesPerSecond,
    double linkLatencyMillis,
    String service,
    String groupProtocol) {
  /** An offer must be known to be taken well before the engine makes it again. */
  private static final Duration MOST_START_DELAY = Duration.ofMillis(500);

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:-]{1,200}");

  WorkerSettings {
    name("pool", pool);
    name("deviceId", deviceId);
    name("deviceClass", deviceClass);
    check(slots >= 1 && slots <= 1_024, "slots must be 1 to 1,024, not " + slots);
    check(prefetch >= 0 && prefetch <= 1_024, "prefetch must be 0 to 1,024, not " + prefetch);
    check(
        linkedOffers >= 0 && linkedOffers <= 1_024,
        "linkedOffers must be 0 to 1,024, not " + linkedOffers);
    check(
        heartbeatInterval.toMillis() >= 10,
        "heartbeatInterval must be at least 10 ms, not " + heartbeatInterval);
    check(
        !startDelay.isNegative() && startDelay.compareTo(MOST_START_DELAY) <= 0,
        "startDelay must be 0 to " + MOST_START_DELAY + ", not " + startDelay);
    check(
        bandwidthBytesPerSecond >= 0 && linkLatencyMillis >= 0,
        "bandwidth and latency can't be negative");
    check(
        groupProtocol.equals("consumer") || groupProtocol.equals("classic"),
        "groupProtocol must be consumer or classic, not " + groupProtocol);
    labels = Map.copyOf(labels);
  }

  private static void name(String what, String name) {
    check(
        NAME.matcher(name).matches(),
        what + " «" + name + "» isn't a name: use 1 to 200 characters of A-Z a-z 0-9 . _ : -");
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException("Worker: " + otherwise);
    }
  }
}
