package io.signalbox.engine.delivery;

import io.signalbox.core.device.DeviceClass;
import io.signalbox.core.placement.PlacementSettings;
import io.signalbox.core.pool.Pool;
import io.signalbox.core.pool.PoolSettings;
import io.signalbox.engine.board.PoolBoard;
import io.signalbox.engine.board.PoolQuestions;
import io.signalbox.engine.delivery.SharedLog.Place;
import io.signalbox.engine.delivery.SharedLog.Transaction;
import io.signalbox.engine.identity.Identities;
import io.signalbox.engine.scheduling.Batches;
import io.signalbox.engine.scheduling.Shell;
import io.signalbox.engine.scheduling.VirtualPartition;
import io.signalbox.engine.settings.StreamSettings;
import io.signalbox.engine.translate.Lanes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The engine as a stream thread runs it: records from all inputs in whatever order they are at
 * hand, then the punctuator, then a commit of everything at once. It dies where it is told to,
 * between any two effects; the next one begins with what was committed.
 */
final class EngineHost {
  private static final double IDLE_SECONDS = 0.05;
  private static final int LOOK_EVERY = 12;

  /** The interval of an engine that is told at_least_once. */
  private static final double COMMIT_SECONDS = 0.1;

  /** Ends an engine between two effects; no handler of its own may catch it. */
  private static final class Death extends Error {
    private static final long serialVersionUID = 1L;

    Death() {
      super("the engine dies", null, false, false);
    }
  }

  private final World world;
  private final WorkerFleet fleet;
  private final PoolSettings settings;
  private final Batches batches;
  private final PoolQuestions questions = new PoolQuestions();
  private final List<VirtualPartition> partitions = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();
  private final Map<Place, Integer> positions = new HashMap<>();
  private final Map<Place, Integer> committed = new HashMap<>();
  private @Nullable Transaction transaction;
  private int life;
  private boolean up;
  private boolean committing;
  private double stalledUntil;
  private double nextCommit;
  private double nextStep = Double.POSITIVE_INFINITY;
  private double clockError;
  private int effectsLeft = -1;
  private @Nullable Fault doom;

  EngineHost(World world, WorkerFleet fleet) {
    this.world = world;
    this.fleet = fleet;
    this.settings = settings(world.plan.policy());
    this.batches = new Batches(world.plan.partitions());
    Shell shell =
        new Shell(
            Wire.TOPICS,
            world.plan.partitions(),
            new StreamSettings(
                1,
                world.guarantee == Guarantee.EXACTLY_ONCE ? "exactly_once_v2" : "at_least_once",
                "classic",
                0,
                20,
                10,
                5,
                20,
                1 << 20,
                1,
                3,
                1_000_000),
            settings,
            lanes(),
            new PoolBoard(),
            questions,
            batches,
            Identities.BELIEVED);
    for (int i = 0; i < world.plan.partitions(); i++) {
      int number = i;
      partitions.add(
          new VirtualPartition(i, shell, Wire.CODECS, this::clock, this::send, this::boundary));
      partitions.getLast().keeps(world.sabotage::keeps);
      World.inputs().forEach(topic -> places.add(new Place(topic, number)));
    }
    world.log.listen(place -> {
      if (places.contains(place)) {
        wake(world.between(0.001, 0.01));
      }
    });
  }

  /** Jobs end by success alone: what may fail is the machinery, which must not use up attempts. */
  static PoolSettings settings(String policy) {
    return new PoolSettings(
        List.of(new DeviceClass("gpu", 312, 0, 400, 50), new DeviceClass("cpu", 2, 0, 200, 100)),
        5,
        1,
        3,
        10_000,
        0.5,
        4,
        86_400,
        16,
        new PoolSettings.Limits(1_000, 1_000, 100, 65_536, 200, 100_000, 10_000, 100),
        PlacementSettings.of(policy),
        PoolSettings.Speculation.DEFAULT);
  }

  private Lanes lanes() {
    return new Lanes() {
      @Override
      public List<Integer> existing(String deviceClass, List<Integer> lanes) {
        int count = fleet.group(deviceClass).size();
        return lanes.stream().filter(lane -> lane >= 0 && lane < count).toList();
      }

      @Override
      public void need(String deviceClass, int lanes) {
        world.time.after(1, () -> fleet.group(deviceClass).grow(lanes));
      }
    };
  }

  void start() {
    up = true;
    committing = false;
    transaction = null;
    positions.clear();
    positions.putAll(committed);
    partitions.forEach(VirtualPartition::start);
    wake(0);
  }

  void strike(Fault fault) {
    switch (fault.kind()) {
      case ENGINE_KILLED_AT_AN_EFFECT -> {
        if (up && effectsLeft < 0) {
          effectsLeft = (int) fault.size();
          doom = fault;
        }
      }
      case ENGINE_KILLED -> {
        if (up) {
          die(fault);
        }
      }
      case ENGINE_STALLED -> {
        world.history.strike(fault);
        world.note("the engine stands still for %.2f s", fault.seconds());
        stalledUntil = world.time.now() + fault.seconds();
      }
      default -> {
        // Of others' concern.
      }
    }
  }

  private double clock() {
    return VirtualTime.START + world.time.now() + clockError;
  }

  private void boundary() {
    world.history.effects++;
    if (effectsLeft >= 0 && effectsLeft-- == 0) {
      throw new Death();
    }
  }

  private void die(Fault fault) {
    world.history.strike(fault);
    // Whether a commit that was under way took place is for the coordinator to say.
    if (committing && world.chance(fault).nextBoolean()) {
      commit();
    }
    world.note("the engine dies after %d effects", world.history.effects);
    up = false;
    life++;
    effectsLeft = -1;
    nextStep = Double.POSITIVE_INFINITY;
    stalledUntil = 0;
    boolean rowsStay =
        world.guarantee == Guarantee.AT_LEAST_ONCE && world.chance(fault).nextBoolean();
    partitions.forEach(rowsStay ? VirtualPartition::crash : VirtualPartition::abort);
    Transaction lost = transaction;
    if (lost != null) {
      lost.abort();
    }
    transaction = null;
    // The next one may run on another machine, with another clock.
    clockError = (world.chance(fault).nextDouble() - 0.5) * 0.6;
    world.time.after(
        Math.min(8, fault.seconds()),
        () -> {
          world.note("the engine starts");
          start();
        });
  }

  private void wake(double inSeconds) {
    double at = Math.max(world.time.now() + inSeconds, stalledUntil);
    if (up && !committing && at < nextStep) {
      nextStep = at;
      int mine = life;
      world.time.at(
          at,
          () -> {
            if (mine == life && nextStep == at) {
              nextStep = Double.POSITIVE_INFINITY;
              step();
            }
          });
    }
  }

  private void step() {
    if (!up || committing) {
      return;
    }
    if (world.time.now() < stalledUntil) {
      wake(0);
      return;
    }
    boolean wanted = false;
    try {
      read();
      for (VirtualPartition partition : partitions) {
        wanted |= partition.punctuate();
      }
      boundary();
    } catch (Death death) {
      die(Objects.requireNonNull(doom));
      return;
    }
    if (world.guarantee == Guarantee.AT_LEAST_ONCE) {
      commitWhenDue();
      wake(IDLE_SECONDS);
    } else if (wanted) {
      committing = true;
      int mine = life;
      world.time.after(
          world.between(0.002, 0.008),
          () -> {
            if (mine == life) {
              commit();
              wake(0);
            }
          });
    } else {
      wake(IDLE_SECONDS);
    }
  }

  /** Offsets are committed by the clock, without what was written. */
  private void commitWhenDue() {
    if (world.time.now() >= nextCommit) {
      nextCommit = world.time.now() + COMMIT_SECONDS;
      commit();
    }
  }

  private record Polled(Place place, int offset) {}

  /** One poll: some of what the log has, in whatever order the topics come. */
  private List<Polled> poll() {
    List<Polled> batch = new ArrayList<>();
    Map<Integer, Integer> counts = new HashMap<>();
    for (int budget = 50; budget > 0; budget--) {
      Place place = places.get(world.random.nextInt(places.size()));
      int offset = world.log.next(place, positions.getOrDefault(place, 0));
      if (offset >= 0) {
        positions.put(place, offset + 1);
        batch.add(new Polled(place, offset));
        counts.merge(place.partition(), 1, Integer::sum);
      }
    }
    counts.forEach(batches::polled);
    return batch;
  }

  private void read() {
    for (Polled each : poll()) {
      Place place = each.place();
      SharedLog.Entry entry = world.log.read(place, each.offset());
      world.history.records++;
      partitions
          .get(place.partition())
          .process(
              place.topic(),
              each.offset(),
              entry.key(),
              entry.value(),
              entry.headers(),
              entry.millis());
    }
    if (places.stream().anyMatch(this::waits)) {
      wake(0.001);
    }
  }

  private boolean waits(Place place) {
    return world.log.next(place, positions.getOrDefault(place, 0)) >= 0;
  }

  private void send(
      String topic,
      @Nullable Integer partition,
      byte @Nullable [] key,
      byte[] value,
      Headers headers) {
    Transaction open = null;
    if (world.guarantee == Guarantee.EXACTLY_ONCE) {
      open = transaction == null ? world.log.begin() : transaction;
      transaction = open;
    }
    int number =
        partition == null ? VirtualPartition.of(World.POOL, world.plan.partitions()) : partition;
    for (byte[] bytes : sabotaged(topic, value)) {
      world.log.append(new Place(topic, number), new SharedLog.Entry(key, bytes, headers, 0, open));
    }
  }

  private List<byte[]> sabotaged(String topic, byte[] value) {
    if (world.sabotage == Sabotage.NONE) {
      return List.of(value);
    }
    if (topic.equals(Wire.TOPICS.jobEvents())) {
      return world.sabotage.announcements(Wire.jobEvent(value)).stream()
          .map(event -> Wire.bytes(topic, event))
          .toList();
    }
    return Delivery.CLASSES.stream().anyMatch(name -> topic.equals(Wire.TOPICS.assignments(name)))
        ? List.of(Wire.bytes(topic, world.sabotage.assignment(Wire.assignment(topic, value))))
        : List.of(value);
  }

  private void commit() {
    committing = false;
    world.history.commits++;
    partitions.forEach(VirtualPartition::commit);
    committed.putAll(positions);
    Transaction done = transaction;
    transaction = null;
    if (done != null) {
      done.commit();
    }
    if (world.history.commits % LOOK_EVERY == 0) {
      questions.ask(World.POOL, (pool, now) -> look(pool, now));
    }
  }

  /** Holds the live pool against its invariants, its books, and a pool made of its rows. */
  private boolean look(Pool pool, double now) {
    pool.check();
    double at = world.time.now();
    pool.jobs().stream()
        .filter(job -> job.outcome() != null)
        .forEach(job -> world.history.endedByTheBooks.put(job.job(), job.outcome().state().name()));
    pool.devices()
        .forEach(device ->
            world.history.add(
                new Fact.Booked(
                    at,
                    device.report().id(),
                    device.running(),
                    device.offered(),
                    device.report().slots(),
                    device.report().prefetch())));
    int partition = VirtualPartition.of(World.POOL, world.plan.partitions());
    Pool restored =
        Pool.restore(World.POOL, settings, partitions.get(partition).rows(World.POOL), now);
    restored.check();
    world.history.add(new Fact.Compared(at, Standing.of(pool), Standing.of(restored)));
    return true;
  }
}
