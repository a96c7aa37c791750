package io.signalbox.bench.throughput;

import io.signalbox.bench.BenchException;
import io.signalbox.bench.measure.StreamsTraffic;
import io.signalbox.bench.rig.BenchCluster;
import io.signalbox.bench.rig.EventTap;
import io.signalbox.events.connection.Connection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What the broker allows: a bare Kafka Streams topology that moves as many records of the same size
 * for each task as the engine does, under the same guarantee, and does nothing else. A producer
 * writes what the engine would read, the topology writes as many records as the engine would write
 * for its readers and for its changelog, and a consumer reads the former.
 */
final class PassThrough implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final int COMMIT_MILLIS = 100;
  private static final int POLL_MILLIS = 10;

  private final String in;
  private final StreamsTraffic load;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaStreams streams;
  private final EventTap tap;
  private long sentTotal;
  private final AtomicLong read = new AtomicLong();
  private volatile long wanted = Long.MAX_VALUE;
  private volatile CompletableFuture<Long> over = new CompletableFuture<>();

  /**
   * Creates its topics and starts it.
   *
   * @param load what the engine moves for one task
   */
  PassThrough(BenchCluster cluster, Path state, String guarantee, StreamsTraffic load) {
    this.load = load;
    String name = cluster.name() + "-passthrough";
    this.in = name + "-in";
    String out = name + "-out";
    String kept = name + "-kept";
    cluster.createTopics(List.of(in, out, kept));
    Connection connection = cluster.connection();
    this.producer = producer(connection);
    this.streams =
        new KafkaStreams(
            Repeater.topology(in, out, kept, load), settings(connection, name, state, guarantee));
    start();
    this.tap = new EventTap(connection.consumerConfig(), out, record -> count());
  }

  private static KafkaProducer<byte[], byte[]> producer(Connection connection) {
    // As the worker SDK's.
    Map<String, Object> config = new HashMap<>();
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.putAll(connection.producerConfig());
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static Properties settings(
      Connection connection, String name, Path state, String guarantee) {
    Properties settings = new Properties();
    settings.putAll(connection.streamsConfig());
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, name);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MILLIS);
    settings.put(StreamsConfig.POLL_MS_CONFIG, POLL_MILLIS);
    return settings;
  }

  private void start() {
    CompletableFuture<Void> running = new CompletableFuture<>();
    streams.setStateListener((now, before) -> {
      if (now == KafkaStreams.State.RUNNING) {
        running.complete(null);
      }
    });
    streams.start();
    await(running, START_LIMIT, () -> "the pass-through topology isn't ready");
  }

  /**
   * Moves the records of so many tasks and returns how long that took, in seconds.
   *
   * @throws BenchException when it takes longer than the limit
   */
  double run(long tasks, Duration limit) {
    long sending = Math.max(1, Math.round(tasks * load.recordsRead()));
    CompletableFuture<Long> end = new CompletableFuture<>();
    over = end;
    long before = Repeater.copies(sentTotal, load.recordsWritten() / load.recordsRead());
    sentTotal += sending;
    long after = Repeater.copies(sentTotal, load.recordsWritten() / load.recordsRead());
    read.set(0);
    wanted = Math.max(1, after - before);
    byte[] value = new byte[Repeater.size(load.bytesRead(), load.recordsRead())];
    long begin = System.nanoTime();
    for (long i = 0; i < sending; i++) {
      var _ =
          producer.send(
              new ProducerRecord<>(in, value),
              (metadata, error) -> {
                if (error != null) {
                  end.completeExceptionally(error);
                }
              });
    }
    producer.flush();
    long last = await(end, limit, () -> "the pass-through moved only " + read + " of " + wanted);
    wanted = Long.MAX_VALUE;
    return (last - begin) / 1e9;
  }

  private void count() {
    if (read.incrementAndGet() == wanted) {
      over.complete(System.nanoTime());
    }
  }

  private static <T> T await(
      CompletableFuture<T> future, Duration limit, java.util.function.Supplier<String> otherwise) {
    try {
      return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new BenchException(otherwise.get() + " after " + limit.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw new BenchException("the pass-through failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  @Override
  public void close() {
    tap.close();
    streams.close(Duration.ofSeconds(20));
    producer.close();
  }
}
