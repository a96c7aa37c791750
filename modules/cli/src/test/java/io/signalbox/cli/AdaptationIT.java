package io.signalbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.client.Job;
import io.signalbox.client.JobBuilder;
import io.signalbox.client.SignalboxClient;
import io.signalbox.devkit.Devkit;
import io.signalbox.engine.Engine;
import io.signalbox.engine.settings.EngineSettings;
import io.signalbox.events.Control;
import io.signalbox.events.HotspotEvent;
import io.signalbox.events.HotspotEventType;
import io.signalbox.events.JobEvent;
import io.signalbox.events.JobEventType;
import io.signalbox.events.Reschedule;
import io.signalbox.events.RescheduleTrigger;
import io.signalbox.events.connection.Connection;
import io.signalbox.worker.DeviceReading;
import io.signalbox.worker.Result;
import io.signalbox.worker.SignalboxWorker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/**
 * Engine, broker and four devices, of which one takes five times as long and one is unwell again
 * and again: what is found, what is done about it, and that nothing is lost. About 25 seconds.
 */
class AdaptationIT {
  private static final Path CONFIG = Path.of(System.getProperty("signalbox.root"), "config");
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration TASK = Duration.ofMillis(60);
  private static final int TASKS = 400;

  @TempDir private Path folder = Path.of("");

  @Test
  void slowAndFlappingDevicesAreFoundWithEvidenceAndTheJobCompletes() throws Exception {
    try (Devkit devkit = Devkit.start();
        Engine engine = Engine.start(settings(devkit.connection()));
        SignalboxWorker good = worker(devkit.connection(), "good", TASK, 0, () -> true);
        SignalboxWorker fine = worker(devkit.connection(), "fine", TASK, 0, () -> true);
        SignalboxWorker slow =
            worker(devkit.connection(), "slow", TASK.multipliedBy(5), 1, () -> true);
        SignalboxWorker ill = worker(devkit.connection(), "ill", TASK, 0, new Flapping());
        SignalboxClient client = SignalboxClient.connect(devkit.connection())) {
      for (SignalboxWorker worker : List.of(good, fine, slow, ill)) {
        worker.ready().block(LIMIT);
      }
      List<JobEvent> events =
          Objects.requireNonNull(client.run(job()).collectList().block(LIMIT), engine::toString);
      assertEquals(JobEventType.JOB_SUCCEEDED, events.getLast().getType());
      assertEquals(
          TASKS,
          events.stream().filter(event -> event.getType() == JobEventType.TASK_SUCCEEDED).count());
      List<Reschedule> orders = orders(devkit.connection());
      Reschedule late = order(orders, "slow", RescheduleTrigger.RESPONSE);
      assertTrue(late.getObserved() > 2 * TASK.toMillis() / 1e3, late::toString);
      assertTrue(late.getThreshold() < late.getObserved(), late::toString);
      assertTrue(order(orders, "ill", RescheduleTrigger.HEALTH_CHECKS).getObserved() >= 3);
      assertTrue(
          orders.stream().noneMatch(order -> List.of("good", "fine").contains(order.getDeviceId())),
          orders::toString);
      shown(engine);
      List<HotspotEvent> hot =
          values(devkit.connection(), devkit.connection().topics().hotspots(), HotspotEvent.class);
      assertEquals(HotspotEventType.ENTERED, hot.getFirst().getType());
      assertEquals("step", hot.getFirst().getOperation());
    }
  }

  private static void shown(Engine engine) throws Exception {
    String url = "http://127.0.0.1:" + engine.httpAddress().getPort();
    Said hotspots = Said.by("hotspots", "--engine", url, "--format", "json");
    JsonNode operation = new ObjectMapper().readTree(hotspots.out()).path(0);
    assertEquals("step", operation.path("operation").asText(), hotspots::toString);
    assertEquals(1, operation.path("share").asDouble(), 1e-9);
    Said devices = Said.by("devices", "--engine", url, "--format", "json");
    Map<String, JsonNode> byId = new HashMap<>();
    new ObjectMapper()
        .readTree(devices.out())
        .forEach(each -> byId.put(each.path("device").asText(), each));
    JsonNode slow = Objects.requireNonNull(byId.get("slow"));
    assertTrue(slow.has("quarantine"), slow::toString);
    assertTrue(slow.path("rescheduled").path("observed").asDouble() > 0, slow::toString);
    JsonNode good = Objects.requireNonNull(byId.get("good"));
    // It is busy with something else, which is why it is slow.
    assertEquals(130, slow.path("weight").asDouble());
    assertEquals(180, good.path("weight").asDouble());
    // For people: how much of the work the slow device still got.
    System.out.printf(
        "of %d tasks the slow device completed %d, a good one %d%n",
        TASKS, slow.path("completed").asLong(), good.path("completed").asLong());
  }

  /** Well for five heartbeats, unwell for five, and so on. */
  private static final class Flapping implements BooleanSupplier {
    private int asked;

    @Override
    public boolean getAsBoolean() {
      return asked++ / 5 % 2 == 0;
    }
  }

  private static SignalboxWorker worker(
      Connection connection, String id, Duration time, double load, BooleanSupplier well) {
    return SignalboxWorker.builder(connection)
        .deviceId(id)
        .heartbeatInterval(Duration.ofMillis(200))
        .probe(() -> new DeviceReading(0, 0, load, null, well.getAsBoolean()))
        .handle("step", task -> Mono.delay(time).thenReturn(Result.text("done")))
        .start();
  }

  private EngineSettings settings(Connection connection) {
    Map<String, String> values = new HashMap<>();
    values.put("http.port", "0");
    values.put("topics.replicationFactor", "1");
    values.put("topics.poolPartitions", "1");
    values.put("topics.lanesPerClass", "4");
    values.put("stateFolder", folder.resolve("state").toString());
    values.put("adaptation.commitIntervalMillis", "100");
    values.put("tuning.windowSeconds", "6");
    values.put("tuning.leastCount", "3");
    values.put("hotspots.windowSeconds", "4");
    values.put("hotspots.advanceSeconds", "1");
    values.put("hotspots.graceSeconds", "1");
    values.put("hotspots.frequency.absolute", "5");
    return EngineSettings.load(
            CONFIG.resolve("engine.yaml"), CONFIG.resolve("device-classes.yaml"), values)
        .withConnection(connection);
  }

  private static Job job() {
    JobBuilder job = Job.named("adapt");
    IntStream.range(0, TASKS).forEach(i -> job.task("t" + i, "step"));
    return job.build();
  }

  private static Reschedule order(
      List<Reschedule> orders, String device, RescheduleTrigger trigger) {
    return orders.stream()
        .filter(order -> order.getDeviceId().equals(device) && order.getTrigger() == trigger)
        .findFirst()
        .orElseThrow(() -> new AssertionError(trigger + " of " + device + " in " + orders));
  }

  private static List<Reschedule> orders(Connection connection) {
    return values(connection, connection.topics().control(), Control.class).stream()
        .map(control -> (Reschedule) control.getCommand())
        .toList();
  }

  private static <T extends SpecificRecord> List<T> values(
      Connection connection, String topic, Class<T> type) {
    List<T> found = new ArrayList<>();
    TopicPartition partition = new TopicPartition(topic, 0);
    try (KafkaConsumer<String, T> consumer =
        new KafkaConsumer<>(
            connection.consumerConfig(),
            new StringDeserializer(),
            connection.serde(type).deserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> found.add(record.value()));
      }
    }
    return found;
  }
}
