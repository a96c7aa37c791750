package io.signalbox.engine.delivery;

import io.signalbox.engine.delivery.SharedLog.Place;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.header.Header;

/**
 * A run: a plan's jobs through producers, log, engine, lanes and workers in virtual time, until
 * every job has ended and its late news has come in.
 *
 * <pre>
 *   Producer ──┐              ┌──────────── EngineHost ───────────┐              LaneGroup
 *              ├─► SharedLog ─┤ PoolProcessor, Pool, rows (real)  ├─► SharedLog ─► WorkerProcess ─┐
 *   Channel ───┘              └───────────────────────────────────┘               (Offers, real)  │
 *      ▲                                                                                          │
 *      └──────────────────────────────────────────────────────────────────────────────────────────┘
 * </pre>
 */
final class Delivery {
  static final List<String> CLASSES = List.of("gpu", "cpu");

  /** By then every job has ended, however much went wrong before. */
  static final double LONGEST_SECONDS = 900;

  private static final double LATE_NEWS_SECONDS = 8;

  private final World world;
  private final EngineHost engine;
  private final Set<String> ended = new HashSet<>();
  private int eventsSeen;
  private int lettersSeen;
  private double endedAt = Double.POSITIVE_INFINITY;

  private Delivery(Plan plan, Guarantee guarantee, Sabotage sabotage) {
    world = new World(plan, guarantee, sabotage);
    WorkerFleet fleet = new WorkerFleet(world);
    engine = new EngineHost(world, fleet);
    Producer producer = new Producer(world);
    world.log.listen(this::appended);
    engine.start();
    fleet.start();
    producer.start();
    plan.faults().forEach(fault -> world.time.at(fault.at(), () -> engine.strike(fault)));
  }

  /** Runs a plan to its end. */
  static History run(Plan plan) {
    return run(plan, Guarantee.EXACTLY_ONCE, Sabotage.NONE);
  }

  /** The same with another guarantee, or with something broken on purpose. */
  static History run(Plan plan, Guarantee guarantee, Sabotage sabotage) {
    Delivery delivery = new Delivery(plan, guarantee, sabotage);
    delivery.world.time.run(LONGEST_SECONDS, delivery::over);
    return delivery.world.history;
  }

  private boolean over() {
    if (world.history.endedByTheBooks.size() == world.plan.jobs().size()) {
      endedAt = Math.min(endedAt, world.time.now());
    }
    return world.time.now() > endedAt + LATE_NEWS_SECONDS;
  }

  /**
   * The books tell as well, but are read now and then only. Where what was announced may be lost
   * again with the engine that announced it, they alone count.
   */
  private void announcedEnd(String job) {
    ended.add(job);
    if (ended.size() == world.plan.jobs().size() && world.guarantee == Guarantee.EXACTLY_ONCE) {
      endedAt = Math.min(endedAt, world.time.now());
    }
  }

  private void appended(Place place) {
    if (place.topic().equals(Wire.TOPICS.jobEvents())) {
      for (int next = world.log.next(place, eventsSeen);
          next >= 0;
          next = world.log.next(place, eventsSeen)) {
        eventsSeen = next + 1;
        var event = Wire.jobEvent(world.log.read(place, next).value());
        world.history.add(new Fact.Announced(world.time.now(), event));
        switch (event.getType()) {
          case JOB_SUCCEEDED, JOB_FAILED, JOB_CANCELLED, REJECTED -> announcedEnd(event.getJob());
          default -> {
            // The job goes on.
          }
        }
      }
    } else if (place.topic().equals(Wire.TOPICS.deadLetters())) {
      for (int next = world.log.next(place, lettersSeen);
          next >= 0;
          next = world.log.next(place, lettersSeen)) {
        lettersSeen = next + 1;
        SharedLog.Entry letter = world.log.read(place, next);
        world.history.add(
            new Fact.Refused(
                world.time.now(),
                text(letter.headers().lastHeader("signalbox-topic")),
                text(letter.headers().lastHeader("signalbox-reason"))));
      }
    }
  }

  private static String text(Header header) {
    return new String(header.value(), StandardCharsets.UTF_8);
  }
}
