package io.signalbox.engine.scheduling;

import io.signalbox.core.pool.Input;
import io.signalbox.core.pool.Pool;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pool with its rows. A bug that throws out of the pool must not stop the engine, nor come back
 * with every restart: what the failed call wanted is dropped, the pool is rebuilt from its rows
 * (its memory may be half-changed), and the input goes to the dead letters. Kafka's own errors are
 * no bugs of the pool and pass through.
 */
final class LivePool {
  private static final Logger LOG = LoggerFactory.getLogger(LivePool.class);
  private static final double MAX_REST_SECONDS = 60;

  private final String name;
  private final Shell shell;
  private final PoolRows rows;
  private Pool pool;
  private boolean touched = true;
  private double lastTick;
  private double restUntil;
  private double restSeconds;
  private long sharedVersion;

  /** Takes a pool from its rows; a pool without rows is a new one. */
  LivePool(String name, Shell shell, PoolRows rows, double now) {
    this.name = name;
    this.shell = shell;
    this.rows = rows;
    this.pool = restored(name, shell, rows, now);
  }

  private static Pool restored(String name, Shell shell, PoolRows rows, double now) {
    long began = System.nanoTime();
    Pool pool = rows.read(name, all -> Pool.restore(name, shell.pool(), all, now));
    LOG.info(
        "Pool {} is built from its rows, in {} ms", name, (System.nanoTime() - began) / 1_000_000);
    return pool;
  }

  String name() {
    return name;
  }

  Pool pool() {
    return pool;
  }

  /**
   * Tells the pool something.
   *
   * @param origin where it came from, for the log
   * @return why the input can't be used, or null when it was
   */
  @Nullable String on(Input input, Object origin, double now, Consumer<Outgoing> sinks) {
    touched = true;
    Transition transition = transition(now);
    try {
      pool.on(input, now, transition);
    } catch (KafkaException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("Pool {} failed at {} and is rebuilt without it", name, origin, e);
      pool = restored(name, shell, rows, now);
      return "the scheduler failed on it: " + e;
    }
    complete(transition, now, sinks);
    return transition.refusal();
  }

  /** Tells the pool what all pools have learned, if that may be news. */
  void share(SharedModels models, double now, Consumer<Outgoing> sinks) {
    long version = models.version(now);
    if (version != sharedVersion) {
      sharedVersion = version;
      on(new Input.ModelsShared(models.models()), "the models of all pools", now, sinks);
    }
  }

  /** True when the pool has something to do: new input, or its time has come. */
  boolean due(double now, double idleSeconds) {
    return now >= restUntil && (touched || now - lastTick >= idleSeconds || now < lastTick);
  }

  /** Lets the pool end what has expired and place what is ready. */
  void tick(double now, Consumer<Outgoing> sinks) {
    touched = false;
    lastTick = now;
    Transition transition = transition(now);
    try {
      pool.tick(now, transition);
      restSeconds = 0;
    } catch (KafkaException e) {
      throw e;
    } catch (RuntimeException e) {
      rest(now, e);
      return;
    }
    complete(transition, now, sinks);
  }

  /** A tick that fails fails again: the pool rests for longer and longer, the others go on. */
  private void rest(double now, RuntimeException e) {
    restSeconds = Math.clamp(restSeconds * 2, 1, MAX_REST_SECONDS);
    restUntil = now + restSeconds;
    LOG.error("Pool {} failed to place tasks and rests for {} s", name, restSeconds, e);
    pool = restored(name, shell, rows, now);
  }

  private void complete(Transition transition, double now, Consumer<Outgoing> sinks) {
    transition.complete(sinks);
    for (Input consequence : transition.consequences()) {
      String refusal = on(consequence, "an assignment too large", now, sinks);
      if (refusal != null) {
        LOG.warn("Pool {}: {}", name, refusal);
      }
    }
  }

  private Transition transition(double now) {
    return new Transition(name, rows, shell.lanes(), shell.streams().maxAssignmentBytes(), now);
  }
}
