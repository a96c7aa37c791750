package io.signalbox.engine.scheduling;

import io.signalbox.events.CancelJob;
import io.signalbox.events.ChangePlacement;
import io.signalbox.events.Content;
import io.signalbox.events.Control;
import io.signalbox.events.Dependency;
import io.signalbox.events.DeviceTelemetry;
import io.signalbox.events.DrainDevice;
import io.signalbox.events.ExecutionTrace;
import io.signalbox.events.HeldAttempt;
import io.signalbox.events.HotspotEvent;
import io.signalbox.events.HotspotEventType;
import io.signalbox.events.JobHeader;
import io.signalbox.events.ModelStatistics;
import io.signalbox.events.TaskEvent;
import io.signalbox.events.TaskEventType;
import io.signalbox.events.TaskSpec;
import io.signalbox.events.TasksSubmitted;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Makes records that shouldn't be, of everything that may be wrong with one. */
public final class BadRecords {
  /** An operation of which nothing is ever told but what has long been past. */
  public static final String STALE = "stale";

  static final Instant YEAR_1970 = Instant.EPOCH;
  static final Instant YEAR_2300 = Instant.parse("2300-01-01T00:00:00Z");

  /** What can't name anything. Made once: the long ones take longer than what they are to try. */
  private static final String[] UNNAMEABLE = {
    "", "a b", "ä", "\u0000", "../x", "a/b", "x".repeat(201), "y".repeat(300_000), "\n", "😀"
  };

  /**
   * A record.
   *
   * @param what is wrong with it
   * @param certain it can't be used, whatever the state of the pool
   * @param value its bytes; null is a tombstone
   */
  public record Bad(String what, boolean certain, byte @Nullable [] value) {}

  /** Makes bytes of a record, in the wire format. */
  public interface Encoder {
    /** A topic's bytes of it. */
    byte[] bytes(String topic, SpecificRecord value);
  }

  private final Encoder encoder;
  private final Random random;

  /**
   * @param random draws what is wrong
   */
  public BadRecords(Encoder encoder, Random random) {
    this.encoder = encoder;
    this.random = random;
  }

  /** One of a topic, made of a good one. */
  public Bad next(String topic, SpecificRecord good) {
    if (random.nextInt(5) < 2) {
      return bytes(topic, good);
    }
    return switch (good) {
      case TasksSubmitted submitted -> submission(topic, submitted);
      case TaskEvent event -> event(topic, event);
      case DeviceTelemetry telemetry -> telemetry(topic, telemetry);
      case Control control -> control(topic, control);
      case HotspotEvent hotspot -> hotspot(topic, hotspot);
      case ExecutionTrace trace -> trace(topic, trace);
      case ModelStatistics model -> model(topic, model);
      default -> throw new IllegalArgumentException("no input: " + good);
    };
  }

  // What isn't Avro, or not the Avro that it says.

  private Bad bytes(String topic, SpecificRecord good) {
    byte[] bytes = encoder.bytes(topic, good);
    return switch (random.nextInt(10)) {
      case 0 -> new Bad("tombstone", true, null);
      case 1 -> new Bad("empty", true, new byte[0]);
      case 2 -> new Bad("text", true, "{\"pool\":\"p\"}".getBytes(StandardCharsets.UTF_8));
      case 3 -> {
        byte[] other = bytes.clone();
        ByteBuffer.wrap(other).putInt(1, 100_000 + random.nextInt(1_000));
        yield new Bad("schema id unknown", true, other);
      }
      case 4 -> new Bad("another type", true, another(good));
      case 5 -> new Bad("cut off", true, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
      case 6 ->
          new Bad("too long", true, Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(9)));
      case 7 -> {
        // The first field is a text: its length is a lie.
        byte[] lie = Arrays.copyOf(bytes, bytes.length + 5);
        System.arraycopy(
            new byte[] {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F}, 0, lie, 5, 5);
        yield new Bad("text of two gigabytes", true, lie);
      }
      case 8 -> {
        byte[] noise = new byte[5 + random.nextInt(200)];
        random.nextBytes(noise);
        System.arraycopy(bytes, 0, noise, 0, 5);
        yield new Bad("noise", false, noise);
      }
      default -> {
        byte[] flipped = bytes.clone();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
          flipped[5 + random.nextInt(flipped.length - 5)] ^= (byte) (1 << random.nextInt(8));
        }
        yield new Bad("bits flipped", false, flipped);
      }
    };
  }

  private byte[] another(SpecificRecord good) {
    return good instanceof ExecutionTrace
        ? encoder.bytes(Scheduler.TOPICS.hotspots(), Records.hotspot("p", "op", YEAR_1970))
        : encoder.bytes(Scheduler.TOPICS.executionTraces(), trace());
  }

  private static ExecutionTrace trace() {
    return ExecutionTrace.newBuilder()
        .setPool("p")
        .setJob("j")
        .setTaskId("t")
        .setAttempt(1)
        .setOperation("op")
        .setVersion("")
        .setService("s")
        .setStartTime(YEAR_1970)
        .setEndTime(YEAR_1970)
        .setDurationMicros(1)
        .setSucceeded(true)
        .setWork(1)
        .setDeviceClass(Records.GPU)
        .setDeviceId("d")
        .setTraceId("")
        .setSpanId("")
        .build();
  }

  private String unnameable() {
    return UNNAMEABLE[random.nextInt(UNNAMEABLE.length)];
  }

  private Bad of(String topic, String what, boolean certain, SpecificRecord value) {
    return new Bad(what, certain, encoder.bytes(topic, value));
  }

  // Submissions.

  private Bad submission(String topic, TasksSubmitted good) {
    TasksSubmitted.Builder bad = TasksSubmitted.newBuilder(good);
    TaskSpec task = good.getTasks().getFirst();
    return switch (random.nextInt(16)) {
      case 0 -> of(topic, "pool's name", true, bad.setPool(unnameable()).build());
      case 1 -> of(topic, "job's name", true, bad.setJob(unnameable()).build());
      case 2 ->
          of(
              topic,
              "tenant's name",
              true,
              bad.setHeader(JobHeader.newBuilder().setTenant(unnameable()).build()).build());
      case 3 ->
          of(topic, "no tasks, no seal", true, bad.setTasks(List.of()).setSealed(false).build());
      case 4 -> one(topic, bad, "operation", TaskSpec.newBuilder(task).setOperation(unnameable()));
      case 5 -> one(topic, bad, "task's name", TaskSpec.newBuilder(task).setTaskId(unnameable()));
      case 6 ->
          one(
              topic,
              bad,
              "unknown parent",
              TaskSpec.newBuilder(task).setDependencies(List.of(new Dependency("nobody", 0L))));
      case 7 -> {
        TaskSpec first =
            TaskSpec.newBuilder(task).setDependencies(List.of(new Dependency("x", 0L))).build();
        TaskSpec second =
            TaskSpec.newBuilder(task)
                .setTaskId("x")
                .setDependencies(List.of(new Dependency(task.getTaskId(), 0L)))
                .build();
        yield of(topic, "cycle", true, bad.setTasks(List.of(first, second)).build());
      }
      case 8 -> {
        List<TaskSpec> many = new ArrayList<>();
        for (int i = 0; i < 1_001; i++) {
          many.add(TaskSpec.newBuilder(task).setTaskId("t" + i).build());
        }
        yield of(topic, "too many tasks", true, bad.setTasks(many).build());
      }
      case 9 ->
          one(
              topic,
              bad,
              "too wide",
              TaskSpec.newBuilder(task)
                  .setDependencies(
                      IntStream.range(0, 10_001)
                          .mapToObj(i -> new Dependency("p" + i, 0L))
                          .toList()));
      case 10 -> {
        Content large = new Content("x", ByteBuffer.allocate(65_537), null, 65_537L);
        yield one(topic, bad, "payload too large", TaskSpec.newBuilder(task).setPayload(large));
      }
      case 11 ->
          one(
              topic,
              bad,
              "payload here and there",
              TaskSpec.newBuilder(task)
                  .setPayload(new Content("x", ByteBuffer.allocate(1), "s3://x", 1L)));
      case 12 -> {
        double[] works = {0, -1, Double.NaN, Double.POSITIVE_INFINITY};
        yield one(topic, bad, "work", TaskSpec.newBuilder(task).setWork(works[random.nextInt(4)]));
      }
      case 13 -> one(topic, bad, "class", TaskSpec.newBuilder(task).setClasses(List.of("abacus")));
      case 14 ->
          of(
              topic,
              "labels too large",
              true,
              bad.setHeader(
                      JobHeader.newBuilder().setLabels(Map.of("k", "v".repeat(20_000))).build())
                  .build());
      default ->
          of(
              topic,
              "deadline in " + (random.nextBoolean() ? 1970 : 2300),
              false,
              bad.setHeader(
                      JobHeader.newBuilder()
                          .setDeadline(random.nextBoolean() ? YEAR_1970 : YEAR_2300)
                          .build())
                  .build());
    };
  }

  private Bad one(String topic, TasksSubmitted.Builder bad, String what, TaskSpec.Builder task) {
    return of(topic, what, true, bad.setTasks(List.of(task.build())).build());
  }

  // Events.

  private Bad event(String topic, TaskEvent good) {
    TaskEvent.Builder bad = TaskEvent.newBuilder(good);
    return switch (random.nextInt(9)) {
      case 0 -> of(topic, "pool's name", true, bad.setPool(unnameable()).build());
      case 1 -> of(topic, "job of another pool", true, bad.setPool("other").build());
      case 2 -> of(topic, "unknown job", true, bad.setJob("nobody" + unnameable()).build());
      case 3 -> of(topic, "unknown task", true, bad.setTaskId("nobody").build());
      case 4 -> {
        int[] attempts = {0, -1, 999, Integer.MAX_VALUE, Integer.MIN_VALUE};
        yield of(
            topic, "attempt never made", true, bad.setAttempt(attempts[random.nextInt(5)]).build());
      }
      case 5 -> of(topic, "device's name", true, bad.setDeviceId("d".repeat(100_000)).build());
      case 6 ->
          of(
              topic,
              "result here and there",
              true,
              bad.setType(TaskEventType.COMPLETED)
                  .setResult(new Content("x", ByteBuffer.allocate(1), "s3://x", 1L))
                  .build());
      default -> {
        // Stale news of an attempt that has long ended: taken, and of no effect.
        Instant at = random.nextBoolean() ? YEAR_1970 : YEAR_2300;
        yield of(topic, "in " + at, false, bad.setType(TaskEventType.STARTED).setAt(at).build());
      }
    };
  }

  // Heartbeats.

  private Bad telemetry(String topic, DeviceTelemetry good) {
    DeviceTelemetry.Builder bad = DeviceTelemetry.newBuilder(good);
    return switch (random.nextInt(9)) {
      case 0 -> of(topic, "pool's name", true, bad.setPool(unnameable()).build());
      case 1 -> of(topic, "device's name", true, bad.setDeviceId(unnameable()).build());
      case 2 -> of(topic, "class", true, bad.setDeviceClass("abacus").build());
      case 3 -> {
        int[] slots = {0, -1, 1_025, Integer.MAX_VALUE};
        yield of(topic, "slots", true, bad.setSlots(slots[random.nextInt(4)]).build());
      }
      case 4 -> of(topic, "prefetch", true, bad.setPrefetch(-1 - random.nextInt(9)).build());
      case 5 -> of(topic, "links", true, bad.setLinkedOffers(1_025).build());
      case 6 ->
          of(
              topic,
              "numbers that are none",
              false,
              bad.setBandwidthBytesPerSecond(Double.NaN)
                  .setLinkLatencyMillis(Double.NEGATIVE_INFINITY)
                  .setLoad(1e300)
                  .setAt(YEAR_2300)
                  .build());
      case 7 ->
          of(
              topic,
              "holds what nobody offered",
              false,
              bad.setHeld(
                      IntStream.range(0, 2_000)
                          .mapToObj(i ->
                              new HeldAttempt(
                                  "job" + i, unnameable().isEmpty() ? "" : "t", i, true))
                          .toList())
                  .build());
      default ->
          of(
              topic,
              "lanes that aren't there",
              false,
              bad.setLanes(IntStream.range(-500, 500).boxed().toList()).build());
    };
  }

  // Orders.

  private Bad control(String topic, Control good) {
    Control.Builder bad = Control.newBuilder(good);
    return switch (random.nextInt(5)) {
      case 0 -> of(topic, "pool's name", true, bad.setPool(unnameable()).build());
      case 1 ->
          of(
              topic,
              "unknown job",
              true,
              bad.setCommand(new CancelJob("nobody", "r".repeat(200_000))).build());
      case 2 ->
          of(
              topic,
              "unknown device",
              true,
              bad.setCommand(new DrainDevice(unnameable(), true)).build());
      case 3 ->
          of(
              topic,
              "unknown option",
              true,
              bad.setCommand(new ChangePlacement(Map.of("nonsense" + unnameable(), "1"))).build());
      default ->
          of(
              topic,
              "option without sense",
              true,
              bad.setCommand(new ChangePlacement(Map.of("policy", unnameable() + "?"))).build());
    };
  }

  // News of hot operations.

  private Bad hotspot(String topic, HotspotEvent good) {
    HotspotEvent.Builder bad = HotspotEvent.newBuilder(good);
    return switch (random.nextInt(8)) {
      case 0 -> of(topic, "pool's name", true, bad.setPool(unnameable()).build());
      case 1 -> of(topic, "operation", true, bad.setOperation(unnameable()).build());
      case 2 -> of(topic, "class", true, bad.setDeviceClass("abacus").build());
      case 3 -> of(topic, "share", true, bad.setShare(noShare()).build());
      case 4 -> of(topic, "share of all attempts", true, bad.setCountShare(noShare()).build());
      case 5 ->
          of(
              topic,
              "numbers that are none",
              true,
              (random.nextBoolean() ? bad.setPerSecond(noNumber()) : bad.setMeanMicros(noNumber()))
                  .build());
      case 6 ->
          // Past, and so of no effect.
          of(topic, "in 1970", false, bad.setOperation(STALE).setWindowEnd(YEAR_1970).build());
      default ->
          of(
              topic,
              "cleared though it isn't hot",
              false,
              bad.setOperation(STALE)
                  .setType(HotspotEventType.CLEARED)
                  .setWindowEnd(YEAR_2300)
                  .build());
    };
  }

  private double noShare() {
    double[] shares = {-1e-9, 1.001, Double.NaN, Double.POSITIVE_INFINITY};
    return shares[random.nextInt(4)];
  }

  private double noNumber() {
    double[] numbers = {-1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    return numbers[random.nextInt(4)];
  }

  // Traces.

  private Bad trace(String topic, ExecutionTrace good) {
    ExecutionTrace.Builder bad = ExecutionTrace.newBuilder(good);
    return switch (random.nextInt(7)) {
      case 0 -> of(topic, "pool's name", true, bad.setPool(unnameable()).build());
      case 1 -> of(topic, "operation", true, bad.setOperation(unnameable()).build());
      case 2 -> of(topic, "class", true, bad.setDeviceClass("abacus").build());
      case 3 -> {
        long[] durations = {-1, Long.MIN_VALUE};
        yield of(
            topic, "duration", true, bad.setDurationMicros(durations[random.nextInt(2)]).build());
      }
      case 4 ->
          of(
              topic,
              "three hundred thousand years",
              false,
              bad.setDurationMicros(Long.MAX_VALUE).build());
      case 5 ->
          // Late, and so not counted.
          of(topic, "in 1970", false, bad.setOperation(STALE).setEndTime(YEAR_1970).build());
      default -> of(topic, "in 2300", false, bad.setEndTime(YEAR_2300).build());
    };
  }

  // What pools tell each other of run times.

  private Bad model(String topic, ModelStatistics good) {
    ModelStatistics.Builder bad = ModelStatistics.newBuilder(good);
    return switch (random.nextInt(6)) {
      case 0 -> of(topic, "pool's name", false, bad.setPool(unnameable()).build());
      case 1 -> of(topic, "operation", false, bad.setOperation(unnameable()).build());
      case 2 -> of(topic, "class", false, bad.setDeviceClass("abacus").build());
      case 3 -> of(topic, "samples", true, bad.setSamples(-random.nextLong(1, 9)).build());
      case 4 -> of(topic, "variance", true, bad.setLogVariance(noNumber()).build());
      default -> of(topic, "mean", true, bad.setLogSecondsMean(Double.NaN).build());
    };
  }
}
