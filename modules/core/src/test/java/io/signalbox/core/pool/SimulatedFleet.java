package io.signalbox.core.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.device.DeviceReport;
import io.signalbox.core.job.AttemptRef;
import io.signalbox.core.job.TaskError;
import io.signalbox.core.placement.PlacementSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/** Devices that behave as workers do, on a network that delays and repeats what they say. */
final class SimulatedFleet {
  private record Message(double at, long sequence, Runnable delivery) {}

  /** A device of the simulation; what it holds dies with it. */
  private static final class Node {
    final String id;
    final String deviceClass;
    final int lane;
    final int linkedOffers;
    long incarnation = 1;
    long sequence;
    boolean up = true;
    final List<Effect.Offer> queued = new ArrayList<>();
    final Map<AttemptRef, Effect.Offer> linked = new HashMap<>();
    final Set<AttemptRef> succeeded = new HashSet<>();
    Effect.Offer runs;
    double startedAt;
    boolean untold;
    double endsAt;
    double lastDelivery;
    double lastWord;

    Node(String id, String deviceClass, int lane, int linkedOffers) {
      this.id = id;
      this.deviceClass = deviceClass;
      this.lane = lane;
      this.linkedOffers = linkedOffers;
    }

    boolean holds(AttemptRef attempt) {
      return (runs != null && runs.attempt().equals(attempt))
          || queued.stream().anyMatch(offer -> offer.attempt().equals(attempt))
          || linked.values().stream().anyMatch(offer -> offer.attempt().equals(attempt));
    }

    /** Drops the chain behind an attempt. */
    void abandon(AttemptRef attempt) {
      Effect.Offer next = linked.remove(attempt);
      while (next != null) {
        next = linked.remove(next.attempt());
      }
    }
  }

  /** Some attempts are told of when they have run for that long, or have ended before. */
  private static final double UNTOLD_SECONDS = 0.5;

  final Story story;

  private final Random random;
  private final List<Node> nodes = new ArrayList<>();
  private final PriorityQueue<Message> network =
      new PriorityQueue<>(
          Comparator.comparingDouble(Message::at).thenComparingLong(Message::sequence));
  private long messages;
  int copies;
  private int followed;

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
                16,
                new PoolSettings.Limits(1_000, 1_000, 100, 65_536, 200, 100_000, 10_000, 1_000),
                PlacementSettings.of(policy),
                PoolSettings.Speculation.DEFAULT));
    int[] links = {0, 1, 5, 16};
    int size = 1 + random.nextInt(5);
    for (int i = 0; i < size; i++) {
      nodes.add(
          new Node("d" + i, random.nextBoolean() ? "a100" : "cpu", i, links[random.nextInt(4)]));
    }
  }

  /** Linked offers that were started right after the attempt before them. */
  int followed() {
    return followed;
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
    if (node.runs != null && node.untold && story.now - node.startedAt > UNTOLD_SECONDS) {
      sayStarted(node);
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
    node.linked.clear();
    node.succeeded.clear();
  }

  private void start(Node node, Effect.Offer offer) {
    if (offer.acceptBy() <= story.now) {
      node.abandon(offer.attempt());
    } else {
      run(node, offer);
    }
  }

  private void run(Node node, Effect.Offer offer) {
    node.runs = offer;
    double straggles = random.nextInt(8) == 0 ? 8 : 1;
    node.endsAt =
        story.now + offer.decision().predictedSeconds() * (0.5 + random.nextDouble()) * straggles;
    node.startedAt = story.now;
    node.untold = random.nextInt(3) == 0;
    if (!node.untold) {
      sayStarted(node);
    }
  }

  private void sayStarted(Node node) {
    node.untold = false;
    say(
        node,
        new Input.AttemptStarted(node.runs.attempt(), node.id, node.incarnation, node.startedAt),
        false);
  }

  private void finish(Node node) {
    Effect.Offer offer = node.runs;
    node.runs = null;
    if (random.nextInt(30) == 0) {
      fail(node, offer);
      return;
    }
    node.succeeded.add(offer.attempt());
    var completed =
        new Input.AttemptCompleted(
            offer.attempt(), node.id, node.incarnation, node.startedAt, story.now, null, List.of());
    say(node, completed, random.nextInt(20) == 0);
    if (random.nextInt(10) == 0) {
      send(() -> story.on(completed), random.nextDouble() * 5);
    }
    Effect.Offer next = node.linked.remove(offer.attempt());
    if (next != null) {
      followed++;
      run(node, next);
    }
  }

  private void fail(Node node, Effect.Offer offer) {
    node.abandon(offer.attempt());
    say(
        node,
        new Input.AttemptFailed(
            offer.attempt(),
            node.id,
            node.incarnation,
            node.startedAt,
            story.now,
            new TaskError(TaskError.Kind.EXTERNAL, "broke")),
        false);
  }

  /** Mostly in order, as one producer's records are; sometimes what is said later overtakes it. */
  private void say(Node node, Input input, boolean late) {
    double at = story.now + random.nextDouble() * 0.3;
    if (late) {
      at += 6;
    } else if (random.nextInt(10) > 0) {
      at = Math.max(at, node.lastWord);
      node.lastWord = at;
    }
    send(() -> story.on(input), at - story.now);
  }

  private void heartbeat(Node node) {
    List<DeviceReport.Held> held = new ArrayList<>();
    if (node.runs != null) {
      held.add(new DeviceReport.Held(node.runs.attempt(), true));
    }
    node.linked.values().stream()
        .sorted(Comparator.comparing(offer -> offer.attempt().toString()))
        .forEach(offer -> held.add(new DeviceReport.Held(offer.attempt(), false)));
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
            node.linkedOffers,
            held,
            0,
            0,
            0,
            0,
            true,
            Set.of());
    send(() -> story.on(new Input.DeviceReported(report)), random.nextDouble());
  }

  private void deliver(Effect.Offer offer) {
    Node node = nodes.get(offer.lane());
    // A lane keeps its order.
    node.lastDelivery = Math.max(node.lastDelivery, story.now + random.nextDouble() * 0.2);
    send(
        () -> {
          if (node.up) {
            take(node, offer);
          }
        },
        node.lastDelivery - story.now);
  }

  private void take(Node node, Effect.Offer offer) {
    AttemptRef after = offer.after();
    assertTrue(after == null || node.linkedOffers > 0, () -> node.id + " knows no links");
    if (after == null || node.succeeded.contains(after)) {
      node.queued.add(offer);
    } else if (node.holds(after)) {
      // What was linked to it before was taken back without a word.
      node.abandon(after);
      node.linked.put(after, offer);
    } else {
      say(
          node,
          new Input.AttemptReleased(offer.attempt(), node.id, node.incarnation, "not here"),
          false);
    }
  }

  private void deliver(Effect.Cancel cancel) {
    Node node = nodes.get(cancel.lane());
    AttemptRef attempt = cancel.attempt();
    node.queued.removeIf(offer -> offer.attempt().equals(attempt));
    node.linked.values().removeIf(offer -> offer.attempt().equals(attempt));
    node.abandon(attempt);
    if (node.runs != null && node.runs.attempt().equals(attempt)) {
      node.runs = null;
    }
  }

  private void send(Runnable delivery, double delaySeconds) {
    network.add(new Message(story.now + delaySeconds, ++messages, delivery));
  }
}
