package io.signalbox.events.topic;

import io.signalbox.events.Assignment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The names of Signalbox's topics under one prefix.
 *
 * @param prefix what each name begins with; may be empty, so that a name has no prefix at all
 */
public record Topics(String prefix) {
  /** The topics under the prefix {@code signalbox.}. */
  public static final Topics DEFAULT = new Topics("signalbox.");

  private static final String ASSIGNMENTS = "assignments.";

  /** Checks that names with this prefix are names that Kafka accepts. */
  public Topics {
    TopicName.checkCharacters("The prefix of the topics", prefix);
    TopicName.check(prefix + "device-telemetry");
  }

  /** Tasks of jobs, from producers. Key: pool. */
  public String taskSubmitted() {
    return prefix + "task-submitted";
  }

  /** What workers say of attempts. Key: pool. */
  public String taskEvents() {
    return prefix + "task-events";
  }

  /** Heartbeats of devices. Key: pool. */
  public String deviceTelemetry() {
    return prefix + "device-telemetry";
  }

  /** Finished attempts with their times. Key: operation. */
  public String executionTraces() {
    return prefix + "execution-traces";
  }

  /** Orders of operators. Key: pool. */
  public String control() {
    return prefix + "control";
  }

  /** What becomes of jobs and their tasks. Key: job. */
  public String jobEvents() {
    return prefix + "job-events";
  }

  /** Operations that take more than their share. Key: pool. */
  public String hotspots() {
    return prefix + "hotspots";
  }

  /** What pools have learned of run times; compacted. Key: pool|zone|operation@version|class. */
  public String models() {
    return prefix + "models";
  }

  /** Results that may be used again; compacted. Key: cache key. */
  public String results() {
    return prefix + "results";
  }

  /** What couldn't be read or was refused, with the reason in headers. Key: as read. */
  public String deadLetters() {
    return prefix + "dead-letters";
  }

  /**
   * Offers to the devices of a class. Key: device id; partition: lane.
   *
   * @throws IllegalArgumentException when no topic can be named for the class
   */
  public String assignments(String deviceClass) {
    if (deviceClass.isEmpty()) {
      throw new IllegalArgumentException("A device class needs a name");
    }
    TopicName.checkCharacters("The name of a device class", deviceClass);
    return TopicName.check(prefix + ASSIGNMENTS + deviceClass);
  }

  /** The device class whose assignments {@code topic} carries; empty for any other topic. */
  public Optional<String> deviceClassOf(String topic) {
    String start = prefix + ASSIGNMENTS;
    return topic.startsWith(start) && topic.length() > start.length()
        ? Optional.of(topic.substring(start.length()))
        : Optional.empty();
  }

  /** The catalogue's entry for {@link #assignments(String)}. */
  public Topic<Assignment> assignmentTopic(String deviceClass) {
    return Catalogue.assignments(this, deviceClass);
  }

  /** Every topic but the assignments, which there is one of per device class. */
  public List<Topic<?>> catalogue() {
    return Catalogue.of(this);
  }

  /** Every topic, with the assignments of these device classes last. */
  public List<Topic<?>> catalogue(Collection<String> deviceClasses) {
    List<Topic<?>> all = new ArrayList<>(catalogue());
    deviceClasses.forEach(deviceClass -> all.add(assignmentTopic(deviceClass)));
    return List.copyOf(all);
  }
}
