package io.signalbox.engine;

import io.signalbox.core.device.DeviceClass;
import io.signalbox.engine.settings.EngineSettings;
import io.signalbox.engine.topics.GrowingLanes;
import io.signalbox.engine.translate.Lanes;
import io.signalbox.events.connection.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** The Kafka cluster as the engine finds it. */
final class Cluster {
  /** A broker that is there answers within milliseconds; nobody should wait a minute for none. */
  private static final Duration FIRST_ANSWER = Duration.ofSeconds(10);

  private Cluster() {}

  /**
   * A client of the cluster, which has answered.
   *
   * @throws KafkaException when no broker answers, or it refuses
   */
  static Admin reach(Connection connection, Duration timeout) {
    Duration first = timeout.compareTo(FIRST_ANSWER) < 0 ? timeout : FIRST_ANSWER;
    Admin admin = Admin.create(connection.adminConfig());
    try {
      admin
          .describeCluster(new DescribeClusterOptions().timeoutMs((int) first.toMillis()))
          .nodes()
          .get();
      return admin;
    } catch (ExecutionException e) {
      admin.close(Duration.ZERO);
      throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      admin.close(Duration.ZERO);
      throw new InterruptException(e);
    }
  }

  static Lanes lanes(Admin admin, EngineSettings settings, Map<String, Integer> partitions) {
    Map<String, Integer> counts = new HashMap<>();
    for (DeviceClass deviceClass : settings.pool().deviceClasses()) {
      String topic = settings.connection().topics().assignments(deviceClass.name());
      counts.put(deviceClass.name(), partitions.getOrDefault(topic, 0));
    }
    return new GrowingLanes(
        admin,
        settings.connection().topics(),
        settings.topics().maxLanesPerClass(),
        counts,
        Clock.systemUTC());
  }
}
