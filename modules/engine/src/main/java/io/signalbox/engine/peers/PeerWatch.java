package io.signalbox.engine.peers;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a takeover quick. An engine whose process is gone is put out of the group within a second,
 * where Kafka would wait for the end of its session; and what it had not committed is aborted at
 * once, where Kafka would wait for the end of its transaction's time. Both only hasten what the
 * brokers do anyway: who is put out by mistake joins again, and exactly-once holds all the same.
 */
public final class PeerWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PeerWatch.class);
  private static final Duration INTERVAL = Duration.ofMillis(300);

  /** Looks for orphans after a sign that the group changes: longer than a rebalance takes. */
  private static final int LOOKS = 40;

  private final EngineGroup group;
  private final Acquaintances acquaintances;
  private final Engines engines;
  private final PeerProbe probe = new PeerProbe();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "signalbox-peer-watch");
  private int looks;

  /**
   * What is known of the engines.
   *
   * @param peers {@code host:port} of each other engine
   * @param rebalancing whether the group changes just now
   * @param clients client ids of this engine's own stream threads
   */
  public record Engines(
      Supplier<Collection<String>> peers,
      BooleanSupplier rebalancing,
      Supplier<Collection<String>> clients) {}

  private PeerWatch(EngineGroup group, String instance, Engines engines) {
    this.group = group;
    this.acquaintances = new Acquaintances(instance);
    this.engines = engines;
  }

  /**
   * Begins to watch.
   *
   * @param instance under which this engine is a static member
   */
  public static PeerWatch start(EngineGroup group, String instance, Engines engines) {
    PeerWatch watch = new PeerWatch(group, instance, engines);
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  private void run() {
    try {
      while (!closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      for (String dead :
          acquaintances.look(engines.peers().get(), probe::instance, PeerProbe::isRefused)) {
        LOG.warn("The engine {} is gone; its work goes to others", dead);
        looks = LOOKS;
        group.expel(dead);
      }
      if (engines.rebalancing().getAsBoolean()) {
        looks = LOOKS;
      }
      if (looks > 0) {
        looks--;
        group.abortOrphans(engines.clients().get());
      }
    } catch (KafkaException e) {
      LOG.warn("A dead engine's work can't be taken over early: {}", e.toString());
    }
  }

  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
    probe.close();
  }
}
