package io.signalbox.cli.watch;

import io.signalbox.events.AdmissionProof;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a test of a deadline found, for people and for programs. */
final class ProofText {
  private ProofText() {}

  /** "in time, due 2030-01-31T10:00:00Z, done by 09:58:20Z or so". */
  static String line(AdmissionProof proof) {
    StringBuilder line = new StringBuilder(verdict(proof));
    line.append(", due ").append(proof.getDeadline());
    Instant finish = proof.getPredictedFinish();
    if (finish != null) {
      double late = Duration.between(proof.getDeadline(), finish).toMillis() / 1e3;
      line.append(
          String.format(
              Locale.ROOT,
              ", predicted %.1f s %s it",
              Math.abs(late),
              late > 0 ? "after" : "before"));
    }
    return line.append(" (")
        .append(proof.getMethod().name().toLowerCase(Locale.ROOT).replace('_', ' '))
        .append(')')
        .toString();
  }

  private static String verdict(AdmissionProof proof) {
    return switch (proof.getVerdict()) {
      case ACCEPTED -> "in time";
      case REJECTED -> "not admitted";
      case AT_RISK -> "late";
    };
  }

  static Map<String, Object> fields(AdmissionProof proof) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("verdict", proof.getVerdict().name());
    fields.put("method", proof.getMethod().name());
    put(fields, "deadline", proof.getDeadline());
    put(fields, "predictedFinish", proof.getPredictedFinish());
    put(fields, "earliestFeasibleDeadline", proof.getEarliestFeasibleDeadline());
    put(fields, "bottleneckClass", proof.getBottleneckClass());
    fields.put("missingDevices", proof.getMissingDevices());
    return fields;
  }

  private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
    if (value != null) {
      fields.put(name, value.toString());
    }
  }
}
