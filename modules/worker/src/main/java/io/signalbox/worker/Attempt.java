package io.signalbox.worker;

import io.signalbox.events.Assignment;
import io.signalbox.events.ErrorType;
import io.signalbox.events.Input;
import io.signalbox.events.TaskSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** One attempt between its start and its end: the handler's context, its clock, its stop. */
final class Attempt implements TaskContext {
  private static final long PROGRESS_NANOS = Duration.ofMillis(100).toNanos();
  private static final int MAX_SPAWNED = 100_000;

  private final Offer offer;
  private final String deviceId;
  private final Instant startedAt;
  private final long startedNanos = System.nanoTime();
  private final DoubleConsumer onProgress;
  private final AtomicLong nextProgress = new AtomicLong(startedNanos);
  private final List<TaskSpec> spawned = Collections.synchronizedList(new ArrayList<>());
  private final Sinks.Empty<Void> stopSignal = Sinks.empty();
  private final Disposable.Swap running = Disposables.swap();
  private volatile boolean stopped;

  Attempt(Offer offer, String deviceId, Instant startedAt, DoubleConsumer onProgress) {
    this.offer = offer;
    this.deviceId = deviceId;
    this.startedAt = startedAt;
    this.onProgress = onProgress;
  }

  /** Subscribes to the handler; one of the two is called at the end unless it was stopped. */
  void run(
      Handlers handlers,
      BiConsumer<Attempt, Result> onResult,
      BiConsumer<Attempt, Throwable> onError) {
    Mono<Result> result = handlers.run(this).doOnCancel(this::signalStop);
    long limit = assignment().getTimeoutMillis();
    if (limit > 0) {
      result = result.timeout(Duration.ofMillis(limit), Mono.error(() -> overtime(limit)));
    }
    Consumer<Result> done = value -> onResult.accept(this, value);
    running.update(result.subscribe(done, error -> onError.accept(this, error)));
  }

  /** Usually something that the task waits for hangs, so it is EXTERNAL and tried again. */
  private static TaskFailedException overtime(long limit) {
    return new TaskFailedException(
        ErrorType.EXTERNAL, "The attempt ran longer than its timeout of " + limit + " ms");
  }

  /** Cancels the handler; nothing is heard of it afterwards. */
  void stop() {
    signalStop();
    running.dispose();
  }

  private void signalStop() {
    stopped = true;
    stopSignal.tryEmitEmpty();
  }

  Offer offer() {
    return offer;
  }

  Assignment assignment() {
    return offer.assignment();
  }

  Instant startedAt() {
    return startedAt;
  }

  long elapsedMicros() {
    return (System.nanoTime() - startedNanos) / 1_000;
  }

  List<TaskSpec> spawned() {
    return List.copyOf(spawned);
  }

  @Override
  public String pool() {
    return assignment().getPool();
  }

  @Override
  public String job() {
    return assignment().getJob();
  }

  @Override
  public String taskId() {
    return assignment().getTaskId();
  }

  @Override
  public int attempt() {
    return assignment().getAttempt();
  }

  @Override
  public String operation() {
    return assignment().getOperation();
  }

  @Override
  public String version() {
    return assignment().getVersion();
  }

  @Override
  public double work() {
    return assignment().getWork();
  }

  @Override
  public long memoryBytes() {
    return assignment().getMemoryBytes();
  }

  @Override
  public String deviceId() {
    return deviceId;
  }

  @Override
  public TaskData payload() {
    return TaskData.of(assignment().getPayload());
  }

  @Override
  public Map<String, TaskData> inputs() {
    Map<String, TaskData> inputs = new LinkedHashMap<>();
    for (Input input : offer.inputs()) {
      inputs.put(input.getTaskId(), TaskData.of(input.getResult()));
    }
    return Collections.unmodifiableMap(inputs);
  }

  @Override
  public Map<String, Origin> origins() {
    Map<String, Origin> origins = new LinkedHashMap<>();
    for (Input input : offer.inputs()) {
      origins.put(
          input.getTaskId(),
          new Origin(input.getDeviceId(), input.getFinishedAt(), input.getSizeBytes()));
    }
    return Collections.unmodifiableMap(origins);
  }

  @Override
  public String traceparent() {
    return offer.traceparent().toString();
  }

  @Override
  public void progress(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("Progress is 0 to 1, not " + share);
    }
    long now = System.nanoTime();
    long next = nextProgress.get();
    if (now - next >= 0 && nextProgress.compareAndSet(next, now + PROGRESS_NANOS)) {
      onProgress.accept(share);
    }
  }

  @Override
  public void spawn(TaskSpec... tasks) {
    if (spawned.size() + tasks.length > MAX_SPAWNED) {
      throw new IllegalStateException(
          "An attempt may spawn at most " + MAX_SPAWNED + " tasks; let these spawn the rest");
    }
    Collections.addAll(spawned, tasks);
  }

  @Override
  public boolean isCancelled() {
    return stopped;
  }

  @Override
  public Mono<Void> cancelled() {
    return stopSignal.asMono();
  }
}
