package io.signalbox.worker;

import io.signalbox.events.Assignment;
import io.signalbox.events.AssignmentType;
import io.signalbox.events.Content;
import io.signalbox.events.DeviceState;
import io.signalbox.events.DeviceTelemetry;
import io.signalbox.events.ErrorType;
import io.signalbox.events.Input;
import io.signalbox.events.TaskEvent;
import io.signalbox.events.TaskSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.common.header.Headers;

/**
 * The worker SDK's state machine ({@link Offers}, {@link Reports}) in a shell that stands for
 * {@link Device} without broker, threads and clock: the same steps in the same order.
 */
public final class VirtualDevice implements Moves {
  /** What the device sees of the world. */
  public interface World {
    /** The device's own clock. */
    Instant now();

    /** Sends an event; {@code acknowledged} is called when the log has it. */
    void say(TaskEvent event, Runnable acknowledged);

    /** Sends a heartbeat. */
    void beat(DeviceTelemetry heartbeat);

    /** A handler begins. */
    void begins(Assignment assignment, List<Input> inputs);

    /** A handler is stopped; nothing more is heard of it. */
    void stops(Assignment assignment);

    /** Takes a step after so long, if the device is still there. */
    void after(Duration delay, Runnable step);
  }

  private final World world;
  private final Offers offers;
  private final Reports reports;
  private final Map<AttemptId, Attempt> attempts = new HashMap<>();
  private final TreeSet<Integer> lanes = new TreeSet<>();
  private final RecentOperations recent = new RecentOperations();
  private final Duration startDelay;
  private final UntoldStarts untold = new UntoldStarts();
  private DeviceState state = DeviceState.ACTIVE;
  private boolean healthy = true;

  /** A device that has just started. */
  public VirtualDevice(
      String pool,
      String id,
      String deviceClass,
      int slots,
      int prefetch,
      int linkedOffers,
      Duration startDelay,
      long incarnation,
      World world) {
    this.world = world;
    this.startDelay = startDelay;
    WorkerSettings settings =
        new WorkerSettings(
            pool,
            id,
            deviceClass,
            slots,
            prefetch,
            linkedOffers,
            Duration.ofSeconds(1),
            startDelay,
            "",
            Map.of(),
            0,
            0,
            "simulated",
            "classic");
    offers = new Offers(pool, id, slots, prefetch, linkedOffers, this);
    reports = new Reports(settings, incarnation);
  }

  /** The heartbeat's time has come. */
  public void tick() {
    offers.expire(world.now());
    beat();
  }

  /** Its health check passes or fails from now on. */
  public void healthy(boolean passes) {
    healthy = passes;
  }

  private void beat() {
    if (state != DeviceState.STOPPED) {
      DeviceReading reading = new DeviceReading(0, 0, 0, null, healthy);
      world.beat(
          reports.heartbeat(
              state,
              lanes,
              offers,
              reading,
              recent.operations(),
              new Whereabouts("", Map.of()),
              Map.of(),
              world.now()));
    }
  }

  /** A record came on a lane. */
  public void deliver(Assignment assignment, int lane, Headers headers, Runnable acknowledge) {
    if (assignment.getType() == AssignmentType.RUN) {
      TraceContext trace = TraceContext.childOf(headers);
      offers.offered(
          new Offer(AttemptId.of(assignment), assignment, lane, trace, acknowledge), world.now());
    } else {
      offers.cancelled(AttemptId.of(assignment), world.now());
      acknowledge.run();
    }
  }

  /** Lanes that it reads from now on. */
  public void assigned(Collection<Integer> gained) {
    lanes.addAll(gained);
    beat();
  }

  /** Lanes that it no longer reads. */
  public void revoked(Collection<Integer> lost) {
    lanes.removeAll(lost);
    offers.lanesLost(lost);
    beat();
  }

  /** Takes nothing new; what runs goes on. */
  public void drain() {
    state = DeviceState.DRAINING;
    offers.drain();
    beat();
  }

  /** The handler of an attempt has done its work; false when nobody waits for it any more. */
  public boolean succeeded(Assignment assignment, List<TaskSpec> spawned) {
    AttemptId id = AttemptId.of(assignment);
    Attempt attempt = attempts.get(id);
    if (attempt == null || !offers.finished(id)) {
      return false;
    }
    attempts.remove(id);
    Result result = Result.text(id.toString());
    Instant at = world.now();
    recent.ran(assignment.getOperation(), Duration.between(attempt.startedAt(), at));
    world.say(reports.completed(attempt, result, spawned, at), told(attempt));
    offers.succeeded(id, reports.handedOn(attempt, result, at), at);
    return true;
  }

  /** The handler of an attempt has failed; false when nobody waits for it any more. */
  public boolean failed(Assignment assignment, ErrorType type) {
    AttemptId id = AttemptId.of(assignment);
    Attempt attempt = attempts.get(id);
    if (attempt == null || !offers.finished(id)) {
      return false;
    }
    attempts.remove(id);
    Instant at = world.now();
    world.say(
        reports.failed(attempt, new TaskFailedException(type, "it broke"), at), told(attempt));
    offers.failed(at);
    return true;
  }

  /** What follows when the attempt's end is written. */
  private Runnable told(Attempt attempt) {
    return untold.remove(attempt.offer().attempt()) ? attempt.offer().acknowledge() : () -> {};
  }

  /** Attempts in slots. */
  public int running() {
    return offers.running().size();
  }

  /** The attempts that hold a slot, as job/task#number. */
  public List<String> holds() {
    List<String> names = new ArrayList<>();
    offers.running().forEach(attempt -> names.add(attempt.toString()));
    return names;
  }

  /** The text that stands for a result. */
  public static String text(Content content) {
    return StandardCharsets.UTF_8.decode(content.getBytes().duplicate()).toString();
  }

  @Override
  public void start(Offer offer) {
    Attempt attempt = begin(offer);
    if (isBrief(offer)) {
      runFirst(attempt);
      return;
    }
    world.say(
        reports.started(offer.assignment(), attempt.startedAt()),
        () -> {
          offer.acknowledge().run();
          if (attempts.get(offer.attempt()) == attempt) {
            world.begins(offer.assignment(), offer.inputs());
          }
        });
  }

  @Override
  public void follow(Offer offer) {
    Attempt attempt = begin(offer);
    if (isBrief(offer)) {
      runFirst(attempt);
      return;
    }
    sayStarted(attempt);
    world.begins(offer.assignment(), offer.inputs());
  }

  private boolean isBrief(Offer offer) {
    return recent.tookLess(offer.assignment().getOperation(), startDelay);
  }

  private void runFirst(Attempt attempt) {
    if (untold.isEmpty()) {
      world.after(startDelay, this::tellStarts);
    }
    untold.add(attempt);
    world.begins(attempt.assignment(), attempt.offer().inputs());
  }

  private void tellStarts() {
    untold.due().forEach(this::sayStarted);
    if (!untold.isEmpty()) {
      world.after(startDelay, this::tellStarts);
    }
  }

  private void sayStarted(Attempt attempt) {
    world.say(
        reports.started(attempt.assignment(), attempt.startedAt()), attempt.offer().acknowledge());
  }

  private Attempt begin(Offer offer) {
    Attempt attempt = new Attempt(offer, "", world.now(), share -> {});
    attempts.put(offer.attempt(), attempt);
    return attempt;
  }

  @Override
  public void release(Offer offer, String reason) {
    world.say(reports.released(offer.assignment(), reason, world.now()), offer.acknowledge());
  }

  @Override
  public void drop(Offer offer, DropReason reason) {
    offer.acknowledge().run();
  }

  @Override
  public void stop(Offer offer, String reason) {
    Attempt attempt = attempts.remove(offer.attempt());
    untold.remove(offer.attempt());
    if (attempt != null) {
      world.stops(offer.assignment());
    }
    release(offer, reason);
  }
}
