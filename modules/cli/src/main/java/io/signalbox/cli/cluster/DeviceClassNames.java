package io.signalbox.cli.cluster;

import io.signalbox.cli.output.CommandFailure;
import io.signalbox.events.connection.Connection;
import java.util.Set;
import java.util.TreeSet;

/** The device classes that engines on a cluster serve, told by their assignment topics. */
public final class DeviceClassNames {
  private DeviceClassNames() {}

  /**
   * The names, sorted.
   *
   * @throws CommandFailure when there are none, since no engine has ever run there
   */
  public static Set<String> on(Connection connection) {
    Set<String> classes = new TreeSet<>();
    Set<String> topics = KafkaQuestion.ask(connection, admin -> admin.listTopics().names().get());
    topics.forEach(topic -> connection.topics().deviceClassOf(topic).ifPresent(classes::add));
    if (classes.isEmpty()) {
      throw CommandFailure.failed(
          "no Signalbox engine has run on "
              + connection.bootstrapServers()
              + " yet (there is no topic "
              + connection.topics().prefix()
              + "assignments.*): start one with ./signalbox up --bootstrap-servers "
              + connection.bootstrapServers());
    }
    return classes;
  }
}
