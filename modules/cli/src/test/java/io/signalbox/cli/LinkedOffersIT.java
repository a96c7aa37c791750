package io.signalbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.client.Job;
import io.signalbox.client.JobBuilder;
import io.signalbox.client.SignalboxClient;
import io.signalbox.devkit.Devkit;
import io.signalbox.engine.Engine;
import io.signalbox.engine.settings.EngineSettings;
import io.signalbox.events.Assignment;
import io.signalbox.events.JobEvent;
import io.signalbox.events.JobEventType;
import io.signalbox.events.connection.Connection;
import io.signalbox.worker.Result;
import io.signalbox.worker.SignalboxWorker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** A chain of dependent tasks on one device, with engine and worker as users run them. */
class LinkedOffersIT {
  private static final Path CONFIG = Path.of(System.getProperty("signalbox.root"), "config");
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int STEPS = 50;

  @TempDir private Path folder = Path.of("");

  @Test
  void aChainRunsThroughOnOneDeviceEachStepOnceAndWithTheLastOnesResult() {
    try (Devkit devkit = Devkit.start();
        Engine engine = Engine.start(settings(devkit.connection()));
        SignalboxWorker worker =
            SignalboxWorker.builder(devkit.connection())
                .deviceId("cpu-1")
                .handle("step", task -> Mono.just(Result.text(count(task.inputs()))))
                .start();
        SignalboxClient client = SignalboxClient.connect(devkit.connection())) {
      worker.ready().block(LIMIT);
      List<JobEvent> events =
          Objects.requireNonNull(client.run(chain()).collectList().block(LIMIT), engine::toString);
      assertEquals(JobEventType.JOB_SUCCEEDED, events.getLast().getType());
      assertEquals(steps(), tasksOf(events, JobEventType.TASK_STARTED));
      assertEquals(steps(), tasksOf(events, JobEventType.TASK_SUCCEEDED));
      assertEquals(List.of(), tasksOf(events, JobEventType.TASK_RETRYING));
      List<Assignment> assignments = assignments(devkit.connection());
      assertEquals(STEPS, assignments.size());
      long linked = assignments.stream().filter(each -> each.getAfter() != null).count();
      assertTrue(linked > 0, "linked offers");
      // For people: a machine that is busy with other things says nothing of the scheduler.
      System.out.printf(
          "%d of %d steps linked, median gap %d µs%n", linked, STEPS, medianGapMicros(events));
    }
  }

  private EngineSettings settings(Connection connection) {
    Map<String, String> values = new HashMap<>();
    values.put("http.port", "0");
    values.put("topics.replicationFactor", "1");
    values.put("topics.poolPartitions", "1");
    values.put("topics.lanesPerClass", "1");
    values.put("stateFolder", folder.resolve("state").toString());
    return EngineSettings.load(
            CONFIG.resolve("engine.yaml"), CONFIG.resolve("device-classes.yaml"), values)
        .withConnection(connection);
  }

  private static Job chain() {
    JobBuilder job = Job.named("chain");
    job.task("t0", "step");
    for (int i = 1; i < STEPS; i++) {
      job.task("t" + i, "step").after("t" + (i - 1));
    }
    return job.build();
  }

  private static String count(Map<String, io.signalbox.worker.TaskData> inputs) {
    return inputs.values().stream()
        .findFirst()
        .map(input -> Integer.toString(1 + Integer.parseInt(input.text())))
        .orElse("1");
  }

  private static List<String> steps() {
    List<String> steps = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      steps.add("t" + i);
    }
    return steps;
  }

  private static List<String> tasksOf(List<JobEvent> events, JobEventType type) {
    return events.stream()
        .filter(event -> event.getType() == type)
        .map(event -> String.valueOf(event.getTaskId()))
        .toList();
  }

  private static List<Assignment> assignments(Connection connection) {
    List<Assignment> found = new ArrayList<>();
    TopicPartition lane = new TopicPartition(connection.topics().assignments("cpu"), 0);
    try (KafkaConsumer<String, Assignment> consumer =
        new KafkaConsumer<>(
            connection.consumerConfig(),
            new StringDeserializer(),
            connection.serde(Assignment.class).deserializer())) {
      consumer.assign(List.of(lane));
      consumer.seekToBeginning(List.of(lane));
      long end = consumer.endOffsets(List.of(lane)).getOrDefault(lane, 0L);
      while (consumer.position(lane) < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> found.add(record.value()));
      }
    }
    return found;
  }

  private static long medianGapMicros(List<JobEvent> events) {
    List<JobEvent> done =
        events.stream().filter(each -> each.getType() == JobEventType.TASK_SUCCEEDED).toList();
    List<Long> gaps = new ArrayList<>();
    for (int i = 1; i < done.size(); i++) {
      gaps.add(
          Duration.between(
                      Objects.requireNonNull(done.get(i - 1).getFinishedAt()),
                      Objects.requireNonNull(done.get(i).getStartedAt()))
                  .toNanos()
              / 1_000);
    }
    return gaps.stream().sorted().toList().get(gaps.size() / 2);
  }
}
