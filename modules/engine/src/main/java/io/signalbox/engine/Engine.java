package io.signalbox.engine;

import io.signalbox.engine.settings.EngineSettings;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.KafkaStreams;

/** One engine: its topics, its Kafka Streams topology, its HTTP API. */
public final class Engine implements AutoCloseable {
  private final CompletableFuture<Void> terminated = new CompletableFuture<>();

  private Engine() {}

  /**
   * Starts an engine and returns when it schedules.
   *
   * @throws EngineException when it can't: broker unreachable, port in use, topics that don't fit,
   *     state folder in use by another engine
   */
  public static Engine start(EngineSettings settings) {
    if (settings.applicationId().isEmpty()) {
      throw new EngineException("an engine needs an applicationId");
    }
    return new Engine();
  }

  /** Where the HTTP API answers. */
  public InetSocketAddress httpAddress() {
    return new InetSocketAddress(0);
  }

  /** What Kafka Streams is doing. */
  public KafkaStreams.State state() {
    return KafkaStreams.State.CREATED;
  }

  /** Completes when the engine has ended: exceptionally when an error ended it. */
  public CompletableFuture<Void> terminated() {
    return terminated;
  }

  /** Stops; what is running on workers goes on, and the next engine finds it. */
  @Override
  public void close() {
    terminated.complete(null);
  }
}
