package io.signalbox.worker;

import io.signalbox.events.connection.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Describes a {@link SignalboxWorker}. */
public final class WorkerBuilder {
  private final @Nullable Connection connection;
  private final @Nullable WorkerRuntime shared;
  private final Map<String, TaskHandler> handlers = new LinkedHashMap<>();
  private final Map<String, BlockingHandler> blocking = new LinkedHashMap<>();
  private final Map<String, String> labels = new HashMap<>();
  private @Nullable TaskHandler any;
  private String pool = "default";
  private String deviceId = "device-" + UUID.randomUUID();
  private String deviceClass = "cpu";
  private int slots = 1;
  private int prefetch = 1;
  private int linkedOffers = 16;
  private Duration heartbeatInterval = Duration.ofSeconds(1);
  private Duration startDelay = Duration.ofMillis(5);
  private String zone = "";
  private double bandwidthBytesPerSecond;
  private double linkLatencyMillis;
  private String service = "signalbox-worker";
  private String groupProtocol = "consumer";
  private final List<HealthCheck> healthChecks = new ArrayList<>();
  private DeviceProbe probe = DeviceProbe.ofMachine();
  private LinkProbe links = LinkProbe.none();
  private Clock clock = Clock.systemUTC();

  WorkerBuilder(@Nullable Connection connection, @Nullable WorkerRuntime shared) {
    this.connection = connection;
    this.shared = shared;
  }

  /** The fleet it belongs to; «default» when not set. */
  public WorkerBuilder pool(String pool) {
    this.pool = pool;
    return this;
  }

  /** Its name, unique within the pool; a random one when not set. */
  public WorkerBuilder deviceId(String deviceId) {
    this.deviceId = deviceId;
    return this;
  }

  /** One of the engine's device classes; «cpu» when not set. */
  public WorkerBuilder deviceClass(String deviceClass) {
    this.deviceClass = deviceClass;
    return this;
  }

  /** Attempts it runs at once, 1 to 1,024; 1 when not set. */
  public WorkerBuilder slots(int slots) {
    this.slots = slots;
    return this;
  }

  /** Assignments it takes beyond its slots, 0 to 1,024; 1 when not set. */
  public WorkerBuilder prefetch(int prefetch) {
    this.prefetch = prefetch;
    return this;
  }

  /**
   * Linked offers that it holds behind each attempt, 0 to 1,024; 16 when not set. The engine links
   * a task to its parent's attempt when both belong on this device; it then starts the moment that
   * the parent is done.
   */
  public WorkerBuilder linkedOffers(int linkedOffers) {
    this.linkedOffers = linkedOffers;
    return this;
  }

  /** Between two heartbeats; 1 s when not set. The engine gives up a device silent for 3 s. */
  public WorkerBuilder heartbeatInterval(Duration interval) {
    this.heartbeatInterval = interval;
    return this;
  }

  /**
   * Below how much time an attempt is brief, 0 to 500 ms; 5 ms when not set. Operations that took
   * less the last time are run before anything is written of them: what has ended by then says in
   * one record that it has started and ended, which spares the engine half of what it reads. What
   * takes longer says that it has started after once to twice that time. Attempts of other
   * operations, and with 0 all, run when it is written that they have started.
   */
  public WorkerBuilder startDelay(Duration delay) {
    this.startDelay = delay;
    return this;
  }

  /** Where it stands; devices of one zone are near each other. */
  public WorkerBuilder zone(String zone) {
    this.zone = zone;
    return this;
  }

  /** A capability, for instance its architecture. */
  public WorkerBuilder label(String key, String value) {
    labels.put(key, value);
    return this;
  }

  /** Its link to the other devices; transfers cost nothing when not set. */
  public WorkerBuilder link(double bytesPerSecond, double latencyMillis) {
    this.bandwidthBytesPerSecond = bytesPerSecond;
    this.linkLatencyMillis = latencyMillis;
    return this;
  }

  /** Measures the ways to other zones; it tells of none when not set. */
  public WorkerBuilder links(LinkProbe probe) {
    this.links = Objects.requireNonNull(probe);
    return this;
  }

  /** Name of the program, for traces. */
  public WorkerBuilder service(String service) {
    this.service = service;
    return this;
  }

  /** Measures the device; the machine of this JVM when not set. */
  public WorkerBuilder probe(DeviceProbe probe) {
    this.probe = Objects.requireNonNull(probe);
    return this;
  }

  /**
   * Asks this with each heartbeat, too; may be called several times. While one of them says no, or
   * fails, the device is given nothing.
   */
  public WorkerBuilder healthCheck(HealthCheck check) {
    healthChecks.add(Objects.requireNonNull(check));
    return this;
  }

  /**
   * Group protocol of its consumer: «consumer» (needs brokers from 4.0 on, hands lanes over one by
   * one) or «classic».
   */
  public WorkerBuilder groupProtocol(String protocol) {
    this.groupProtocol = protocol;
    return this;
  }

  WorkerBuilder clock(Clock clock) {
    this.clock = clock;
    return this;
  }

  /** Runs an operation without blocking. */
  public WorkerBuilder handle(String operation, TaskHandler handler) {
    checkNew(operation);
    handlers.put(operation, Objects.requireNonNull(handler));
    return this;
  }

  /** Runs an operation on threads that may block, twice as many at most as there are slots. */
  public WorkerBuilder handleBlocking(String operation, BlockingHandler handler) {
    checkNew(operation);
    blocking.put(operation, Objects.requireNonNull(handler));
    return this;
  }

  /** Runs all operations that have no handler of their own. */
  public WorkerBuilder handleAny(TaskHandler handler) {
    this.any = Objects.requireNonNull(handler);
    return this;
  }

  private void checkNew(String operation) {
    if (handlers.containsKey(operation) || blocking.containsKey(operation)) {
      throw new IllegalArgumentException("Worker: operation " + operation + " has two handlers");
    }
  }

  /**
   * Starts the worker: it joins its class's group and reports for duty. Returns at once; {@link
   * SignalboxWorker#ready} tells when it has lanes.
   *
   * @throws IllegalArgumentException when a setting is out of its range or no handler is there
   */
  public SignalboxWorker start() {
    WorkerSettings settings =
        new WorkerSettings(
            pool,
            deviceId,
            deviceClass,
            slots,
            prefetch,
            linkedOffers,
            heartbeatInterval,
            startDelay,
            zone,
            labels,
            bandwidthBytesPerSecond,
            linkLatencyMillis,
            service,
            groupProtocol);
    // A cancelled handler that ignores its interruption keeps its thread beyond its slot.
    Scheduler mayBlock =
        Schedulers.newBoundedElastic(2 * slots, 2 * slots, "signalbox-" + deviceId, 10, true);
    blocking.forEach(
        (operation, handler) -> handlers.put(operation, Handlers.blocking(handler, mayBlock)));
    Handlers all = new Handlers(handlers, any);
    WorkerRuntime runtime =
        shared != null ? shared : WorkerRuntime.open(Objects.requireNonNull(connection));
    Runnable release =
        () -> {
          mayBlock.dispose();
          if (shared == null) {
            runtime.close();
          }
        };
    Device device =
        new Device(
            settings,
            all,
            runtime,
            probe.with(healthChecks),
            links,
            new WorkerClock(clock),
            release);
    device.start();
    return new SignalboxWorker(device);
  }
}
