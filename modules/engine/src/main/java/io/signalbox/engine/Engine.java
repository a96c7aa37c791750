package io.signalbox.engine;

import io.signalbox.core.device.DeviceClass;
import io.signalbox.engine.board.HotspotBoard;
import io.signalbox.engine.board.PoolBoard;
import io.signalbox.engine.board.PoolQuestions;
import io.signalbox.engine.failure.FailedThreads;
import io.signalbox.engine.http.HttpApi;
import io.signalbox.engine.identity.Identities;
import io.signalbox.engine.peers.EngineGroup;
import io.signalbox.engine.peers.PeerWatch;
import io.signalbox.engine.scheduling.Batches;
import io.signalbox.engine.scheduling.SchedulingTopology;
import io.signalbox.engine.scheduling.Shell;
import io.signalbox.engine.settings.EngineSettings;
import io.signalbox.engine.topics.SchemaSetup;
import io.signalbox.engine.topics.TopicSetup;
import io.signalbox.events.connection.Connection;
import io.signalbox.events.topic.Topic;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;

/**
 * One engine: its topics, its Kafka Streams topology, its HTTP API. This is the composition root:
 * the parts are made and joined here and nowhere else.
 */
public final class Engine implements AutoCloseable {
  private final PoolBoard board = new PoolBoard();
  private final PoolQuestions questions = new PoolQuestions();
  private final HotspotBoard hotspots = new HotspotBoard();
  private final Parts parts = new Parts();
  private final Runner runner = new Runner();
  private final InetSocketAddress httpAddress;

  private Engine(EngineSettings settings) {
    try {
      Connection connection = settings.connection();
      Identities identities = Identities.of(settings.workers().tokenKeys());
      Collection<Topic<?>> topics =
          connection
              .topics()
              .catalogue(settings.pool().deviceClasses().stream().map(DeviceClass::name).toList());
      Duration timeout = Duration.ofMillis((long) (settings.startTimeoutSeconds() * 1e3));
      Admin admin = parts.add(Cluster.reach(connection, timeout));
      Map<String, Integer> partitions =
          new TopicSetup(admin, settings.topics()).ensure(topics, timeout);
      SchemaSetup.ensure(connection, topics);
      Set<String> inputs = SchedulingTopology.inputs(connection.topics()).keySet();
      String instance =
          settings.streams().classicGroup() ? InstanceId.of(settings.stateFolder()) : "";
      HttpApi http =
          parts.add(
              new HttpApi(
                  settings.http(),
                  new HttpApi.Sources(
                      board,
                      questions,
                      hotspots,
                      instance,
                      runner::state,
                      () -> runner.lag(inputs),
                      runner::peers,
                      admin,
                      topics)));
      httpAddress = http.address();
      int poolPartitions = partitions.getOrDefault(connection.topics().taskSubmitted(), 1);
      Batches batches = new Batches(poolPartitions);
      Shell shell =
          new Shell(
              connection.topics(),
              poolPartitions,
              settings.streams(),
              settings.pool(),
              Cluster.lanes(admin, settings, partitions),
              board,
              questions,
              batches,
              identities);
      String address = Address.advertised(settings.http(), httpAddress);
      KafkaStreams streams =
          new KafkaStreams(
              SchedulingTopology.of(connection, shell),
              StreamsProperties.of(settings, address, batches));
      FailedThreads failures =
          new FailedThreads(
              Duration.ofMillis((long) (settings.streams().threadRestartSeconds() * 1e3)),
              runner::fail);
      parts.add(() -> Runner.stop(streams));
      if (settings.streams().classicGroup()) {
        parts.add(watchPeers(settings, admin, instance));
      }
      parts.add(failures);
      if (settings.adaptation().enabled()) {
        parts.add(Adaptation.start(settings, poolPartitions, hotspots, identities, address));
      }
      runner.run(streams, address, failures, timeout);
    } catch (RuntimeException e) {
      parts.close();
      throw StartErrors.explain(settings, e);
    }
  }

  private PeerWatch watchPeers(EngineSettings settings, Admin admin, String instance) {
    return PeerWatch.start(
        new EngineGroup(admin, settings.applicationId()),
        instance,
        new PeerWatch.Engines(
            runner::peers,
            () -> runner.state() == KafkaStreams.State.REBALANCING,
            runner::clients));
  }

  /**
   * Starts an engine and returns when it schedules.
   *
   * @throws EngineException when it can't: broker or registry unreachable, port in use, topics that
   *     don't fit, state folder in use by another engine
   */
  public static Engine start(EngineSettings settings) {
    return new Engine(settings);
  }

  /** Where the HTTP API answers. */
  public InetSocketAddress httpAddress() {
    return httpAddress;
  }

  /** What Kafka Streams is doing. */
  public KafkaStreams.State state() {
    return runner.state();
  }

  /**
   * Completes when the engine has ended: with an {@link EngineException} when an error ended it.
   */
  public CompletableFuture<Void> terminated() {
    return runner.terminated().copy();
  }

  /** Stops; what is running on workers goes on, and the next engine finds it. */
  @Override
  public void close() {
    parts.close();
  }
}
