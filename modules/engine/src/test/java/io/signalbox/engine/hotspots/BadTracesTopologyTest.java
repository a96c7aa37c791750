package io.signalbox.engine.hotspots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.engine.ErrorsOnly;
import io.signalbox.engine.scheduling.BadRecords;
import io.signalbox.engine.scheduling.BadRecords.Bad;
import io.signalbox.events.ExecutionTrace;
import io.signalbox.events.HotspotEvent;
import io.signalbox.events.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nine of ten traces are bad. Nothing fails; each that can't be used is in the dead letters with a
 * reason, late ones are counted as late, and windows hold just the good ones. The count is {@code
 * -Dsignalbox.records}, and {@code -Dsignalbox.seed} replays.
 */
@ExtendWith(ErrorsOnly.class)
class BadTracesTopologyTest {
  private static final int RECORDS = Integer.getInteger("signalbox.records", 5_000);
  private static final long SEED = Long.getLong("signalbox.seed", 1);
  private static final String TOPIC = Topics.DEFAULT.executionTraces();
  private static final String NUMBER = "number";

  /** Slower than the threshold, so that each window tells how many it holds. */
  private static final double SLOW_SECONDS = 4;

  @TempDir Path folder;

  private final Map<String, Long> sent = new TreeMap<>();
  private final Map<String, Bad> certain = new HashMap<>();
  private final Set<String> letters = new HashSet<>();
  private int numbers;
  private int late;
  private int windows;

  @Test
  void traces() {
    try (Watcher watcher = Watcher.on(folder)) {
      BadRecords bad = new BadRecords(watcher::bytes, new Random(SEED));
      for (int i = 0; i < RECORDS; i++) {
        if (i % 10 == 0) {
          good(watcher);
        } else {
          bad(watcher, bad.next(TOPIC, trace(watcher, "op", 1)));
        }
      }
      assertTrue(watcher.board.late() >= late, "late ones are counted");
      assertTrue(windows >= RECORDS / 100 - 3, () -> "only " + windows + " windows were hot");
    }
    if (Boolean.getBoolean("signalbox.figures")) {
      System.out.printf("%s: %d records, of these bad %s%n", TOPIC, RECORDS, sent);
    }
  }

  private static ExecutionTrace trace(Watcher watcher, String operation, double seconds) {
    return Watcher.trace("p", operation, "gpu", watcher.now(), seconds).build();
  }

  /** One a second. */
  private void good(Watcher watcher) {
    String number = send(watcher, watcher.bytes(TOPIC, trace(watcher, "good", SLOW_SECONDS)));
    watcher.pass(1);
    watcher.events().stream()
        .filter(event -> event.getOperation().equals("good"))
        .forEach(this::holdsAllGoodOnes);
    readLetters(watcher);
    assertFalse(letters.contains(number), "a good record was refused");
    certain.forEach((sentAs, what) ->
        assertTrue(letters.contains(sentAs), () -> "isn't in the dead letters: " + what));
    certain.clear();
    letters.clear();
  }

  private void holdsAllGoodOnes(HotspotEvent event) {
    windows++;
    long seconds = Duration.between(Watcher.START, event.getWindowEnd()).toSeconds();
    assertEquals(Math.min(seconds, 60), event.getCount(), event::toString);
    assertEquals(SLOW_SECONDS * 1e6, event.getMeanMicros(), 1, event::toString);
  }

  private void bad(Watcher watcher, Bad bad) {
    sent.merge(bad.what(), 1L, Long::sum);
    if (bad.what().equals("in 1970")) {
      late++;
    }
    String number = send(watcher, bad.value());
    if (bad.certain()) {
      certain.put(number, bad);
    }
  }

  private String send(Watcher watcher, byte[] value) {
    String number = Integer.toString(++numbers);
    watcher.sendBytes(
        value, new RecordHeaders().add(NUMBER, number.getBytes(StandardCharsets.UTF_8)));
    return number;
  }

  private void readLetters(Watcher watcher) {
    for (TestRecord<byte[], byte[]> letter : watcher.deadLetters()) {
      String reason = header(letter, "signalbox-reason");
      assertFalse(reason.isBlank(), "a dead letter without a reason");
      assertFalse(reason.contains("the engine failed on it"), reason);
      letters.add(header(letter, NUMBER));
    }
  }

  private static String header(TestRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
