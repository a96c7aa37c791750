package io.signalbox.engine.topics;

import io.signalbox.engine.settings.TopicSettings;
import io.signalbox.events.topic.Partitioning;
import io.signalbox.events.topic.Topic;
import io.signalbox.events.topic.TopicReadiness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes sure that the engine's topics are there and fit together. */
public final class TopicSetup {
  private final Admin admin;
  private final TopicSettings settings;

  /**
   * @param admin the cluster
   * @param settings how topics are created
   */
  public TopicSetup(Admin admin, TopicSettings settings) {
    this.admin = admin;
    this.settings = settings;
  }

  /**
   * Creates what is missing, checks what was there, and waits until all of them can be written to.
   * Does nothing when all is well, so that any number of engines may start at once.
   *
   * @return partitions of every topic
   * @throws TopicProblemException when topics are missing that may not be created, or the pool
   *     topics' partition counts differ
   * @throws KafkaException when the cluster can't be reached or refuses
   */
  public Map<String, Integer> ensure(Collection<Topic<?>> topics, Duration timeout) {
    create(topics);
    List<String> names = topics.stream().map(Topic::name).toList();
    TopicReadiness.await(admin, names, timeout);
    Map<String, Integer> partitions = new TreeMap<>();
    Answers.of(admin.describeTopics(names).allTopicNames())
        .forEach((name, topic) -> partitions.put(name, topic.partitions().size()));
    check(topics, partitions);
    return partitions;
  }

  private void create(Collection<Topic<?>> topics) {
    Collection<String> present = Answers.of(admin.listTopics().names());
    List<Topic<?>> missing =
        topics.stream().filter(topic -> !present.contains(topic.name())).toList();
    if (missing.isEmpty()) {
      return;
    }
    if (!settings.create()) {
      throw new TopicProblemException(
          "these topics are missing: "
              + String.join(", ", new TreeSet<>(missing.stream().map(Topic::name).toList()))
              + "; create them, or set topics.create to true");
    }
    int poolPartitions = poolPartitions(topics, present);
    admin
        .createTopics(missing.stream().map(topic -> newTopic(topic, poolPartitions)).toList())
        .values()
        .values()
        .forEach(TopicSetup::created);
  }

  /** A pool topic that is added later gets the partitions that the others were created with. */
  private int poolPartitions(Collection<Topic<?>> topics, Collection<String> present) {
    List<String> pools =
        topics.stream()
            .filter(topic -> topic.partitioning() == Partitioning.POOL)
            .map(Topic::name)
            .filter(present::contains)
            .toList();
    return Answers.of(admin.describeTopics(pools).allTopicNames()).values().stream()
        .map(topic -> topic.partitions().size())
        .findFirst()
        .orElse(settings.poolPartitions());
  }

  /** Another engine may have been faster. */
  private static void created(KafkaFuture<Void> creation) {
    try {
      Answers.of(creation);
    } catch (TopicExistsException e) {
      // That is what was wanted.
    }
  }

  private NewTopic newTopic(Topic<?> topic, int poolPartitions) {
    int partitions =
        topic.partitioning() == Partitioning.LANE ? settings.lanesPerClass() : poolPartitions;
    return new NewTopic(topic.name(), partitions, settings.replicationFactor())
        .configs(topic.config());
  }

  private static void check(Collection<Topic<?>> topics, Map<String, Integer> partitions) {
    Map<Integer, List<String>> byCount = new TreeMap<>();
    for (Topic<?> topic : topics) {
      if (topic.partitioning() == Partitioning.POOL) {
        int count = partitions.getOrDefault(topic.name(), 0);
        byCount.computeIfAbsent(count, none -> new ArrayList<>()).add(topic.name());
      }
    }
    if (byCount.size() > 1) {
      throw new TopicProblemException(
          "the topics that are partitioned by pool must have one and the same number of"
              + " partitions, but there are (by number) "
              + byCount
              + "; delete the odd ones, or create them anew with the right number");
    }
  }
}
