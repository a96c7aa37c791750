package io.signalbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.signalbox.client.Job;
import io.signalbox.client.JobBuilder;
import io.signalbox.client.SignalboxClient;
import io.signalbox.client.TaskBuilder;
import io.signalbox.devkit.Devkit;
import io.signalbox.engine.Engine;
import io.signalbox.engine.settings.EngineSettings;
import io.signalbox.events.JobEvent;
import io.signalbox.events.JobEventType;
import io.signalbox.events.connection.Connection;
import io.signalbox.worker.DeviceReading;
import io.signalbox.worker.Result;
import io.signalbox.worker.SignalboxWorker;
import io.signalbox.worker.WorkerBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
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
    double with = makespan("4 good, 1 slow, 1 flapping", ADAPTING, true);
    double fifo = makespan("the same, FIFO without adaptation", FIFO, true);
    System.out.printf(
        "bad devices: %.3f times the makespan without them; FIFO without adaptation %.3f times%n",
        with / alone, fifo / alone);
  }

  private double makespan(String name, Map<String, String> own, boolean bad) throws Exception {
    try (Devkit devkit = Devkit.start();
        Engine engine = Engine.start(settings(devkit.connection(), own));
        SignalboxClient client = SignalboxClient.connect(devkit.connection())) {
      List<SignalboxWorker> workers = new ArrayList<>();
      for (int i = 0; i < GOOD; i++) {
        workers.add(worker(devkit.connection(), "good-" + i, TASK, () -> true, "").start());
      }
      if (bad) {
        Duration slow = TASK.multipliedBy(5);
        workers.add(worker(devkit.connection(), "slow", slow, () -> true, "").start());
        workers.add(worker(devkit.connection(), "flaps", TASK, new Flapping(), "").start());
      }
      workers.forEach(worker -> worker.ready().block(LIMIT));
      // What the classes take is learned, and the machine warm, before it counts.
      run(client, job("warm-up"), engine);
      long started = System.nanoTime();
      run(client, job("measured"), engine);
      double seconds = (System.nanoTime() - started) / 1e9;
      System.out.printf("%-36s %.2f s%n", name, seconds);
      workers.forEach(SignalboxWorker::close);
      return seconds;
    }
  }

  @Test
  void zoneThatIsCutOff() throws Exception {
    AtomicBoolean cut = new AtomicBoolean();
    try (Devkit devkit = Devkit.start();
        Engine engine = Engine.start(settings(devkit.connection(), ADAPTING));
        SignalboxClient client = SignalboxClient.connect(devkit.connection())) {
      List<SignalboxWorker> workers = new ArrayList<>();
      for (int i = 0; i < GOOD; i++) {
        String zone = i % 2 == 0 ? "north" : "south";
        BooleanSupplier well =
            zone.equals("south") ? new Silent(cut, new AtomicBoolean()) : () -> true;
        workers.add(worker(devkit.connection(), zone + "-" + i, TASK, well, zone).start());
      }
      workers.forEach(worker -> worker.ready().block(LIMIT));
      run(client, job("warm-up"), engine);
      double whole = seconds(() -> run(client, job("whole"), engine));
      cut.set(true);
      double parted = seconds(() -> run(client, job("parted"), engine));
      System.out.printf(
          "all zones %.2f s, one of two cut off for 10 s: %.2f s, no task lost or done twice%n",
          whole, parted);
      workers.forEach(SignalboxWorker::close);
    }
  }

  /** A probe that doesn't return for a while sends no heartbeats meanwhile, once. */
  private record Silent(AtomicBoolean cut, AtomicBoolean over) implements BooleanSupplier {
    @Override
    public boolean getAsBoolean() {
      if (cut.get() && over.compareAndSet(false, true)) {
        try {
          boolean ended = new CountDownLatch(1).await(CUT.toMillis(), TimeUnit.MILLISECONDS);
          return !ended;
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return true;
    }
  }

  private static double seconds(Runnable run) {
    long started = System.nanoTime();
    run.run();
    return (System.nanoTime() - started) / 1e9;
  }

  private static void run(SignalboxClient client, Job job, Engine engine) {
    List<JobEvent> events =
        Objects.requireNonNull(client.run(job).collectList().block(LIMIT), engine::toString);
    assertEquals(JobEventType.JOB_SUCCEEDED, events.getLast().getType());
    long done =
        events.stream().filter(each -> each.getType() == JobEventType.TASK_SUCCEEDED).count();
    assertEquals(LAYERS * (WIDTH + 1), done);
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

  /** Well for five heartbeats, unwell for five, and so on. */
  private static final class Flapping implements BooleanSupplier {
    private int asked;

    @Override
    public boolean getAsBoolean() {
      return asked++ / 5 % 2 == 0;
    }
  }

  private static WorkerBuilder worker(
      Connection connection, String id, Duration time, BooleanSupplier well, String zone) {
    return SignalboxWorker.builder(connection)
        .deviceId(id)
        .zone(zone)
        .heartbeatInterval(Duration.ofMillis(200))
        .probe(() -> new DeviceReading(0, 0, 0, null, well.getAsBoolean()))
        .handle("step", task -> Mono.delay(time).thenReturn(Result.text("done")));
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
