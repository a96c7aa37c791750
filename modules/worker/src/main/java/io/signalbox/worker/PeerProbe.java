package io.signalbox.worker;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects to a peer in each zone: TCP's handshake takes one way there and back, whatever listens.
 * A single measurement may have waited for a busy machine, so the least of the last few counts.
 */
final class PeerProbe implements LinkProbe {
  private static final Logger LOG = LoggerFactory.getLogger(PeerProbe.class);
  private static final int KEPT = 8;
  private static final int PATIENCE_MILLIS = 2_000;
  private static final double NANOS_PER_MILLI = 1e6;

  private final Map<String, InetSocketAddress> peers;
  private final long intervalNanos;
  private final Executor executor;
  private final Map<String, Deque<Double>> latencies = new ConcurrentHashMap<>();
  private final AtomicBoolean underWay = new AtomicBoolean();
  private volatile long askedNanos;

  PeerProbe(Map<String, InetSocketAddress> peers, Duration interval) {
    this(
        peers,
        interval,
        Executors.newSingleThreadExecutor(run -> {
          Thread thread = new Thread(run, "signalbox-links");
          thread.setDaemon(true);
          return thread;
        }));
  }

  PeerProbe(Map<String, InetSocketAddress> peers, Duration interval, Executor executor) {
    if (interval.isNegative()) {
      throw new IllegalArgumentException("Worker: the interval of links can't be negative");
    }
    this.peers = new TreeMap<>(peers);
    this.intervalNanos = interval.toNanos();
    this.executor = executor;
    this.askedNanos = System.nanoTime() - intervalNanos;
  }

  @Override
  public Map<String, Reading> read() {
    long now = System.nanoTime();
    if (now - askedNanos >= intervalNanos && underWay.compareAndSet(false, true)) {
      askedNanos = now;
      executor.execute(this::ask);
    }
    Map<String, Reading> readings = new TreeMap<>();
    latencies.forEach((zone, known) -> {
      synchronized (known) {
        known.stream()
            .mapToDouble(Double::doubleValue)
            .min()
            .ifPresent(least -> readings.put(zone, new Reading(least, 0)));
      }
    });
    return readings;
  }

  private void ask() {
    try {
      peers.forEach(this::ask);
    } finally {
      underWay.set(false);
    }
  }

  private void ask(String zone, InetSocketAddress peer) {
    // Looked up anew each time: peers move.
    InetSocketAddress address = new InetSocketAddress(peer.getHostString(), peer.getPort());
    long started = System.nanoTime();
    try (Socket socket = new Socket()) {
      socket.connect(address, PATIENCE_MILLIS);
      note(zone, (System.nanoTime() - started) / 2.0 / NANOS_PER_MILLI);
    } catch (IOException e) {
      if (latencies.remove(zone) != null) {
        LOG.warn("The peer {} in zone {} can't be reached: {}", peer, zone, e.toString());
      }
    }
  }

  private void note(String zone, double millis) {
    Deque<Double> known = latencies.computeIfAbsent(zone, created -> new ArrayDeque<>());
    synchronized (known) {
      known.addLast(millis);
      if (known.size() > KEPT) {
        known.removeFirst();
      }
    }
  }
}
