package io.signalbox.client;

import io.signalbox.events.Content;
import io.signalbox.events.Dependency;
import io.signalbox.events.TaskSpec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Describes one task of a {@link Job}; {@link #task} goes on with the next. */
public final class TaskBuilder {
  /** Most bytes of a payload that travels inline. */
  public static final int MAX_INLINE_BYTES = 65_536;

  private static final int MAX_PARENTS = 10_000;
  private static final int MAX_LABELS = 32;
  private static final int MAX_LABEL_CHARACTERS = 200;

  private final JobBuilder job;
  private final String id;
  private final String operation;
  private final Map<String, Long> parents = new LinkedHashMap<>();
  private final Map<String, Double> estimates = new HashMap<>();
  private final Map<String, String> required = new HashMap<>();
  private final Map<String, String> preferred = new HashMap<>();
  private List<String> classes = List.of();
  private String version = "";
  private double work = 1;
  private long memoryBytes;
  private long timeoutMillis;
  private int maxAttempts;
  private @Nullable Content payload;

  TaskBuilder(JobBuilder job, String id, String operation) {
    this.job = job;
    this.id = Name.check("task", id);
    this.operation = Name.check("operation of task " + id, operation);
  }

  /** Waits for the success of other tasks of the job. */
  public TaskBuilder after(String... others) {
    for (String other : others) {
      after(other, 0);
    }
    return this;
  }

  /**
   * Waits for the success of another task.
   *
   * @param sizeBytes bytes that move from there to here when both run on different devices
   */
  public TaskBuilder after(String other, long sizeBytes) {
    check(!other.equals(id), "can't come after itself");
    check(sizeBytes >= 0, "can't read a negative number of bytes from " + other);
    check(parents.putIfAbsent(other, sizeBytes) == null, "comes after " + other + " twice");
    check(parents.size() <= MAX_PARENTS, "may come after at most " + MAX_PARENTS + " others");
    return this;
  }

  /** Bytes for the handler, at most {@value #MAX_INLINE_BYTES}. */
  public TaskBuilder payload(byte[] bytes) {
    return payload("application/octet-stream", bytes);
  }

  /** JSON for the handler, at most {@value #MAX_INLINE_BYTES} bytes of UTF-8. */
  public TaskBuilder json(String json) {
    return payload("application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  /** Plain text for the handler, at most {@value #MAX_INLINE_BYTES} bytes of UTF-8. */
  public TaskBuilder text(String text) {
    return payload("text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes of a media type for the handler, at most {@value #MAX_INLINE_BYTES}. */
  public TaskBuilder payload(String contentType, byte[] bytes) {
    check(
        bytes.length <= MAX_INLINE_BYTES,
        "has a payload of "
            + bytes.length
            + " bytes, more than the "
            + MAX_INLINE_BYTES
            + " that travel inline; store it and give its URI");
    payload = new Content(contentType, ByteBuffer.wrap(bytes.clone()), null, (long) bytes.length);
    return this;
  }

  /**
   * Where the handler finds its payload.
   *
   * @param sizeBytes its size, 0 when unknown
   */
  public TaskBuilder payloadAt(String uri, long sizeBytes) {
    check(sizeBytes >= 0, "has a payload of a negative size");
    payload = new Content("application/octet-stream", null, uri, sizeBytes);
    return this;
  }

  /** Version of the operation, for instance of a model. */
  public TaskBuilder version(String version) {
    this.version = version;
    return this;
  }

  /** Amount of work in a unit of the operation's own; 1 when not set. */
  public TaskBuilder work(double amount) {
    check(amount > 0 && Double.isFinite(amount), "needs work greater than 0, not " + amount);
    this.work = amount;
    return this;
  }

  /** Expected run time on a device class. */
  public TaskBuilder estimate(String deviceClass, Duration runTime) {
    check(!runTime.isNegative() && !runTime.isZero(), "has an estimate that isn't positive");
    estimates.put(Name.check("device class", deviceClass), runTime.toNanos() / 1e9);
    return this;
  }

  /** May run on these device classes only. */
  public TaskBuilder on(String... deviceClasses) {
    for (String deviceClass : deviceClasses) {
      Name.check("device class", deviceClass);
    }
    this.classes = List.of(deviceClasses);
    return this;
  }

  /**
   * May run only on devices with this label, and with the others that were named; «zone» is the
   * device's zone. While there is no such device, the task waits.
   */
  public TaskBuilder requires(String label, String value) {
    return label(required, label, value);
  }

  /**
   * May take a little longer to run on a device with this label; of several, the more the better.
   */
  public TaskBuilder prefers(String label, String value) {
    return label(preferred, label, value);
  }

  private TaskBuilder label(Map<String, String> labels, String label, String value) {
    Name.check("label", label);
    check(
        !value.isEmpty() && value.length() <= MAX_LABEL_CHARACTERS,
        "needs 1 to " + MAX_LABEL_CHARACTERS + " characters as the value of label " + label);
    labels.put(label, value);
    check(labels.size() <= MAX_LABELS, "may name at most " + MAX_LABELS + " labels");
    return this;
  }

  /** Device memory it needs, in bytes. */
  public TaskBuilder memoryBytes(long bytes) {
    check(bytes >= 0, "needs a negative amount of memory");
    this.memoryBytes = bytes;
    return this;
  }

  /** An attempt that runs longer fails; milliseconds count. */
  public TaskBuilder timeout(Duration limit) {
    check(limit.toMillis() >= 1, "needs a timeout of at least 1 ms");
    this.timeoutMillis = limit.toMillis();
    return this;
  }

  /** How many attempts may fail before the task does, 1 to 10. */
  public TaskBuilder maxAttempts(int attempts) {
    check(attempts >= 1 && attempts <= 10, "may have 1 to 10 attempts, not " + attempts);
    this.maxAttempts = attempts;
    return this;
  }

  /** Adds another task to the job and goes on with its settings. */
  public TaskBuilder task(String nextId, String nextOperation) {
    return job.task(nextId, nextOperation);
  }

  /**
   * The job, see {@link JobBuilder#build}.
   *
   * @throws IllegalArgumentException when an id is doubled or a parent unknown
   */
  public Job build() {
    return job.build();
  }

  TaskSpec spec() {
    List<Dependency> dependencies = new ArrayList<>(parents.size());
    parents.forEach((parent, bytes) -> dependencies.add(new Dependency(parent, bytes)));
    return new TaskSpec(
        id,
        operation,
        version,
        List.copyOf(dependencies),
        work,
        Map.copyOf(estimates),
        classes,
        memoryBytes,
        payload,
        timeoutMillis,
        maxAttempts,
        Map.copyOf(required),
        Map.copyOf(preferred));
  }

  private void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException("Task " + id + " " + otherwise);
    }
  }
}
