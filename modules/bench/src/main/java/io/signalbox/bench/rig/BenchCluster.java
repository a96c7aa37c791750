package io.signalbox.bench.rig;

import io.signalbox.devkit.Devkit;
import io.signalbox.events.connection.Connection;
import io.signalbox.events.topic.TopicReadiness;
import io.signalbox.events.topic.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Kafka that a benchmark runs on: the one that was named, or a broker and a registry in this
 * process. All topics have a prefix of their own; on a cluster that was there before they and the
 * benchmark's groups are deleted in the end. The registry keeps the subjects.
 */
public final class BenchCluster implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BenchCluster.class);
  private static final Duration TOPICS_LIMIT = Duration.ofSeconds(30);

  private final @Nullable Devkit devkit;
  private final Connection connection;
  private final String name;

  private BenchCluster(@Nullable Devkit devkit, Connection reached, String name) {
    this.devkit = devkit;
    this.name = name;
    this.connection = reached.withTopics(new Topics(name + "."));
  }

  /**
   * Reaches the cluster, or starts one.
   *
   * @throws io.signalbox.devkit.DevkitException when the broker or the registry can't start
   */
  public static BenchCluster open(BenchSettings settings) {
    String name =
        "signalbox-bench-" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
    Connection given = settings.cluster();
    if (given != null) {
      return new BenchCluster(null, given, name);
    }
    Devkit devkit = Devkit.builder().dataFolder(settings.data().resolve("broker")).start();
    return new BenchCluster(devkit, devkit.connection(), name);
  }

  /** How to reach it; its topics are the benchmark's own. */
  public Connection connection() {
    return connection;
  }

  /** True when it was there before. */
  public boolean isGiven() {
    return devkit == null;
  }

  /** What the names of the benchmark's topics and groups begin with. */
  public String name() {
    return name;
  }

  /** Creates topics of one partition and waits until they can be written to. */
  public void createTopics(List<String> topics) {
    try (Admin admin = Admin.create(connection.adminConfig())) {
      admin.createTopics(topics.stream().map(it -> new NewTopic(it, 1, (short) -1)).toList());
      TopicReadiness.await(admin, topics, TOPICS_LIMIT);
    }
  }

  /** Stops what was started here, or deletes what was made elsewhere. */
  @Override
  public void close() {
    if (devkit != null) {
      devkit.close();
      return;
    }
    try (Admin admin = Admin.create(connection.adminConfig())) {
      admin.deleteTopics(owned(admin.listTopics().names().get())).all().get();
      Collection<String> groups =
          admin.listGroups().all().get().stream().map(group -> group.groupId()).toList();
      admin.deleteConsumerGroups(owned(groups)).all().get();
    } catch (ExecutionException | KafkaException e) {
      LOG.warn("Topics and groups that begin with {} couldn't all be deleted", name, e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private List<String> owned(Collection<String> names) {
    Stream<String> own = names.stream().filter(each -> each.startsWith(name));
    return own.toList();
  }
}
