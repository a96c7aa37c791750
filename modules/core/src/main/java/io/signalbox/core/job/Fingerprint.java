package io.signalbox.core.job;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A 64-bit digest of a task's content (FNV-1a over characters and numbers), by which a repeated
 * submission is told from a conflicting one without keeping the payload in memory.
 */
final class Fingerprint {
  private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private long hash = OFFSET_BASIS;

  private Fingerprint() {}

  /** The digest of everything in the spec, payload included. */
  static long of(TaskSpec spec) {
    Fingerprint fingerprint = new Fingerprint();
    fingerprint.text(spec.id()).text(spec.operation()).text(spec.version());
    for (Dependency dependency : spec.dependencies()) {
      fingerprint.text(dependency.task()).number(dependency.sizeBytes());
    }
    fingerprint.number(Double.doubleToLongBits(spec.work())).number(estimates(spec.estimates()));
    spec.classes().forEach(fingerprint::text);
    fingerprint.number(spec.memoryBytes()).number(Double.doubleToLongBits(spec.timeoutSeconds()));
    fingerprint.number(spec.maxAttempts()).content(spec.payload());
    if (!spec.labels().areNone()) {
      fingerprint
          .number(labels(spec.labels().required()))
          .number(labels(spec.labels().preferred()));
    }
    return fingerprint.hash;
  }

  /** A sum, since the order in which a map's entries come isn't part of the content. */
  private static long estimates(Map<String, Double> estimates) {
    long sum = estimates.size();
    for (Map.Entry<String, Double> entry : estimates.entrySet()) {
      sum +=
          new Fingerprint()
              .text(entry.getKey())
              .number(Double.doubleToLongBits(entry.getValue()))
              .hash;
    }
    return sum;
  }

  private static long labels(Map<String, String> labels) {
    long sum = labels.size();
    for (Map.Entry<String, String> entry : labels.entrySet()) {
      sum += new Fingerprint().text(entry.getKey()).text(entry.getValue()).hash;
    }
    return sum;
  }

  private Fingerprint content(@Nullable Content content) {
    if (content == null) {
      return number(0);
    }
    text(content.contentType()).number(content.sizeBytes());
    if (content.uri() != null) {
      text(content.uri());
    }
    if (content.bytes() != null) {
      for (byte value : content.bytes()) {
        mix(value);
      }
    }
    return this;
  }

  private Fingerprint text(String text) {
    for (int i = 0; i < text.length(); i++) {
      mix(text.charAt(i));
    }
    return number(text.length());
  }

  /** A step a number, whose upper half the next one sees in the lower. */
  private Fingerprint number(long value) {
    mix(value);
    hash ^= hash >>> 32;
    return this;
  }

  private void mix(long value) {
    hash = (hash ^ value) * PRIME;
  }
}
