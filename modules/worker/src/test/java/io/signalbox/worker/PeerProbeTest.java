package io.signalbox.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PeerProbeTest {
  /** Whoever asks waits for the answer. */
  private static PeerProbe probe(Map<String, InetSocketAddress> peers) {
    return new PeerProbe(peers, Duration.ZERO, Runnable::run);
  }

  @Test
  void peerThatAcceptsConnectionsIsMeasuredAndOneThatLeavesIsForgotten() throws IOException {
    PeerProbe probe;
    try (ServerSocket peer = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      probe = probe(Map.of("berlin", (InetSocketAddress) peer.getLocalSocketAddress()));
      Map<String, LinkProbe.Reading> readings = probe.read();
      assertEquals(Set.of("berlin"), readings.keySet());
      assertTrue(readings.get("berlin").latencyMillis() > 0, readings::toString);
    }
    assertEquals(Map.of(), probe.read());
  }

  @Test
  void peersAreAskedAtTheirIntervalOnly() throws IOException {
    try (ServerSocket peer = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      int[] asked = {0};
      PeerProbe probe =
          new PeerProbe(
              Map.of("berlin", (InetSocketAddress) peer.getLocalSocketAddress()),
              Duration.ofDays(1),
              look -> asked[0]++);
      assertEquals(Map.of(), probe.read());
      probe.read();
      assertEquals(1, asked[0], "the first look is still under way");
    }
  }

  @Test
  void deviceWithoutPeersTellsOfNoWays() {
    assertEquals(Map.of(), LinkProbe.none().read());
  }
}
