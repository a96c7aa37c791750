package io.signalbox.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class TraceContextTest {
  private static TraceContext childOf(String traceparent) {
    Headers headers =
        new RecordHeaders().add("traceparent", traceparent.getBytes(StandardCharsets.US_ASCII));
    return TraceContext.childOf(headers);
  }

  @Test
  void attemptIsAChildOfTheProducersSpan() {
    TraceContext trace = childOf("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    assertEquals("0af7651916cd43dd8448eb211c80319c", trace.traceId());
    assertEquals("b7ad6b7169203331", trace.parentSpanId());
    assertNotEquals(trace.parentSpanId(), trace.spanId());
    assertEquals(16, trace.spanId().length());
  }

  @Test
  void attemptWithoutAProducersSpanBeginsATrace() {
    for (String none :
        new String[] {"", "00-" + "0".repeat(32) + "-b7ad6b7169203331-01", "hello"}) {
      TraceContext trace = childOf(none);
      assertEquals("", trace.parentSpanId());
      assertEquals(32, trace.traceId().length());
    }
  }
}
