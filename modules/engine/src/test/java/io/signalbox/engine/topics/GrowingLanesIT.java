package io.signalbox.engine.topics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.signalbox.devkit.Devkit;
import io.signalbox.events.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class GrowingLanesIT {
  private static final String TOPIC = Topics.DEFAULT.assignments("gpu");
  private static final List<Integer> ALL = IntStream.range(0, 10).boxed().toList();

  /** A clock that is a second on whenever it is looked at, so that no question waits. */
  private static Clock impatient() {
    Instant[] now = {Instant.EPOCH.plusSeconds(10)};
    return new Clock() {
      @Override
      public Instant instant() {
        now[0] = now[0].plusSeconds(1);
        return now[0];
      }

      @Override
      public ZoneOffset getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(java.time.ZoneId zone) {
        return this;
      }
    };
  }

  private static int partitions(Admin admin) throws Exception {
    return admin
        .describeTopics(List.of(TOPIC))
        .allTopicNames()
        .get()
        .get(TOPIC)
        .partitions()
        .size();
  }

  @Test
  void topicGrowsToWhatIsNeededAndNotBeyondTheMaximum() throws Exception {
    try (Devkit devkit = Devkit.start();
        Admin admin = Admin.create(Map.of("bootstrap.servers", devkit.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 2, (short) 1))).all().get();
      devkit.awaitTopics(List.of(TOPIC), Duration.ofSeconds(30));
      GrowingLanes lanes =
          new GrowingLanes(admin, Topics.DEFAULT, 5, Map.of("gpu", 2), impatient());

      assertEquals(List.of(0, 1), lanes.existing("gpu", List.of(-1, 0, 1, 1, 2, 9)));
      lanes.need("gpu", 1);
      lanes.need("unknown", 9);
      lanes.need("gpu", 100);
      Instant deadline = Instant.now().plusSeconds(60);
      while (lanes.existing("gpu", ALL).size() < 5 && Instant.now().isBefore(deadline)) {
        partitions(admin);
      }
      assertEquals(List.of(0, 1, 2, 3, 4), lanes.existing("gpu", ALL));
      lanes.need("gpu", 100);
      assertEquals(5, partitions(admin));
      assertEquals(List.of(), lanes.existing("unknown", ALL));
    }
  }
}
