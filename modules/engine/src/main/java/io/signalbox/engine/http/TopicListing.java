package io.signalbox.engine.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.events.topic.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The topics as they are, as JSON. */
final class TopicListing {
  private static final int TIMEOUT_MILLIS = 5_000;

  private final Admin admin;
  private final Collection<Topic<?>> topics;

  TopicListing(Admin admin, Collection<Topic<?>> topics) {
    this.admin = admin;
    this.topics = topics;
  }

  Mono<List<ObjectNode>> all() {
    return Mono.fromCompletionStage(() ->
            admin
                .describeTopics(
                    topics.stream().map(Topic::name).toList(),
                    new DescribeTopicsOptions().timeoutMs(TIMEOUT_MILLIS))
                .allTopicNames()
                .toCompletionStage())
        .map(described ->
            topics.stream().map(topic -> json(topic, described.get(topic.name()))).toList());
  }

  private static ObjectNode json(Topic<?> topic, @Nullable TopicDescription described) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("topic", topic.name())
        .put("key", topic.key())
        .put("value", topic.valueClass().getSimpleName())
        .put("partitions", described == null ? 0 : described.partitions().size())
        .put("cleanup", topic.cleanup().policy())
        .put("retentionSeconds", topic.retention().map(Duration::toSeconds).orElse(null))
        .put("description", topic.description());
  }
}
