package io.signalbox.cli.watch;

import io.signalbox.events.JobEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A job's event for programs and for people. */
final class EventRecord {
  private EventRecord() {}

  /** Its fields by name; those that say nothing are left out. */
  static Map<String, Object> json(JobEvent event) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("job", event.getJob());
    fields.put("pool", event.getPool());
    fields.put("type", event.getType().name());
    fields.put("at", event.getAt().toString());
    put(fields, "taskId", event.getTaskId());
    if (event.getTaskId() != null) {
      fields.put("attempt", event.getAttempt());
    }
    put(fields, "deviceId", event.getDeviceId());
    put(fields, "deviceClass", event.getDeviceClass());
    put(fields, "startedAt", event.getStartedAt());
    put(fields, "finishedAt", event.getFinishedAt());
    put(fields, "progress", event.getProgress());
    if (!event.getReasons().isEmpty()) {
      fields.put("reasons", event.getReasons());
    }
    if (event.getProof() != null) {
      fields.put("proof", ProofText.fields(event.getProof()));
    }
    Map<String, Integer> counts = new LinkedHashMap<>();
    counts.put("total", event.getCounts().getTotal());
    counts.put("running", event.getCounts().getRunning());
    counts.put("succeeded", event.getCounts().getSucceeded());
    counts.put("failed", event.getCounts().getFailed());
    fields.put("counts", counts);
    return fields;
  }

  /** One line. */
  static String line(JobEvent event) {
    StringBuilder line = new StringBuilder();
    line.append(event.getAt()).append("  ").append(event.getJob()).append("  ");
    line.append(event.getType().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
    if (event.getTaskId() != null) {
      line.append(' ').append(event.getTaskId());
      if (event.getAttempt() > 1) {
        line.append(" (attempt ").append(event.getAttempt()).append(')');
      }
    }
    if (event.getDeviceId() != null) {
      line.append(" on ").append(event.getDeviceId());
    }
    if (event.getProgress() != null) {
      line.append(String.format(java.util.Locale.ROOT, " %.0f %%", event.getProgress() * 100));
    }
    if (event.getProof() != null) {
      line.append(": ").append(ProofText.line(event.getProof()));
    }
    if (!event.getReasons().isEmpty()) {
      line.append(": ").append(String.join("; ", event.getReasons()));
    }
    return line.append("  ")
        .append(event.getCounts().getSucceeded())
        .append('/')
        .append(event.getCounts().getTotal())
        .toString();
  }

  private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
    if (value != null) {
      fields.put(name, value instanceof Instant at ? at.toString() : value);
    }
  }
}
