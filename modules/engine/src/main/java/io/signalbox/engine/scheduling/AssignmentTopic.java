package io.signalbox.engine.scheduling;

import io.signalbox.events.Assignment;
import io.signalbox.events.topic.Topics;
import org.apache.kafka.streams.processor.RecordContext;
import org.apache.kafka.streams.processor.TopicNameExtractor;

/**
 * Sends an assignment to the topic of its device class.
 *
 * @param topics names of the topics
 */
record AssignmentTopic(Topics topics) implements TopicNameExtractor<String, Assignment> {
  @Override
  public String extract(String device, Assignment assignment, RecordContext context) {
    return topics.assignments(assignment.getDeviceClass());
  }
}
