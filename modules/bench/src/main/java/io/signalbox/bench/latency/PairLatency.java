package io.signalbox.bench.latency;

import io.signalbox.bench.BenchException;
import io.signalbox.bench.measure.Latency;
import io.signalbox.bench.rig.BenchCluster;
import io.signalbox.bench.rig.BenchEngine;
import io.signalbox.bench.rig.BenchFleet;
import io.signalbox.bench.rig.BenchSettings;
import io.signalbox.bench.rig.EventTap;
import io.signalbox.bench.shape.JobShape;
import io.signalbox.client.Job;
import io.signalbox.client.SignalboxClient;
import io.signalbox.events.Assignment;
import io.signalbox.events.AssignmentType;
import io.signalbox.events.TaskEvent;
import io.signalbox.events.TaskEventType;
import io.signalbox.events.TaskSpec;
import io.signalbox.events.connection.Connection;
import io.signalbox.worker.Result;
import io.signalbox.worker.TaskContext;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * How long it takes from the end of a task until its successor's assignment can be read. Jobs of
 * two tasks are submitted evenly; the first task of each ends at a point in time that is fixed when
 * the job is submitted, whatever the engine does meanwhile. So completions come at an even rate, an
 * engine that stands still is met by as many of them as one that doesn't, and nothing is omitted.
 */
final class PairLatency {
  /** From the submission until the first task's end. */
  private static final long AHEAD_MICROS = 500_000;

  /** The first tasks' operation: their run time is learned apart from those that do nothing. */
  private static final String WAITING = "bench.wait";

  private static final String FIRST = "t0";
  private static final String SECOND = "t1";

  // What the jobs of a run are named by.
  private static final String WARM_UP = "w";
  private static final String MEASURED = "m";
  private static final String LOOKED_AT = "s";

  /** What is seen without reading along. */
  private static final Set<Stages.Point> UNSEEN =
      EnumSet.of(Stages.Point.DUE, Stages.Point.READABLE);

  private final BenchCluster cluster;
  private final BenchSettings settings;
  private final LatencySettings load;
  private final Map<String, Stages> runs = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  PairLatency(BenchCluster cluster, BenchSettings settings, LatencySettings load) {
    this.cluster = cluster;
    this.settings = settings;
    this.load = load;
  }

  /**
   * What was found.
   *
   * @param whole from the end of a task until its successor's assignment is read, while nobody else
   *     reads
   * @param stages where that time goes, found thereafter: those who look read along, which costs
   *     the machine something
   */
  record Found(Latency whole, List<Latency> stages) {}

  /** Runs it on an engine that is there. */
  Found run() {
    Connection connection = cluster.connection();
    try (LaneReads reads = LaneReads.to(this::read);
        BenchFleet fleet =
            BenchFleet.start(
                reads.seenOn(connection),
                BenchEngine.POOL,
                load.fleet(),
                this::handle,
                settings.timeout());
        SignalboxClient client = SignalboxClient.connect(connection)) {
      run(client, WARM_UP, UNSEEN, load.warmUpSeconds(), fleet.toString());
      Stages whole = run(client, MEASURED, UNSEEN, load.seconds(), fleet.toString());
      return new Found(whole.whole(), stages(client, connection, fleet).stages());
    }
  }

  private Stages stages(SignalboxClient client, Connection connection, BenchFleet fleet) {
    Map<String, Object> uncommitted = new HashMap<>(connection.consumerConfig());
    uncommitted.put("isolation.level", "read_uncommitted");
    String lanes = connection.topics().assignments(load.fleet().deviceClass());
    Deserializer<Assignment> offers = connection.serde(Assignment.class).deserializer();
    Deserializer<TaskEvent> events = connection.serde(TaskEvent.class).deserializer();
    try (EventTap reports =
            new EventTap(
                uncommitted,
                connection.topics().taskEvents(),
                record -> reported(events.deserialize("", record.value())));
        EventTap written =
            new EventTap(
                uncommitted,
                lanes,
                record -> assigned(offers.deserialize("", record.value()), Stages.Point.WRITTEN))) {
      String readers = fleet + ", " + reports + ", " + written;
      return run(client, LOOKED_AT, EnumSet.allOf(Stages.Point.class), load.seconds(), readers);
    }
  }

  private Stages run(
      SignalboxClient client, String run, Set<Stages.Point> points, int seconds, String readers) {
    Stages stages = new Stages(points);
    runs.put(run, stages);
    submit(client, stages, run, seconds);
    await(stages, seconds, readers);
    return stages;
  }

  private void submit(SignalboxClient client, Stages into, String prefix, int seconds) {
    double perSecond = load.tasksPerSecond() / 2.0;
    long begin = Clock.micros();
    long jobs = Math.round(perSecond * seconds);
    List<TaskSpec> both = JobShape.named("pairs").tasks(2);
    TaskSpec waiting = TaskSpec.newBuilder(both.getFirst()).setOperation(WAITING).build();
    List<TaskSpec> pair = List.of(waiting, both.getLast());
    for (long i = 0; i < jobs; i++) {
      long at = begin + Math.round(i * 1e6 / perSecond);
      Clock.sleepUntil(at);
      Job job = Job.named(prefix + i).inPool(BenchEngine.POOL).tasks(pair).build();
      into.expect(job.name(), at + AHEAD_MICROS);
      client.submit(job).subscribe(done -> {}, failure::set);
    }
  }

  private Stages of(String job) {
    return Objects.requireNonNull(runs.get(job.substring(0, 1)), job);
  }

  private void read(Assignment assignment) {
    assigned(assignment, Stages.Point.READABLE);
  }

  private Mono<Result> handle(TaskContext task) {
    Stages own = of(task.job());
    if (task.taskId().equals(SECOND)) {
      own.reached(task.job(), Stages.Point.STARTED, Clock.micros());
      return Mono.just(Result.empty());
    }
    long left = own.due(task.job()) - Clock.micros();
    return left <= 0
        ? Mono.just(Result.empty())
        : Mono.delay(Duration.ofNanos(left * 1_000)).thenReturn(Result.empty());
  }

  private void reported(TaskEvent event) {
    if (event.getType() == TaskEventType.COMPLETED && event.getTaskId().equals(FIRST)) {
      Stages own = of(event.getJob());
      own.reached(event.getJob(), Stages.Point.REPORTED, Clock.micros(event.getAt()));
      own.reached(event.getJob(), Stages.Point.RECEIVED, Clock.micros());
    }
  }

  private void assigned(Assignment assignment, Stages.Point point) {
    if (assignment.getType() == AssignmentType.RUN && assignment.getTaskId().equals(SECOND)) {
      Stages own = of(assignment.getJob());
      own.reached(
          assignment.getJob(), Stages.Point.DECIDED, Clock.micros(assignment.getOfferedAt()));
      own.reached(assignment.getJob(), point, Clock.micros());
    }
  }

  private void await(Stages stages, int seconds, String readers) {
    long jobs = Math.round(load.tasksPerSecond() / 2.0 * seconds);
    long end = System.nanoTime() + settings.timeout().toNanos();
    while (stages.finished() < jobs) {
      Throwable cause = failure.get();
      if (cause != null) {
        throw new BenchException("a job couldn't be submitted: " + cause.getMessage(), cause);
      }
      if (System.nanoTime() > end) {
        throw new BenchException(
            "only %,d of %,d pairs were done %d s after the last was submitted (%s); a lower"
                    .formatted(stages.finished(), jobs, settings.timeout().toSeconds(), readers)
                + " --rate, or --timeout");
      }
      Clock.sleepUntil(Clock.micros() + 10_000);
    }
  }
}
