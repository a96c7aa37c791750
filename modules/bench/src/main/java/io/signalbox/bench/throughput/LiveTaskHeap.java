package io.signalbox.bench.throughput;

import io.signalbox.bench.BenchException;
import io.signalbox.bench.measure.UsedHeap;
import io.signalbox.bench.rig.EventTap;
import io.signalbox.bench.shape.JobShape;
import io.signalbox.client.SignalboxClient;
import io.signalbox.events.JobEvent;
import io.signalbox.events.JobEventType;
import io.signalbox.events.connection.Connection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.Serde;
import reactor.core.publisher.Flux;

/** The heap that an engine needs for each task that waits, in a pool without devices. */
final class LiveTaskHeap {
  private static final String POOL = "bench-heap";
  private static final String JOB = "heap";

  private LiveTaskHeap() {}

  /** Bytes per task; the cache of rows counts as far as it grows. */
  static double measure(Connection connection, JobShape shape, int tasks, Duration limit) {
    try (SignalboxClient client = SignalboxClient.connect(connection)) {
      accepted(connection, client, JobShape.named("independent"), "first", 1, limit);
      long before = UsedHeap.bytes();
      accepted(connection, client, shape, JOB, tasks, limit);
      return (double) (UsedHeap.bytes() - before) / tasks;
    }
  }

  private static void accepted(
      Connection connection,
      SignalboxClient client,
      JobShape shape,
      String job,
      int tasks,
      Duration limit) {
    CompletableFuture<JobEventType> answer = new CompletableFuture<>();
    String topic = connection.topics().jobEvents();
    try (Serde<JobEvent> serde = connection.serde(JobEvent.class);
        EventTap tap =
            new EventTap(
                connection.consumerConfig(),
                topic,
                record -> {
                  JobEvent event = serde.deserializer().deserialize(topic, record.value());
                  if (event.getJob().equals(job) && event.getPool().equals(POOL)) {
                    answer.complete(event.getType());
                  }
                })) {
      client.submit(POOL, job, Flux.fromIterable(shape.tasks(tasks))).block(limit);
      JobEventType type = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (type != JobEventType.ACCEPTED) {
        throw new BenchException("the job that shall wait was answered by " + type + ", " + tap);
      }
    } catch (TimeoutException | ExecutionException e) {
      throw new BenchException(
          "the job that shall wait wasn't accepted in " + limit.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
