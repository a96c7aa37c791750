package io.signalbox.engine;

import io.signalbox.engine.failure.FailedThreads;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches over Kafka Streams from its start to its end. */
final class Runner {
  private static final Logger LOG = LoggerFactory.getLogger(Runner.class);
  private static final Duration CLOSING = Duration.ofSeconds(20);

  private final CompletableFuture<Void> running = new CompletableFuture<>();
  private final CompletableFuture<Void> terminated = new CompletableFuture<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final AtomicReference<@Nullable KafkaStreams> streams = new AtomicReference<>();

  private volatile String ownAddress = "";

  /**
   * Starts and returns when the state is restored and records are read.
   *
   * @param address {@code host:port} that other instances know this one by
   * @throws EngineException when that takes too long or fails
   */
  void run(KafkaStreams started, String address, FailedThreads failures, Duration timeout) {
    ownAddress = address;
    streams.set(started);
    started.setUncaughtExceptionHandler(failures);
    started.setStateListener(this::changed);
    started.start();
    try {
      running.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new EngineException(
          "the engine isn't ready within "
              + timeout.toSeconds()
              + " s (it is "
              + started.state()
              + "): see the log for what it waits for, or raise startTimeoutSeconds",
          e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new EngineException("", e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /** Remembers what ends the engine. */
  void fail(Throwable cause) {
    failure.compareAndSet(null, cause);
  }

  KafkaStreams.State state() {
    KafkaStreams started = streams.get();
    return started == null ? KafkaStreams.State.CREATED : started.state();
  }

  CompletableFuture<Void> terminated() {
    return terminated;
  }

  /** Records of the topics that are in the log and not read yet, by topic. */
  Map<String, Long> lag(Collection<String> topics) {
    KafkaStreams started = streams.get();
    return started == null ? Map.of() : InputLag.of(started.metrics(), topics);
  }

  /** {@code host:port} of the other instances. */
  Collection<String> peers() {
    KafkaStreams started = streams.get();
    if (started == null) {
      return List.of();
    }
    try {
      return started.metadataForAllStreamsClients().stream()
          .map(client -> client.hostInfo())
          .filter(host -> host.port() > 0)
          .map(Runner::text)
          .filter(host -> !host.equals(ownAddress))
          .toList();
    } catch (InvalidStateStoreException e) {
      return List.of();
    }
  }

  /** Client ids under which the stream threads of this engine are members of the group. */
  Collection<String> clients() {
    KafkaStreams started = streams.get();
    return started == null
        ? List.of()
        : started.metadataForLocalThreads().stream().map(it -> it.consumerClientId()).toList();
  }

  private static String text(HostInfo host) {
    return host.host() + ":" + host.port();
  }

  private void changed(KafkaStreams.State now, KafkaStreams.State before) {
    LOG.info("The engine goes from {} to {}", before, now);
    switch (now) {
      case RUNNING -> running.complete(null);
      case ERROR, NOT_RUNNING -> end();
      case CREATED, REBALANCING, PENDING_SHUTDOWN, PENDING_ERROR -> {}
    }
  }

  private void end() {
    Throwable cause = failure.get();
    if (cause == null) {
      terminated.complete(null);
    } else {
      EngineException named =
          new EngineException("the engine has stopped: " + StartErrors.root(cause), cause);
      terminated.completeExceptionally(named);
    }
    running.completeExceptionally(
        cause == null ? new EngineException("the engine was stopped while it started") : cause);
  }

  /** Leaves the group, so that other instances take over at once. */
  static void stop(KafkaStreams streams) {
    boolean stopped =
        streams.close(
            CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(CLOSING));
    if (!stopped) {
      LOG.warn("Kafka Streams hasn't stopped within {} s", CLOSING.toSeconds());
    }
  }
}
