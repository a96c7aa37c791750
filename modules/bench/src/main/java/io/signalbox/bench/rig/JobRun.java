package io.signalbox.bench.rig;

import io.signalbox.bench.BenchException;
import io.signalbox.client.Job;
import io.signalbox.client.SignalboxClient;
import io.signalbox.events.JobEvent;
import io.signalbox.events.connection.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.Deserializer;
import reactor.core.publisher.Flux;

/** Submits jobs and counts what becomes of their tasks, until all have succeeded. */
public final class JobRun implements AutoCloseable {
  private static final int SUBMISSIONS_AT_ONCE = 8;

  private final SignalboxClient client;
  private final Deserializer<JobEvent> events;
  private final EventTap tap;
  private final Map<String, Long> submittedNanos = new ConcurrentHashMap<>();
  private final Histogram micros = new Histogram(TimeUnit.HOURS.toMicros(1), 3);
  private volatile CompletableFuture<Long> end = new CompletableFuture<>();
  private volatile long expected;
  private final AtomicLong succeeded = new AtomicLong();

  /** Opens a client and a follower of all jobs. */
  public JobRun(Connection connection) {
    this.client = SignalboxClient.connect(connection);
    this.events = connection.serde(JobEvent.class).deserializer();
    String topic = connection.topics().jobEvents();
    this.tap =
        new EventTap(
            connection.consumerConfig(),
            topic,
            record -> read(events.deserialize(topic, record.value())));
  }

  /**
   * What a run of jobs took.
   *
   * @param seconds from the first submission until the last success was read
   * @param tasks that succeeded
   * @param p50Millis from a job's submission until its task's success was read, median of all tasks
   * @param p99Millis the same, the 99th percentile
   */
  public record Outcome(double seconds, long tasks, double p50Millis, double p99Millis) {}

  /**
   * Submits the jobs, all at once, and waits until each of their tasks has succeeded.
   *
   * @throws BenchException when a job fails or that takes too long
   */
  public Outcome run(List<Job> jobs, Duration limit) {
    submittedNanos.clear();
    micros.reset();
    succeeded.set(0);
    expected = jobs.stream().mapToLong(job -> job.tasks().size()).sum();
    CompletableFuture<Long> over = new CompletableFuture<>();
    end = over;
    long begin = System.nanoTime();
    Flux.fromIterable(jobs)
        .doOnNext(job -> submittedNanos.put(job.name(), System.nanoTime()))
        .flatMap(client::submit, SUBMISSIONS_AT_ONCE, 1)
        .subscribe(done -> {}, over::completeExceptionally);
    long last = await(over, limit);
    return new Outcome(
        (last - begin) / 1e9,
        expected,
        micros.getValueAtPercentile(50) / 1e3,
        micros.getValueAtPercentile(99) / 1e3);
  }

  private long await(CompletableFuture<Long> over, Duration limit) {
    try {
      return over.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new BenchException(
          "only %,d of %,d tasks were done after %d s; --timeout gives it more"
              .formatted(succeeded.get(), expected, limit.toSeconds()),
          e);
    } catch (ExecutionException e) {
      throw new BenchException("the jobs came to a bad end: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /** How many tasks of the run have succeeded so far. */
  public long succeeded() {
    return succeeded.get();
  }

  private void read(JobEvent event) {
    Long submitted = submittedNanos.get(event.getJob());
    if (submitted == null) {
      return;
    }
    switch (event.getType()) {
      case TASK_SUCCEEDED -> {
        long now = System.nanoTime();
        micros.recordValue(Math.max(0, (now - submitted) / 1_000));
        if (succeeded.incrementAndGet() == expected) {
          end.complete(now);
        }
      }
      case REJECTED, JOB_FAILED, JOB_CANCELLED ->
          end.completeExceptionally(
              new BenchException(
                  "job " + event.getJob() + ": " + event.getType() + " " + event.getReasons()));
      case ACCEPTED,
          AT_RISK,
          IN_TIME,
          QUEUED,
          TASK_STARTED,
          TASK_PROGRESS,
          TASK_RETRYING,
          TASK_FAILED,
          JOB_SUCCEEDED -> {}
    }
  }

  /** Closes both. */
  @Override
  public void close() {
    tap.close();
    client.close();
    events.close();
  }
}
