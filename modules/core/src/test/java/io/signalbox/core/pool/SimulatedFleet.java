package io.signalbox.core.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.device.DeviceReport;
import io.signalbox.core.job.AttemptRef;
import io.signalbox.core.job.TaskError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/** Devices that behave as workers do, on a network that delays and repeats what they say. */
final class SimulatedFleet {
  private record Message(double at, long sequence, Runnable delivery) {}

  /** A device of the simulation; what it holds dies with it. */
  private static final class Node {
    final String id;
    final String deviceClass;
    final int lane;
    long incarnation = 1;
    long sequence;
    boolean up = true;
    final List<Effect.Offer> queued = new ArrayList<>();
    Effect.Offer runs;
    double endsAt;

    Node(String id, String deviceClass, int lane) {
      this.id = id;
      this.deviceClass = deviceClass;
      this.lane = lane;
    }
  }

  final Story story;

  private final Random random;
  private final List<Node> nodes = new ArrayList<>();
  private final PriorityQueue<Message> network =
      new PriorityQueue<>(
          Comparator.comparingDouble(Message::at).thenComparingLong(Message::sequence));
  private long messages;
  int copies;

  /** A fleet of a few devices whose pool places tasks by a named policy. */
  SimulatedFleet(Random random, String policy) {
    this.random = random;
    // Jobs end by success alone: what may fail here is the machinery, which must not use up
    // attempts.
    this.story =
        new Story(
            new PoolSettings(
                Story.SETTINGS.deviceClasses(),
                2,
                0.5,
                3,
                10_000,
                0.5,
                4,
                1e9,
                new PoolSettings.Limits(1_000, 1_000, 100, 65_536, 200, 100_000, 10_000),
                policy,
                PoolSettings.Speculation.DEFAULT));
    int size = 1 + random.nextInt(5);
    for (int i = 0; i < size; i++) {
      nodes.add(new Node("d" + i, random.nextBoolean() ? "a100" : "cpu", i));
    }
  }

  boolean allEnded(int jobs) {
    return story.pool.jobs().stream().filter(job -> job.outcome() != null).count() == jobs;
  }

  /** A tenth of a second passes. */
  void step() {
    story.now += 0.1;
    while (!network.isEmpty() && network.peek().at() <= story.now) {
      network.remove().delivery().run();
    }
    nodes.forEach(this::live);
    if (random.nextInt(100) == 0) {
      story.restart();
    }
    story.tick();
    List<Effect.Offer> offers = story.takeOffers();
    check(offers);
    offers.forEach(this::deliver);
    story.cancels.forEach(this::deliver);
    story.cancels.clear();
    story.refusals.clear();
  }

  /** No device is given more than it takes, and copies keep to their budget. */
  private void check(List<Effect.Offer> offers) {
    for (Effect.Offer offer : offers) {
      DeviceView view =
          story.pool.devices().stream()
              .filter(device -> device.report().id().equals(offer.device()))
              .findAny()
              .orElseThrow();
      assertTrue(
          view.running() + view.offered() <= view.report().slots() + view.report().prefetch(),
          () -> "overbooked: " + view);
      if (offer.decision().policy().equals("speculation")) {
        copies++;
        long live =
            story.rows.values().stream()
                .filter(row -> row instanceof Row.TaskRow task && task.copy() != null)
                .count();
        assertEquals(1, live, "copies at once on up to five devices");
      }
    }
  }

  private void live(Node node) {
    if (!node.up) {
      if (random.nextInt(40) == 0) {
        node.up = true;
        node.incarnation++;
        node.sequence = 0;
      }
      return;
    }
    if (random.nextInt(400) == 0) {
      die(node);
      return;
    }
    if (node.runs != null && node.endsAt <= story.now) {
      finish(node);
    }
    if (node.runs == null && !node.queued.isEmpty()) {
      start(node, node.queued.removeFirst());
    }
    if (random.nextInt(8) == 0) {
      heartbeat(node);
    }
  }

  private void die(Node node) {
    node.up = false;
    node.runs = null;
    node.queued.clear();
  }

  private void start(Node node, Effect.Offer offer) {
    if (offer.acceptBy() <= story.now) {
      return;
    }
    node.runs = offer;
    double straggles = random.nextInt(8) == 0 ? 8 : 1;
    node.endsAt =
        story.now + offer.decision().predictedSeconds() * (0.5 + random.nextDouble()) * straggles;
    var started = new Input.AttemptStarted(offer.attempt(), node.id, node.incarnation, story.now);
    send(() -> story.on(started), random.nextDouble() * 0.3);
  }

  private void finish(Node node) {
    Effect.Offer offer = node.runs;
    node.runs = null;
    if (random.nextInt(30) == 0) {
      TaskError error = new TaskError(TaskError.Kind.EXTERNAL, "a cable");
      var failed =
          new Input.AttemptFailed(
              offer.attempt(), node.id, node.incarnation, story.now - 1, story.now, error);
      send(() -> story.on(failed), random.nextDouble() * 0.3);
      return;
    }
    var completed =
        new Input.AttemptCompleted(
            offer.attempt(), node.id, node.incarnation, story.now - 1, story.now, null, List.of());
    double delay = random.nextInt(20) == 0 ? 6 : random.nextDouble() * 0.3;
    send(() -> story.on(completed), delay);
    if (random.nextInt(10) == 0) {
      send(() -> story.on(completed), delay + random.nextDouble() * 5);
    }
  }

  private void heartbeat(Node node) {
    List<DeviceReport.Held> held = new ArrayList<>();
    if (node.runs != null) {
      held.add(new DeviceReport.Held(node.runs.attempt(), true));
    }
    node.queued.forEach(offer -> held.add(new DeviceReport.Held(offer.attempt(), false)));
    var report =
        new DeviceReport(
            node.id,
            node.deviceClass,
            node.incarnation,
            node.sequence++,
            DeviceReport.State.ACTIVE,
            List.of(node.lane),
            1,
            1,
            0,
            held,
            0,
            0,
            0,
            0,
            true);
    send(() -> story.on(new Input.DeviceReported(report)), random.nextDouble());
  }

  private void deliver(Effect.Offer offer) {
    Node node = nodes.get(offer.lane());
    send(
        () -> {
          if (node.up) {
            node.queued.add(offer);
          }
        },
        random.nextDouble() * 0.2);
  }

  private void deliver(Effect.Cancel cancel) {
    Node node = nodes.get(cancel.lane());
    AttemptRef attempt = cancel.attempt();
    node.queued.removeIf(offer -> offer.attempt().equals(attempt));
    if (node.runs != null && node.runs.attempt().equals(attempt)) {
      node.runs = null;
    }
  }

  private void send(Runnable delivery, double delaySeconds) {
    network.add(new Message(story.now + delaySeconds, ++messages, delivery));
  }
}
