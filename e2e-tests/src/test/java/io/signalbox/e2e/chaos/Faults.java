package io.signalbox.e2e.chaos;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.signalbox.devkit.Wire;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The faults that there are. */
final class Faults {
  /** Longer than a device's lease (3 s) and a session in a consumer group (6 s). */
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private Faults() {}

  static Fault killActiveEngine() {
    return killed("kill -9 of the engine that has the pool", Deployment::active);
  }

  static Fault killStandby() {
    return killed("kill -9 of the other engine", it -> it.other(it.active()));
  }

  static Fault killWorker() {
    return killed("kill -9 of a worker", it -> it.workers().getFirst());
  }

  static Fault killRegistry() {
    return killed("kill -9 of the registry", it -> it.cluster().registry());
  }

  /** The broker without which nothing of the pool goes on until another one leads. */
  static Fault killLeader() {
    return killed(
        "kill -9 of the broker that leads the pool's inputs",
        it -> it.cluster().leader(it.cluster().connection().topics().taskEvents(), "default"));
  }

  /** Each broker in turn. */
  static List<Fault> killBrokersInTurn(int brokers) {
    return IntStream.range(0, brokers)
        .mapToObj(i -> killed("kill -9 of broker " + (i + 1), it -> it.cluster().brokers().get(i)))
        .toList();
  }

  /** Without it nothing goes on, so it is started again at once. */
  static Fault restartOnlyBroker() {
    return new Fault(
        "kill -9 of the only broker, started again at once",
        it -> {
          it.cluster().brokers().getFirst().kill();
          Moment moment = Moment.now();
          it.cluster().brokers().getFirst().start();
          return moment;
        },
        it -> {});
  }

  static Fault pauseActiveEngine() {
    return paused("the engine that has the pool", Deployment::active);
  }

  static Fault pauseWorker() {
    return paused("a worker", it -> it.workers().get(1));
  }

  /** Two workers of four are gone for a while, one of them for good until it is started anew. */
  static Fault killAndPauseWorkers() {
    return new Fault(
        "kill -9 of a worker while another one is stopped for " + PAUSE.toSeconds() + " s",
        it -> {
          it.workers().get(1).pause();
          it.workers().getFirst().kill();
          Moment moment = Moment.now();
          Clock.pass(PAUSE);
          it.workers().get(1).resume();
          return moment;
        },
        it -> it.workers().getFirst().start());
  }

  static Fault killEverything() {
    return new Fault(
        "kill -9 of everything, all started again",
        it -> {
          it.all().forEach(Member::kill);
          Moment moment = Moment.now();
          it.cluster().startAll();
          it.startMembers();
          return moment;
        },
        it -> {});
  }

  /** Of the first engine, which has the pool where there is one partition, and of a worker. */
  static Fault cutNetwork() {
    return new Fault(
        "network of an engine and a worker cut for " + PAUSE.toSeconds() + " s",
        it -> {
          it.cluster().wires().forEach(Wire::cut);
          Moment moment = Moment.now();
          Clock.pass(PAUSE);
          it.cluster().wires().forEach(Wire::mend);
          return moment;
        },
        it -> {});
  }

  /**
   * The engine that has the pool writes little while it runs, so it is killed as well: it can't
   * start again before there is room.
   */
  static Fault fillDisk() {
    return new Fault(
        "disk of an engine's state folder full, and kill -9 of the engine",
        it -> {
          it.disk().fill();
          it.engines().getFirst().kill();
          return Moment.now();
        },
        it -> {
          Member engine = it.engines().getFirst();
          assertNotEquals(0, engine.launch().awaitExit(), engine::report);
          it.disk().free();
          engine.start();
        });
  }

  /** One engine after the other is stopped and started again, as for an upgrade. */
  static Fault rollingRestart() {
    return new Fault(
        "rolling restart of both engines",
        it -> {
          Moment moment = Moment.now();
          for (Member engine : it.engines()) {
            engine.stop();
            engine.start();
          }
          return moment;
        },
        it -> {});
  }

  private static Fault killed(String name, Function<Deployment, Member> victim) {
    AtomicReference<Member> killed = new AtomicReference<>();
    return new Fault(
        name,
        it -> {
          Member chosen = victim.apply(it);
          killed.set(chosen);
          chosen.kill();
          return Moment.now();
        },
        it -> killed.get().start());
  }

  private static Fault paused(String whom, Function<Deployment, Member> victim) {
    return new Fault(
        "SIGSTOP of " + whom + " for " + PAUSE.toSeconds() + " s",
        it -> {
          Member chosen = victim.apply(it);
          chosen.pause();
          Moment moment = Moment.now();
          Clock.pass(PAUSE);
          chosen.resume();
          return moment;
        },
        it -> {});
  }
}
