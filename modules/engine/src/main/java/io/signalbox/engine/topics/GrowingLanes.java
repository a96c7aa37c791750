package io.signalbox.engine.topics;

import io.signalbox.engine.translate.Lanes;
import io.signalbox.events.topic.Topics;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreatePartitionsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lanes of the cluster. A topic grows when its class has more devices than lanes, never beyond
 * a maximum and seldom: a growth moves lanes between workers. The stream thread only asks; the
 * admin client's thread does it.
 */
public final class GrowingLanes implements Lanes {
  private static final Logger LOG = LoggerFactory.getLogger(GrowingLanes.class);
  private static final long PAUSE_MILLIS = 1_000;
  private static final int TIMEOUT_MILLIS = 10_000;

  private final Admin admin;
  private final Topics topics;
  private final int most;
  private final Clock clock;
  private final Map<String, Known> classes = new ConcurrentHashMap<>();

  /** How many lanes a class has, and when the cluster was asked about it last. */
  private record Known(int count, long askedAt) {}

  /**
   * @param admin the cluster
   * @param topics names of the topics
   * @param most lanes a class may have
   * @param counts lanes that each class has now
   * @param clock what paces the questions to the cluster
   */
  public GrowingLanes(
      Admin admin, Topics topics, int most, Map<String, Integer> counts, Clock clock) {
    this.admin = admin;
    this.topics = topics;
    this.most = most;
    this.clock = clock;
    counts.forEach((deviceClass, count) -> classes.put(deviceClass, new Known(count, 0)));
  }

  @Override
  public List<Integer> existing(String deviceClass, List<Integer> lanes) {
    Known known = classes.get(deviceClass);
    if (known == null) {
      return List.of();
    }
    // A lane above those known is one that another engine or an operator may have added.
    if (lanes.stream().anyMatch(lane -> lane >= known.count()) && mayAsk(deviceClass)) {
      refresh(deviceClass);
    }
    return lanes.stream().filter(lane -> lane >= 0 && lane < known.count()).distinct().toList();
  }

  @Override
  public void need(String deviceClass, int lanes) {
    Known known = classes.get(deviceClass);
    int wanted = Math.min(lanes, most);
    if (known == null || known.count() >= wanted || !mayAsk(deviceClass)) {
      return;
    }
    String topic = topics.assignments(deviceClass);
    LOG.info("{} grows from {} to {} lanes", topic, known.count(), wanted);
    var _ =
        admin
            .createPartitions(
                Map.of(topic, NewPartitions.increaseTo(wanted)),
                new CreatePartitionsOptions().timeoutMs(TIMEOUT_MILLIS))
            .all()
            .whenComplete((done, error) -> grown(deviceClass, error));
  }

  private void grown(String deviceClass, @Nullable Throwable error) {
    // Invalid means that another engine was faster: the count is what was wanted already, or more.
    if (error == null || error instanceof InvalidPartitionsException) {
      refresh(deviceClass);
    } else {
      LOG.warn("{} can't grow: {}", topics.assignments(deviceClass), error.toString());
    }
  }

  private void refresh(String deviceClass) {
    String topic = topics.assignments(deviceClass);
    var _ =
        admin
            .describeTopics(List.of(topic), new DescribeTopicsOptions().timeoutMs(TIMEOUT_MILLIS))
            .allTopicNames()
            .whenComplete((described, error) -> {
              if (error == null) {
                described.values().forEach(one -> know(deviceClass, one.partitions().size()));
              } else {
                LOG.warn("{} can't be described: {}", topic, error.toString());
              }
            });
  }

  /** Lanes are never taken away; an old answer that comes late must not hide new ones. */
  private void know(String deviceClass, int count) {
    classes.computeIfPresent(
        deviceClass, (name, known) -> new Known(Math.max(known.count(), count), known.askedAt()));
  }

  /** At most one question a second for each class. */
  private boolean mayAsk(String deviceClass) {
    long now = clock.millis();
    AtomicBoolean may = new AtomicBoolean();
    classes.computeIfPresent(
        deviceClass,
        (name, known) -> {
          may.set(Math.abs(now - known.askedAt()) >= PAUSE_MILLIS);
          return may.get() ? new Known(known.count(), now) : known;
        });
    return may.get();
  }
}
