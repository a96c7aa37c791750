package io.signalbox.engine.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.core.admission.Proof;
import io.signalbox.core.pool.JobView;
import io.signalbox.core.pool.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A job as JSON: pool, job, tenant, state, times as ISO 8601, counts of its tasks. */
final class JobJson {
  private JobJson() {}

  /** RUNNING, or how it ended. */
  static String state(JobView job) {
    return job.outcome() == null ? "RUNNING" : job.outcome().state().name();
  }

  static ObjectNode of(String pool, JobView job) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("pool", pool)
        .put("job", job.job())
        .put("tenant", job.header().tenant())
        .put("state", state(job))
        .put("sealed", job.sealed())
        .put("acceptedAt", time(job.acceptedAt()))
        .put("deadline", time(job.header().deadline()));
    admission(json.putObject("admission"), job);
    ObjectNode labels = json.putObject("labels");
    job.header().labels().forEach(labels::put);
    json.putObject("tasks")
        .put("total", job.counts().total())
        .put("ready", job.ready())
        .put("running", job.counts().running())
        .put("succeeded", job.counts().succeeded())
        .put("failed", job.counts().failed());
    Row.Outcome outcome = job.outcome();
    json.put("remainingSeconds", outcome == null ? job.remainingSeconds() : 0.0)
        .put("endedAt", outcome == null ? null : time(outcome.endedAt()));
    if (outcome != null) {
      outcome.reasons().forEach(json.putArray("reasons")::add);
    } else {
      json.putArray("reasons");
    }
    return json;
  }

  /** What the job's header says, and what the last test of its deadline found. */
  private static void admission(ObjectNode json, JobView job) {
    json.put("mode", job.header().admission().name());
    Proof proof = job.proof();
    if (proof != null) {
      json.put("verdict", proof.verdict().name())
          .put("method", proof.method().name())
          .put("testedAt", time(proof.testedAt()))
          .put("predictedFinish", time(proof.predictedFinish()))
          .put("earliestFeasibleDeadline", time(proof.earliestFeasibleDeadline()))
          .put("bottleneckClass", proof.bottleneckClass())
          .put("missingDevices", proof.missingDevices())
          .put("reason", proof.inTime() ? null : proof.reason());
    }
  }

  static @Nullable String time(@Nullable Double seconds) {
    return seconds == null || seconds.isInfinite() || seconds.isNaN()
        ? null
        : Instant.ofEpochMilli(Math.round(seconds * 1e3)).toString();
  }
}
