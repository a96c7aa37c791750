package io.signalbox.core.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.device.DeviceClass;
import io.signalbox.core.device.DeviceReport;
import io.signalbox.core.estimate.SharedModel;
import io.signalbox.core.job.AttemptRef;
import io.signalbox.core.job.Content;
import io.signalbox.core.job.JobHeader;
import io.signalbox.core.job.TaskError;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.core.placement.PlacementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells a pool what happens and collects what it does. After every step the pool's invariants are
 * checked, and rows are kept as a store would keep them.
 */
final class Story {
  static final DeviceClass A100 = new DeviceClass("a100", 312, 0, 400, 50);
  static final DeviceClass CPU = new DeviceClass("cpu", 2, 0, 200, 100);
  static final PoolSettings SETTINGS = PoolSettings.of(List.of(A100, CPU));

  private static final Comparator<RowKey> STORE_ORDER =
      Comparator.comparing(RowKey::kind).thenComparing(RowKey::owner).thenComparing(RowKey::task);

  final TreeMap<RowKey, Row> rows = new TreeMap<>(STORE_ORDER);
  final List<Effect.Offer> offers = new ArrayList<>();
  final List<Effect.Cancel> cancels = new ArrayList<>();
  final List<JobEvent> events = new ArrayList<>();

  /** The attempts of the events that were expected last. */
  final List<JobEvent.Attempt> seen = new ArrayList<>();

  final List<String> refusals = new ArrayList<>();
  final List<SharedModel> shared = new ArrayList<>();
  final List<Effect.NeedLanes> lanes = new ArrayList<>();
  private final PoolSettings settings;
  private final Map<String, DeviceReport> devices = new HashMap<>();
  Pool pool;
  double now = 1_000;

  Story() {
    this(SETTINGS);
  }

  Story(PoolSettings settings) {
    this.settings = settings;
    this.pool = new Pool("test", settings);
  }

  Story(PoolSettings settings, PlacementFactory policy) {
    this.settings = settings;
    this.pool = new Pool("test", settings, policy);
  }

  /** Tasks by name, "child->parent,parent" where there are parents. */
  static List<TaskSpec> tasks(String... descriptions) {
    return Arrays.stream(descriptions).map(Story::task).toList();
  }

  private static TaskSpec task(String description) {
    String[] parts = description.split("->");
    return TaskSpec.of(parts[0], "op", parts.length > 1 ? parts[1].split(",") : new String[0]);
  }

  static TaskSpec costing(TaskSpec spec, Map<String, Double> estimates) {
    return new TaskSpec(
        spec.id(),
        spec.operation(),
        spec.version(),
        spec.dependencies(),
        spec.work(),
        estimates,
        spec.classes(),
        spec.memoryBytes(),
        spec.payload(),
        spec.timeoutSeconds(),
        spec.maxAttempts());
  }

  static TaskSpec onlyOn(TaskSpec spec, String... classes) {
    return new TaskSpec(
        spec.id(),
        spec.operation(),
        spec.version(),
        spec.dependencies(),
        spec.work(),
        spec.estimates(),
        List.of(classes),
        spec.memoryBytes(),
        spec.payload(),
        spec.timeoutSeconds(),
        spec.maxAttempts());
  }

  Story submit(String job, String... descriptions) {
    return submit(job, tasks(descriptions), true);
  }

  Story submit(String job, List<TaskSpec> specs, boolean sealed) {
    return on(new Input.TasksSubmitted(job, JobHeader.DEFAULT, specs, sealed));
  }

  Story device(String id, DeviceClass deviceClass) {
    return device(id, deviceClass, 1, 0);
  }

  Story device(String id, DeviceClass deviceClass, int slots, int prefetch) {
    return linking(id, deviceClass, slots, prefetch, 0);
  }

  /** A device that takes linked offers, so many behind an attempt. */
  Story linking(String id, DeviceClass deviceClass, int slots, int prefetch, int linkedOffers) {
    return report(
        new DeviceReport(
            id,
            deviceClass.name(),
            1,
            0,
            DeviceReport.State.ACTIVE,
            List.of(devices.size()),
            slots,
            prefetch,
            linkedOffers,
            List.of(),
            0,
            0,
            0,
            0,
            true,
            Set.of()));
  }

  /** A device with a slot that says which operations it needs no warm-up for. */
  Story warm(String id, DeviceClass deviceClass, String... operations) {
    return report(
        new DeviceReport(
            id,
            deviceClass.name(),
            1,
            0,
            DeviceReport.State.ACTIVE,
            List.of(devices.size()),
            1,
            0,
            0,
            List.of(),
            0,
            0,
            0,
            0,
            true,
            Set.of(operations)));
  }

  Story report(DeviceReport report) {
    devices.put(report.id(), report);
    return on(new Input.DeviceReported(report));
  }

  /** Every device is heard of, and names what it holds. */
  Story heartbeats(AttemptRef... held) {
    for (String id : List.copyOf(devices.keySet())) {
      heartbeat(id, held);
    }
    return this;
  }

  Story heartbeat(String id, AttemptRef... held) {
    DeviceReport last = devices.get(id);
    return report(
        new DeviceReport(
            id,
            last.deviceClass(),
            last.incarnation(),
            last.sequence() + 1,
            last.state(),
            last.lanes(),
            last.slots(),
            last.prefetch(),
            last.linkedOffers(),
            Arrays.stream(held).map(attempt -> new DeviceReport.Held(attempt, true)).toList(),
            0,
            0,
            0,
            0,
            true,
            last.warmModels()));
  }

  /** The device is heard of, and its health check fails. */
  Story unhealthy(String id) {
    DeviceReport last = devices.get(id);
    return report(
        new DeviceReport(
            id,
            last.deviceClass(),
            last.incarnation(),
            last.sequence() + 1,
            last.state(),
            last.lanes(),
            last.slots(),
            last.prefetch(),
            last.linkedOffers(),
            List.of(),
            0,
            0,
            0,
            0,
            false,
            last.warmModels()));
  }

  Story restartOf(String id) {
    DeviceReport last = devices.get(id);
    return report(
        new DeviceReport(
            id,
            last.deviceClass(),
            last.incarnation() + 1,
            0,
            last.state(),
            last.lanes(),
            last.slots(),
            last.prefetch(),
            last.linkedOffers(),
            List.of(),
            0,
            0,
            0,
            0,
            true,
            Set.of()));
  }

  Story start(Effect.Offer offer) {
    return start(offer, offer.device());
  }

  Story start(Effect.Offer offer, String device) {
    return on(new Input.AttemptStarted(offer.attempt(), device, 1, now));
  }

  Story complete(Effect.Offer offer) {
    return complete(offer, offer.device());
  }

  Story complete(Effect.Offer offer, String device) {
    Content result =
        Content.inline("text/plain", ("done " + offer.attempt()).getBytes(StandardCharsets.UTF_8));
    return on(
        new Input.AttemptCompleted(offer.attempt(), device, 1, now - 1, now, result, List.of()));
  }

  Story fail(Effect.Offer offer, TaskError.Kind kind) {
    return on(
        new Input.AttemptFailed(
            offer.attempt(), offer.device(), 1, now - 1, now, new TaskError(kind, "broke")));
  }

  Story release(Effect.Offer offer, String device) {
    return on(new Input.AttemptReleased(offer.attempt(), device, 1, "no slot"));
  }

  Story on(Input input) {
    pool.on(input, now, this::take);
    pool.check();
    return this;
  }

  Story tick() {
    pool.tick(now, this::take);
    pool.check();
    return this;
  }

  Story after(double seconds) {
    now += seconds;
    return tick();
  }

  /** The engine dies and comes back from its rows. */
  Story restart() {
    List<String> before = standing();
    pool = Pool.restore("test", settings, rows.values(), now);
    pool.check();
    assertEquals(before, standing(), "the restored pool is the live one");
    return this;
  }

  /** Where everything stands, as far as it must survive a restart. */
  private List<String> standing() {
    Stream<String> jobs =
        pool.jobs().stream()
            .map(job ->
                "%s %s %s %d ready %s"
                    .formatted(job.job(), job.sealed(), job.counts(), job.ready(), job.outcome()));
    Stream<String> held =
        pool.devices().stream()
            .map(device ->
                "%s %d running %d offered %s %.6f %s"
                    .formatted(
                        device.report().id(),
                        device.running(),
                        device.offered(),
                        device.drained(),
                        device.slowness(),
                        device.quarantine()));
    return Stream.concat(jobs, held).sorted().toList();
  }

  private void take(Effect effect) {
    switch (effect) {
      case Effect.Save save -> rows.put(save.row().key(), save.row());
      case Effect.Delete delete -> rows.remove(delete.key());
      case Effect.Offer offer -> {
        assertTrue(
            rows.containsKey(
                new RowKey(RowKey.Kind.SPEC, offer.attempt().job(), offer.attempt().task())),
            "an offer needs its spec's row");
        offers.add(offer);
      }
      case Effect.Cancel cancel -> cancels.add(cancel);
      case Effect.Publish publish -> events.add(publish.event());
      case Effect.Refuse refuse -> refusals.add(refuse.reason());
      case Effect.ShareModel share -> shared.add(share.model());
      case Effect.NeedLanes need -> lanes.add(need);
    }
  }

  /** Takes the offers made since this was asked last, which must be these, as "task@device". */
  List<Effect.Offer> expectOffers(String... expected) {
    List<Effect.Offer> made = takeOffers();
    assertEquals(
        List.of(expected),
        made.stream().map(offer -> offer.attempt().task() + "@" + offer.device()).toList());
    return made;
  }

  Effect.Offer expectOffer(String expected) {
    return expectOffers(expected).getFirst();
  }

  List<Effect.Offer> takeOffers() {
    List<Effect.Offer> made = List.copyOf(offers);
    offers.clear();
    return made;
  }

  /** Takes the events since this was asked last, which must be these, as "TYPE" or "TYPE task". */
  Story expectEvents(String... expected) {
    seen.clear();
    events.stream().map(JobEvent::task).filter(Objects::nonNull).forEach(seen::add);
    List<String> types =
        events.stream()
            .map(event ->
                event.task() == null
                    ? event.type().toString()
                    : event.type() + " " + event.task().task())
            .collect(Collectors.toList());
    events.clear();
    assertEquals(List.of(expected), types);
    return this;
  }

  Story expectRefusal(String part) {
    assertEquals(1, refusals.size(), () -> "refusals: " + refusals);
    assertTrue(refusals.getFirst().contains(part), () -> "refusal: " + refusals.getFirst());
    refusals.clear();
    return this;
  }

  /** Nothing came out that the story didn't ask for. */
  void end() {
    assertEquals(List.of(), offers);
    assertEquals(List.of(), refusals);
    assertEquals(List.of(), cancels);
  }
}
