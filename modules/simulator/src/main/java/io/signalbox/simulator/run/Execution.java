package io.signalbox.simulator.run;

import io.signalbox.core.job.AttemptRef;
import io.signalbox.core.pool.Effect;
import io.signalbox.core.pool.Input;
import io.signalbox.core.pool.Pool;
import io.signalbox.simulator.scenario.Disturbance;
import io.signalbox.simulator.scenario.Scenario;
import io.signalbox.simulator.workload.Fleet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The devices of a run and what they do: each takes an offer at once, waits for its inputs, runs it
 * for its exact time on its class, disturbed or not, and says so.
 */
final class Execution {
  private final Scenario scenario;
  private final Disturbance disturbance;
  private final long seed;
  private final Pool pool;
  private final PoolEffects effects;
  private final EventQueue events;
  private final RunLog log;
  private final Map<String, VirtualDevice> devices = new LinkedHashMap<>();
  private final int[] underWay;
  private @Nullable HotspotWatch hotspots;

  Execution(
      Scenario scenario,
      Disturbance disturbance,
      long seed,
      Pool pool,
      PoolEffects effects,
      EventQueue events,
      RunLog log) {
    this.scenario = scenario;
    this.disturbance = disturbance;
    this.seed = seed;
    this.pool = pool;
    this.effects = effects;
    this.events = events;
    this.log = log;
    underWay = new int[scenario.problem().tasks().size()];
  }

  /** Who is told of attempts that have ended; null: nobody. */
  void watch(@Nullable HotspotWatch of) {
    hotspots = of;
  }

  Collection<VirtualDevice> devices() {
    return devices.values();
  }

  /** All devices say that they are there, and how many linked offers they take. */
  void join(int linkedOffers, double now) {
    for (Fleet.Device device : scenario.fleet().devices()) {
      int classNumber = scenario.problem().classes().indexOf(device.deviceClass());
      VirtualDevice joined = new VirtualDevice(device, classNumber, linkedOffers);
      devices.put(device.id(), joined);
      report(joined, now);
    }
  }

  /** A device's heartbeat. */
  void report(VirtualDevice device, double now) {
    pool.on(new Input.DeviceReported(device.report(scenario.fleet().network())), now, effects);
  }

  /** Hands an offer to its device; a silent one doesn't hear of it. */
  void offered(Effect.Offer offer, double now) {
    VirtualDevice device = devices.get(offer.device());
    AttemptRef ref = offer.attempt();
    if (device == null) {
      throw new IllegalStateException(offer + " is for nobody");
    }
    Attempt attempt = new Attempt(ref, scenario.numberOf(ref), device, offer.acceptBy());
    AttemptRef after = offer.after();
    if (after == null) {
      take(attempt, now);
    } else if (!device.link(attempt, after) && !device.silent()) {
      pool.on(
          new Input.AttemptReleased(ref, offer.device(), device.incarnation(), "not here"),
          now,
          effects);
    }
  }

  private void take(Attempt attempt, double now) {
    if (attempt.device.take(attempt)) {
      schedule(attempt, now);
    }
  }

  void cancelled(Effect.Cancel cancel, double now) {
    VirtualDevice device = devices.get(cancel.device());
    Attempt attempt = device == null ? null : device.find(cancel.attempt());
    if (device != null) {
      device.unlink(cancel.attempt());
    }
    if (attempt != null) {
      log.wasted(attempt, now, WastedAttempt.End.CANCELLED);
      leave(attempt, now);
    }
  }

  /** The attempt has a slot: it starts as soon as its inputs are there. */
  private void schedule(Attempt attempt, double now) {
    attempt.startsAt = Math.max(now, log.inputsOn(attempt.device, attempt.task));
    double exact =
        scenario.problem().secondsByTaskAndClass()[attempt.task][attempt.device.classNumber];
    double seconds = exact * disturbance.factor(seed, attempt.task, attempt.ref.attempt());
    attempt.finishesAt = attempt.startsAt + seconds;
    if (attempt.startsAt > now) {
      events.add(attempt.startsAt, attempt);
    } else {
      start(attempt, now);
    }
  }

  /** The time has come at which the attempt starts or finishes. */
  void proceed(Attempt attempt, double now) {
    if (attempt.over) {
      return;
    }
    if (attempt.running) {
      finish(attempt, now);
    } else {
      start(attempt, now);
    }
  }

  private void start(Attempt attempt, double now) {
    attempt.running = true;
    attempt.copy = underWay[attempt.task]++ > 0;
    log.started(attempt);
    String device = attempt.device.device.id();
    long incarnation = attempt.device.incarnation();
    pool.on(
        new Input.AttemptStarted(attempt.ref, device, incarnation, attempt.startsAt), now, effects);
    events.add(attempt.finishesAt, attempt);
  }

  private void finish(Attempt attempt, double now) {
    log.finished(attempt);
    if (hotspots != null) {
      hotspots.ended(
          scenario.operation(attempt.task),
          attempt.device.device.deviceClass(),
          attempt.finishesAt - attempt.startsAt);
    }
    Attempt follower = attempt.device.handOver(attempt);
    if (follower == null) {
      leave(attempt, now);
    } else {
      end(attempt);
    }
    pool.on(
        new Input.AttemptCompleted(
            attempt.ref,
            attempt.device.device.id(),
            attempt.device.incarnation(),
            attempt.startsAt,
            attempt.finishesAt,
            null,
            List.of()),
        now,
        effects);
    if (follower != null) {
      schedule(follower, now);
    }
  }

  private void leave(Attempt attempt, double now) {
    end(attempt);
    Attempt next = attempt.device.leave(attempt);
    if (next != null) {
      schedule(next, now);
    }
  }

  private void end(Attempt attempt) {
    underWay[attempt.task] -= attempt.running ? 1 : 0;
  }

  /** What a device runs is lost, and it takes nothing until it returns. */
  void fallSilent(VirtualDevice device, double now) {
    for (Attempt attempt : device.inHand()) {
      log.wasted(attempt, now, WastedAttempt.End.LOST);
      end(attempt);
    }
    device.fallSilent();
  }

  /** A device starts anew, and takes the offers that came meanwhile and still hold. */
  void startAnew(VirtualDevice device, double now) {
    List<Attempt> missed = device.startAnew();
    report(device, now);
    for (Attempt attempt : missed) {
      if (!attempt.over && attempt.acceptBy > now) {
        take(attempt, now);
      } else {
        device.unlinkBehind(attempt.ref);
      }
    }
  }
}
