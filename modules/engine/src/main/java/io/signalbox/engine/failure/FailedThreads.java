package io.signalbox.engine.failure;

import io.signalbox.engine.translate.Retriable;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what becomes of the engine when a stream thread fails: a failure that passes (the
 * registry or a broker doesn't answer) gives a new thread after a wait that doubles while failures
 * follow each other; any other one ends the engine.
 */
public final class FailedThreads implements StreamsUncaughtExceptionHandler, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FailedThreads.class);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration CALM = Duration.ofMinutes(2);

  private final Duration first;
  private final Consumer<Throwable> fatal;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicLong waitNanos;
  private final AtomicLong lastNanos = new AtomicLong(System.nanoTime());

  /**
   * @param first the wait after a first failure
   * @param fatal told of a failure that ends the engine
   */
  public FailedThreads(Duration first, Consumer<Throwable> fatal) {
    this.first = first;
    this.fatal = fatal;
    this.waitNanos = new AtomicLong(first.toNanos());
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable failure) {
    if (!Retriable.is(failure)) {
      LOG.error("The engine stops: {}", Retriable.root(failure).toString(), failure);
      fatal.accept(failure);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    long wait = nextWait();
    LOG.warn(
        "A stream thread failed and is replaced in {} ms: {}",
        TimeUnit.NANOSECONDS.toMillis(wait),
        Retriable.root(failure).toString());
    pause(wait);
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  private long nextWait() {
    long now = System.nanoTime();
    boolean calm = now - lastNanos.getAndSet(now) > CALM.toNanos();
    return calm
        ? waitNanos.updateAndGet(wait -> first.toNanos())
        : waitNanos.getAndUpdate(wait -> Math.min(wait * 2, LONGEST.toNanos()));
  }

  private void pause(long nanos) {
    try {
      if (closed.await(nanos, TimeUnit.NANOSECONDS)) {
        LOG.debug("The engine closes; no wait");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends every wait. */
  @Override
  public void close() {
    closed.countDown();
  }
}
