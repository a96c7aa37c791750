package io.signalbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.client.Job;
import io.signalbox.client.JobBuilder;
import io.signalbox.client.SignalboxClient;
import io.signalbox.client.TaskBuilder;
import io.signalbox.devkit.Devkit;
import io.signalbox.devkit.Wire;
import io.signalbox.engine.Engine;
import io.signalbox.engine.settings.EngineSettings;
import io.signalbox.events.JobEvent;
import io.signalbox.events.JobEventType;
import io.signalbox.events.connection.Connection;
import io.signalbox.worker.DeviceReading;
import io.signalbox.worker.Result;
import io.signalbox.worker.SignalboxWorker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/**
 * What bin/adaptation prints, on a real broker: makespans of the same job with and without bad
 * devices, and with a zone that is cut off. How fast it is isn't asserted, only that nothing is
 * lost.
 */
class AdaptationFigures {
  private static final Path CONFIG = Path.of(System.getProperty("signalbox.root"), "config");
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Duration TASK = Duration.ofMillis(60);
  private static final int LAYERS = 40;
  private static final int WIDTH = 16;
  private static final int GOOD = 4;
  private static final Duration CUT = Duration.ofSeconds(10);

  @TempDir private Path folder = Path.of("");
  private int runs;

  /** What an engine is told, beside what all are. */
  private static final Map<String, String> ADAPTING = Map.of();

  private static final Map<String, String> FIFO =
      Map.of(
          "pool.policy", "fifo",
          "pool.speculation.enabled", "false",
          "adaptation.enabled", "false");

  @Test
  void badDevices() throws Exception {
    double alone = makespan("4 good devices", ADAPTING, false);
    double with = makespan("and one that slows, one that flaps", ADAPTING, true);
    double fifoAlone = makespan("FIFO without adaptation, 4 good devices", FIFO, false);
    double fifo = makespan("and one that slows, one that flaps", FIFO, true);
    System.out.printf(
        "bad devices: %.3f times the makespan without them; FIFO without adaptation %.3f times%n",
        with / alone, fifo / fifoAlone);
  }

  private double makespan(String name, Map<String, String> own, boolean bad) throws Exception {
    AtomicBoolean turnedBad = new AtomicBoolean();
    try (Devkit devkit = Devkit.start();
        Engine engine = Engine.start(settings(devkit.connection(), own));
        SignalboxClient client = SignalboxClient.connect(devkit.connection())) {
      List<SignalboxWorker> workers = new ArrayList<>();
      for (int i = 0; i < GOOD; i++) {
        workers.add(worker(devkit.connection(), "good-" + i, GOOD_DEVICE));
      }
      if (bad) {
        workers.add(worker(devkit.connection(), "slows", new Slowing(turnedBad)));
        workers.add(worker(devkit.connection(), "flaps", new Flapping(turnedBad)));
      }
      workers.forEach(worker -> worker.ready().block(LIMIT));
      // What the operation takes is learned, and the machine warm, before it counts.
      run(client, job("warm-up"), engine);
      turnedBad.set(true);
      double seconds = seconds(() -> run(client, job("measured"), engine));
      System.out.printf("%-40s %.2f s%n", name, seconds);
      if (bad) {
        devices(engine);
      }
      workers.forEach(SignalboxWorker::close);
      return seconds;
    }
  }

  /** What became of the devices: weights, and what was found with its evidence. */
  private static void devices(Engine engine) throws Exception {
    String url = "http://127.0.0.1:" + engine.httpAddress().getPort();
    JsonNode devices =
        new ObjectMapper().readTree(Said.by("devices", "--engine", url, "--format", "json").out());
    for (JsonNode device : devices) {
      System.out.printf(
          "  %-8s completed %3d, weight %.0f%s%s%n",
          device.path("device").asText(),
          device.path("completed").asLong(),
          device.path("weight").asDouble(),
          device.has("quarantine") ? ", quarantine " + device.path("quarantine") : "",
          device.has("rescheduled") ? ", rescheduled " + device.path("rescheduled") : "");
    }
  }

  @Test
  void zoneThatIsCutOff() throws Exception {
    int listening = freePort();
    try (Wire wire = Wire.to(listening);
        Devkit devkit = Devkit.builder().forwarded(listening, wire.port()).start();
        Engine engine = Engine.start(settings(devkit.connection(), ADAPTING));
        SignalboxClient client = SignalboxClient.connect(devkit.connection())) {
      Connection near = devkit.connection();
      Connection far = Connection.of("127.0.0.1:" + wire.port(), devkit.schemaRegistryUrl());
      List<SignalboxWorker> workers = new ArrayList<>();
      for (int i = 0; i < GOOD; i++) {
        workers.add(
            i % 2 == 0
                ? worker(near, "north-" + i, GOOD_DEVICE)
                : worker(far, "south-" + i, new Device("south")));
      }
      workers.forEach(worker -> worker.ready().block(LIMIT));
      run(client, job("warm-up"), engine);
      double whole = seconds(() -> run(client, job("whole"), engine));
      AtomicBoolean cut = new AtomicBoolean();
      double parted =
          seconds(() ->
              run(
                  client,
                  job("parted"),
                  engine,
                  event -> {
                    if (event.getType() == JobEventType.TASK_SUCCEEDED
                        && cut.compareAndSet(false, true)) {
                      wire.cut();
                      Mono.delay(CUT).subscribe(over -> wire.mend());
                    }
                  }));
      double again = seconds(() -> run(client, job("again"), engine));
      System.out.printf(
          "all zones %.2f s; one of two cut off for 10 s: %.2f s, no task lost or done twice;"
              + " afterwards %.2f s%n",
          whole, parted, again);
      devices(engine);
      workers.forEach(SignalboxWorker::close);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static double seconds(Runnable run) {
    long started = System.nanoTime();
    run.run();
    return (System.nanoTime() - started) / 1e9;
  }

  private static void run(SignalboxClient client, Job job, Engine engine) {
    run(client, job, engine, event -> {});
  }

  private static void run(
      SignalboxClient client, Job job, Engine engine, Consumer<JobEvent> watcher) {
    List<JobEvent> events =
        Objects.requireNonNull(
            client.run(job).doOnNext(watcher).collectList().block(LIMIT), engine::toString);
    assertEquals(JobEventType.JOB_SUCCEEDED, events.getLast().getType());
    List<String> done =
        events.stream()
            .filter(event -> event.getType() == JobEventType.TASK_SUCCEEDED)
            .map(event -> Objects.requireNonNull(event.getTaskId()))
            .toList();
    assertEquals(LAYERS * (WIDTH + 1), done.size());
    assertEquals(done.size(), Set.copyOf(done).size(), "no task is done twice");
  }

  /** Layers of equal tasks, each behind a task that waits for all of the layer before. */
  private static Job job(String name) {
    JobBuilder job = Job.named(name);
    for (int layer = 0; layer < LAYERS; layer++) {
      String before = "join-" + (layer - 1);
      String[] tasks = new String[WIDTH];
      for (int i = 0; i < WIDTH; i++) {
        tasks[i] = "t-" + layer + "-" + i;
        TaskBuilder task = job.task(tasks[i], "step");
        if (layer > 0) {
          task.after(before);
        }
      }
      job.task("join-" + layer, "step").after(tasks);
    }
    return job.build();
  }

  private static final Device GOOD_DEVICE = new Device("");

  /** A device that is as it should be. */
  private static class Device {
    private final String zone;

    Device(String zone) {
      this.zone = zone;
    }

    Duration time() {
      return TASK;
    }

    DeviceReading reading() {
      return new DeviceReading(0, 0, 0, null, true);
    }
  }

  /** Takes five times as long from some time on, since it is busy with something else. */
  private static final class Slowing extends Device {
    private final AtomicBoolean slow;

    Slowing(AtomicBoolean slow) {
      super("");
      this.slow = slow;
    }

    @Override
    Duration time() {
      return slow.get() ? TASK.multipliedBy(5) : TASK;
    }

    @Override
    DeviceReading reading() {
      return new DeviceReading(0, 0, slow.get() ? 1 : 0, null, true);
    }
  }

  /** From some time on unwell for five heartbeats, well for five, and so on. */
  private static final class Flapping extends Device {
    private final AtomicBoolean begun;
    private int asked;

    Flapping(AtomicBoolean begun) {
      super("");
      this.begun = begun;
    }

    @Override
    DeviceReading reading() {
      return new DeviceReading(0, 0, 0, null, !begun.get() || asked++ / 5 % 2 == 1);
    }
  }

  private static SignalboxWorker worker(Connection connection, String id, Device device) {
    return SignalboxWorker.builder(connection)
        .deviceId(id)
        .zone(device.zone)
        .heartbeatInterval(Duration.ofMillis(200))
        .probe(device::reading)
        .handle("step", task -> Mono.delay(device.time()).thenReturn(Result.text("done")))
        .start();
  }

  private EngineSettings settings(Connection connection, Map<String, String> own) {
    Map<String, String> values = new HashMap<>();
    values.put("http.port", "0");
    values.put("topics.replicationFactor", "1");
    values.put("topics.poolPartitions", "1");
    values.put("topics.lanesPerClass", "6");
    values.put("stateFolder", folder.resolve("state-" + runs++).toString());
    values.put("tuning.windowSeconds", "6");
    values.put("tuning.leastCount", "3");
    values.putAll(own);
    return EngineSettings.load(
            CONFIG.resolve("engine.yaml"), CONFIG.resolve("device-classes.yaml"), values)
        .withConnection(connection);
  }
}
