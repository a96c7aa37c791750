package io.signalbox.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.signalbox.client.Job;
import io.signalbox.client.JobBuilder;
import io.signalbox.client.SignalboxClient;
import io.signalbox.devkit.EmbeddedRegistry;
import io.signalbox.engine.Engine;
import io.signalbox.events.JobEventType;
import io.signalbox.events.connection.Connection;
import io.signalbox.worker.Result;
import io.signalbox.worker.SignalboxWorker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * A job on the Kafka that users run: the image that KAFKA_IMAGE names, apache/kafka otherwise, in a
 * container. Skipped where there is no container engine or the image can't be had.
 */
final class ContainerIT {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final String IMAGE =
      System.getenv().getOrDefault("KAFKA_IMAGE", "apache/kafka:4.3.1");

  private static KafkaContainer kafka;
  private static EmbeddedRegistry registry;
  private static Engine engine;
  private static List<SignalboxWorker> workers = List.of();

  @BeforeAll
  static void start() {
    assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(),
        "no container engine answers, so Kafka in a container isn't tested");
    kafka = startKafka();
    registry = EmbeddedRegistry.start(kafka.getBootstrapServers(), 0);
    engine = EngineUnderTest.start(connection());
    workers = Stream.of("nvidia-a100", "cpu").map(deviceClass -> worker(deviceClass, 2)).toList();
  }

  @AfterAll
  static void stop() {
    workers.forEach(SignalboxWorker::close);
    Stream.of(engine, registry, kafka).forEach(ContainerIT::close);
  }

  @Test
  void aJobRunsOnAKafkaContainer() {
    try (SignalboxClient client = SignalboxClient.connect(connection())) {
      long begun = System.nanoTime();
      Job job = chainsOf("container", 4, 5);
      new Outcome(client.run(job).collectList().block(LIMIT)).assertSucceeded(names(job));
      Project.measured("4 chains of 5 tasks on a Kafka container", seconds(begun));
    }
  }

  @Test
  void aBrokerThatStandsStillForAWhileLosesNothing() throws InterruptedException {
    try (SignalboxClient client = SignalboxClient.connect(connection())) {
      Job job = chainsOf("frozen", 4, 10);
      CountDownLatch underWay = new CountDownLatch(10);
      Disposable counting =
          client
              .run(job)
              .filter(event -> event.getType() == JobEventType.TASK_SUCCEEDED)
              .subscribe(event -> underWay.countDown());
      try {
        assertTrue(underWay.await(LIMIT.toSeconds(), TimeUnit.SECONDS), "ten tasks were done");
        standStill(Duration.ofSeconds(5));
        long begun = System.nanoTime();
        new Outcome(client.follow("default", "frozen").collectList().block(LIMIT))
            .assertSucceeded(names(job));
        Project.measured(
            "from the end of a broker's pause of 5 s to the job's end", seconds(begun));
      } finally {
        counting.dispose();
      }
    }
  }

  /** Freezes the broker's process; longer than the lease of a device. */
  private static void standStill(Duration time) {
    var docker = DockerClientFactory.instance().client();
    docker.pauseContainerCmd(kafka.getContainerId()).exec();
    try {
      Mono.delay(time).block();
    } finally {
      docker.unpauseContainerCmd(kafka.getContainerId()).exec();
    }
  }

  private static KafkaContainer startKafka() {
    KafkaContainer container =
        new KafkaContainer(DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("apache/kafka"));
    long begun = System.nanoTime();
    try {
      container.start();
    } catch (ContainerFetchException e) {
      assumeTrue(false, "the image " + IMAGE + " can't be had: " + e.getMessage());
    }
    Project.measured("start of a Kafka container", seconds(begun));
    return container;
  }

  private static SignalboxWorker worker(String deviceClass, int slots) {
    return SignalboxWorker.builder(connection())
        .deviceId(deviceClass + "-0")
        .deviceClass(deviceClass)
        .slots(slots)
        .handle("step", task -> Mono.delay(Duration.ofMillis(200)).thenReturn(Result.text("done")))
        .start();
  }

  /** Chains of tasks beside each other, and one task that waits for all of them. */
  private static Job chainsOf(String name, int chains, int length) {
    JobBuilder job = Job.named(name);
    for (int chain = 0; chain < chains; chain++) {
      for (int i = 0; i < length; i++) {
        var task = job.task("c" + chain + "-" + i, "step");
        if (i > 0) {
          task.after("c" + chain + "-" + (i - 1));
        }
      }
    }
    int last = length - 1;
    return job.task("end", "step")
        .after(
            IntStream.range(0, chains).mapToObj(c -> "c" + c + "-" + last).toArray(String[]::new))
        .build();
  }

  private static List<String> names(Job job) {
    return job.tasks().stream().map(task -> task.getTaskId()).toList();
  }

  private static Connection connection() {
    return Connection.of(kafka.getBootstrapServers(), registry.url());
  }

  private static double seconds(long begunNanos) {
    return (System.nanoTime() - begunNanos) / 1e9;
  }

  private static void close(AutoCloseable part) {
    try {
      if (part != null) {
        part.close();
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
