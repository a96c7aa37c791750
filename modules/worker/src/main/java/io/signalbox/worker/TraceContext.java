package io.signalbox.worker;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * The W3C trace context of one attempt (https://www.w3.org/TR/trace-context/).
 *
 * @param traceId 32 hex digits, of the submission
 * @param spanId 16 hex digits, of the attempt
 * @param parentSpanId 16 hex digits, of the producer's span; empty when it gave none
 */
record TraceContext(String traceId, String spanId, String parentSpanId) {
  private static final String HEADER = "traceparent";
  private static final Pattern FORM =
      Pattern.compile("[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}.*");

  /** A new span, in the trace that the headers name or in a new one. */
  static TraceContext childOf(Headers headers) {
    Header parent = headers.lastHeader(HEADER);
    if (parent != null && parent.value() != null) {
      Matcher form = FORM.matcher(new String(parent.value(), StandardCharsets.US_ASCII));
      if (form.matches()) {
        return new TraceContext(form.group(1), random(), form.group(2));
      }
    }
    return new TraceContext(random() + random(), random(), "");
  }

  private static String random() {
    // The lowest bit is set, because an id of zeros only is no id.
    String digits = Long.toHexString(ThreadLocalRandom.current().nextLong() | 1);
    return "0".repeat(16 - digits.length()) + digits;
  }

  Header header() {
    return new RecordHeader(HEADER, toString().getBytes(StandardCharsets.US_ASCII));
  }

  /** The value of a {@code traceparent} header. */
  @Override
  public String toString() {
    return "00-" + traceId + "-" + spanId + "-01";
  }
}
