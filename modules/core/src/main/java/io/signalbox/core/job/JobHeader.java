package io.signalbox.core.job;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What holds for a whole job.
 *
 * @param tenant who the job is charged to
 * @param deadline when it should be done, in seconds since the epoch; null when it has none
 * @param admission what becomes of it when the deadline can't be kept
 * @param labels free labels, shown back in listings
 * @param traceparent W3C trace context of the submission; null when the producer sent none
 */
public record JobHeader(
    String tenant,
    @Nullable Double deadline,
    Admission admission,
    Map<String, String> labels,
    @Nullable String traceparent) {
  /** The header of a job whose producer sent none. */
  public static final JobHeader DEFAULT = new JobHeader("default", null, Map.of(), null);

  public JobHeader {
    labels = Map.copyOf(labels);
  }

  /** A header whose admission is the default, {@link Admission#WARN}. */
  public JobHeader(
      String tenant,
      @Nullable Double deadline,
      Map<String, String> labels,
      @Nullable String traceparent) {
    this(tenant, deadline, Admission.WARN, labels, traceparent);
  }

  /** True when the deadline, if there is one, is tested against the fleet. */
  public boolean tested() {
    return deadline != null && admission != Admission.OFF;
  }

  /** The same header with another deadline. */
  public JobHeader withDeadline(double other) {
    return new JobHeader(tenant, other, admission, labels, traceparent);
  }
}
