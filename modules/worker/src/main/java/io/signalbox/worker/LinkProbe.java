package io.signalbox.worker;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;

/**
 * Measures the ways from a device to other zones, beside the heartbeats that tell of them. One of
 * your own may ask what measures networks where you are.
 */
@FunctionalInterface
public interface LinkProbe {
  /**
   * The way to another zone.
   *
   * @param latencyMillis until the first byte arrives, half of the way there and back
   * @param bandwidthBytesPerSecond bytes a second; 0 when it isn't known
   */
  record Reading(double latencyMillis, double bandwidthBytesPerSecond) {}

  /**
   * The ways to other zones, as far as they are known now; returns at once.
   *
   * @return readings by zone; a zone that can't be reached now isn't among them
   */
  Map<String, Reading> read();

  /** A device that tells of no ways. */
  static LinkProbe none() {
    return Map::of;
  }

  /**
   * Connects to a peer in each zone now and then, and takes half the time until the connection
   * stands, the least of the last few, as the latency. Any port that accepts connections will do.
   *
   * @param peers an address in each other zone
   * @param interval between two looks at the same peer
   */
  static LinkProbe ofPeers(Map<String, InetSocketAddress> peers, Duration interval) {
    return new PeerProbe(peers, interval);
  }
}
