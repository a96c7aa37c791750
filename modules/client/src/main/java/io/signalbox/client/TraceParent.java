package io.signalbox.client;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * The W3C trace context of a submission (https://www.w3.org/TR/trace-context/).
 *
 * @param traceId 32 hex digits
 * @param spanId 16 hex digits
 */
record TraceParent(String traceId, String spanId) {
  static TraceParent random() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new TraceParent(
        hex(random.nextLong()) + hex(random.nextLong() | 1), hex(random.nextLong() | 1));
  }

  private static String hex(long bits) {
    String digits = Long.toHexString(bits);
    return "0".repeat(16 - digits.length()) + digits;
  }

  Header header() {
    String value = "00-" + traceId + "-" + spanId + "-01";
    return new RecordHeader("traceparent", value.getBytes(StandardCharsets.US_ASCII));
  }
}
