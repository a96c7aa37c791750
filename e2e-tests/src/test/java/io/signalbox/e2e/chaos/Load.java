package io.signalbox.e2e.chaos;

import io.signalbox.client.Job;
import io.signalbox.client.SignalboxClient;
import io.signalbox.events.connection.Connection;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A producer that keeps some jobs under way: it submits the next one when one has ended, so that
 * the load suits the machine. A submission that fails is made again, word for word.
 */
final class Load implements AutoCloseable {
  private static final int JOBS = 8;
  private static final Duration PATIENCE = Duration.ofMillis(200);
  private static final int PAUSED_MILLIS = 20;

  private final Ledger ledger;
  private final SignalboxClient client;
  private final Thread thread = new Thread(this::run, "chaos-load");
  private volatile boolean paused = true;
  private final CountDownLatch closing = new CountDownLatch(1);

  private Load(Connection connection, Ledger ledger) {
    this.ledger = ledger;
    this.client = SignalboxClient.connect(connection);
  }

  /** A load that waits to be told to begin. */
  static Load start(Connection connection, Ledger ledger) {
    Load load = new Load(connection, ledger);
    load.thread.setDaemon(true);
    load.thread.start();
    return load;
  }

  /** Submits a job of so many tasks that goes on beside all others to the end of the scenario. */
  void background(int tasks) {
    Job job = Jobs.bulk(tasks);
    ledger.expectBackground(job);
    client.submit(job).block(Member.LIMIT);
  }

  void begin() {
    paused = false;
  }

  /** Submits nothing more, and waits until all that was submitted is settled. */
  void drain() {
    paused = true;
    ledger.awaitSettled();
  }

  private void run() {
    int next = 0;
    try {
      while (closing.getCount() > 0) {
        if (paused) {
          closing.await(PAUSED_MILLIS, TimeUnit.MILLISECONDS);
        } else if (ledger.isBelow(JOBS, PATIENCE)) {
          submit(Jobs.job("job-" + next++));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void submit(Job job) {
    ledger.expect(job);
    boolean submitted = false;
    while (!submitted && closing.getCount() > 0) {
      try {
        client.submit(job).block(Member.LIMIT);
        submitted = true;
      } catch (RuntimeException e) {
        // Nobody knows whether it arrived; the same words again change nothing then.
        if (closing.getCount() > 0) {
          System.out.println("chaos: submitting " + job.name() + " again after " + e);
        }
      }
    }
  }

  @Override
  public void close() {
    closing.countDown();
    thread.interrupt();
    client.close();
  }
}
