package io.signalbox.engine.hotspots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.hotspot.HotspotNews;
import io.signalbox.core.hotspot.WindowStatistics;
import io.signalbox.engine.board.HotspotBoard;
import io.signalbox.engine.board.HotspotBoard.OperationView;
import io.signalbox.engine.identity.Identities;
import io.signalbox.engine.identity.Issuer;
import io.signalbox.events.HotspotEvent;
import io.signalbox.events.HotspotEventType;
import io.signalbox.events.connection.Connection;
import io.signalbox.events.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From traces to hot operations. All tests together take five seconds. */
class HotspotTopologyTest {
  /** Grace, the way from step to step, and the tick in which it is seen. */
  private static final long JUDGED_AFTER_SECONDS = 9;

  @TempDir Path folder;

  private static List<HotspotEventType> types(Watcher watcher) {
    return watcher.events().stream().map(HotspotEvent::getType).toList();
  }

  private static List<OperationView> shown(Watcher watcher) {
    Collection<OperationView> views =
        watcher.board.operations(Optional.of("p")).getOrDefault("p", List.of());
    return new ArrayList<>(views);
  }

  private static int rows(Watcher watcher, String store) {
    int rows = 0;
    try (KeyValueIterator<Bytes, byte[]> all = watcher.store(store).all()) {
      for (; all.hasNext(); all.next()) {
        rows++;
      }
    }
    return rows;
  }

  @Test
  void frequentOperationEntersWithItsStatisticsAndIsClearedWhenItStops() {
    try (Watcher watcher = Watcher.on(folder)) {
      watcher.ended("op", Watcher.START, 60, 1);
      watcher.ended("op", Watcher.START, 60, 2);
      watcher.ended("rare", Watcher.START, 1, 20);
      watcher.pass(10 + JUDGED_AFTER_SECONDS);
      assertEquals(List.of(), watcher.events(), "two a second is the threshold itself");
      watcher.ended("op", Watcher.START.plusSeconds(12), 1, 2);
      watcher.pass(10);
      List<HotspotEvent> entered = watcher.events();
      assertEquals(1, entered.size(), entered::toString);
      HotspotEvent event = entered.getFirst();
      assertEquals(HotspotEventType.ENTERED, event.getType());
      assertEquals("p", event.getPool());
      assertEquals("op", event.getOperation());
      assertEquals("gpu", event.getDeviceClass());
      assertEquals(121, event.getCount());
      assertEquals(121 / 60.0, event.getPerSecond(), 1e-9);
      assertEquals(182e6 / 121, event.getMeanMicros(), 1);
      assertEquals(2e6, event.getP95Micros(), 0.02 * 2e6);
      assertEquals(182.0 / 202, event.getShare(), 1e-9);
      assertEquals(2.0, event.getLimitPerSecond());
      assertEquals(Watcher.START.plusSeconds(20), event.getWindowEnd());
      assertEquals(Watcher.START.minusSeconds(40), event.getWindowStart());
      watcher.pass(40);
      assertEquals(Collections.nCopies(4, HotspotEventType.UPDATED), types(watcher));
      watcher.pass(20);
      assertEquals(List.of(HotspotEventType.UPDATED, HotspotEventType.CLEARED), types(watcher));
    }
  }

  @Test
  void slowOperationIsHotByItsMean() {
    try (Watcher watcher = Watcher.on(folder)) {
      watcher.ended("slow", Watcher.START, 10, 3.1);
      watcher.ended("borderline", Watcher.START, 10, 3);
      watcher.pass(10 + JUDGED_AFTER_SECONDS);
      List<HotspotEvent> events = watcher.events();
      assertEquals(List.of("slow"), events.stream().map(HotspotEvent::getOperation).toList());
      assertEquals(3e6, events.getFirst().getLimitMeanMicros());
    }
  }

  @Test
  void attemptCountsInEachWindowThatItEndedInAndInNoOther() {
    try (Watcher watcher = Watcher.on(folder)) {
      watcher.pass(5);
      watcher.ended("op", Watcher.START, 1, 1);
      watcher.pass(5);
      watcher.ended("op", Watcher.START.plusMillis(9_999), 1, 1);
      watcher.ended("op", Watcher.START.plusSeconds(10), 1, 1);
      watcher.pass(JUDGED_AFTER_SECONDS);
      List<Long> counts = new ArrayList<>();
      for (int window = 0; window < 7; window++) {
        List<OperationView> views = shown(watcher);
        counts.add(views.isEmpty() ? 0 : views.getFirst().statistics().count());
        watcher.pass(10);
      }
      assertEquals(List.of(2L, 3L, 3L, 3L, 3L, 3L, 1L), counts);
      assertEquals(List.of(), shown(watcher));
    }
  }

  @Test
  void outOfOrderTraceCountsWithinTheGraceAndIsLateAfterIt() {
    try (Watcher watcher = Watcher.on(folder)) {
      watcher.pass(14);
      watcher.ended("op", Watcher.START.plusSeconds(13), 1, 1);
      watcher.ended("op", Watcher.START.plusSeconds(9), 1, 1);
      assertEquals(0, watcher.board.late());
      watcher.pass(1);
      watcher.ended("op", Watcher.START.plusSeconds(9), 1, 1);
      assertEquals(1, watcher.board.late());
      watcher.pass(JUDGED_AFTER_SECONDS - 5);
      assertEquals(1, shown(watcher).getFirst().statistics().count());
      watcher.pass(10);
      assertEquals(2, shown(watcher).getFirst().statistics().count());
      assertEquals(List.of(), watcher.deadLetters());
    }
  }

  @Test
  void traceOfAClockThatIsAheadCountsNow() {
    try (Watcher watcher = Watcher.on(folder)) {
      watcher.ended("op", Watcher.START.plusSeconds(3_600), 1, 1);
      watcher.pass(10 + JUDGED_AFTER_SECONDS);
      assertEquals(1, shown(watcher).getFirst().statistics().count());
    }
  }

  @Test
  void operationsBeyondTheCapArePooledAndCounted() {
    try (Watcher watcher = Watcher.on(folder)) {
      for (String operation : List.of("a", "b", "c", "d", "e", "a")) {
        watcher.ended(operation, Watcher.START, 1, 1);
      }
      watcher.pass(10 + JUDGED_AFTER_SECONDS);
      assertEquals(
          Set.of("a:2", "b:1", "c:1", "other:2"),
          Set.copyOf(
              shown(watcher).stream()
                  .map(view -> view.operation() + ":" + view.statistics().count())
                  .toList()));
      assertEquals(2, watcher.board.pooled());
    }
  }

  @Test
  void classesAndPoolsAreCountedApart() {
    try (Watcher watcher = Watcher.on(folder)) {
      watcher.send(Watcher.trace("p", "op", "gpu", Watcher.START, 1).build());
      watcher.send(Watcher.trace("p", "op", "cpu", Watcher.START, 3).build());
      watcher.send(Watcher.trace("q", "op", "cpu", Watcher.START, 5).build());
      watcher.pass(10 + JUDGED_AFTER_SECONDS);
      assertEquals(
          Set.of("gpu 0.25", "cpu 0.75"),
          Set.copyOf(
              shown(watcher).stream()
                  .map(view -> view.deviceClass() + " " + view.statistics().share())
                  .toList()));
      assertEquals(Set.of("p", "q"), watcher.board.operations(Optional.empty()).keySet());
    }
  }

  @Test
  void unusableTracesBecomeDeadLettersWithTheReason() {
    try (Watcher watcher = Watcher.on(folder)) {
      Instant at = Watcher.START;
      watcher.send(Watcher.trace("p", "op", "gpu", at, -1).build());
      watcher.send(Watcher.trace("p", "op", "tpu", at, 1).build());
      watcher.send(Watcher.trace("p", "a b", "gpu", at, 1).build());
      watcher.send(Watcher.trace("p p", "op", "gpu", at, 1).build());
      watcher.send(Watcher.trace("one", "op", "gpu", at, 1).build());
      watcher.send(Watcher.trace("two", "op", "gpu", at, 1).build());
      watcher.send(Watcher.trace("three", "op", "gpu", at, 1).build());
      List<String> reasons =
          watcher.deadLetters().stream()
              .map(letter ->
                  new String(
                      letter.headers().lastHeader("signalbox-reason").value(),
                      StandardCharsets.UTF_8))
              .toList();
      assertEquals(5, reasons.size(), reasons::toString);
      assertTrue(reasons.get(0).contains("durationMicros"), reasons::toString);
      assertTrue(reasons.get(1).contains("'tpu' isn't served"), reasons::toString);
      assertTrue(reasons.get(2).contains("operation"), reasons::toString);
      assertTrue(reasons.get(3).contains("pool 'p p'"), reasons::toString);
      assertTrue(reasons.get(4).contains("one too many"), reasons::toString);
    }
  }

  @Test
  void stateIsForgottenAfterItsRetention() {
    try (Watcher watcher = Watcher.on(folder)) {
      watcher.ended("op", Watcher.START, 5, 1);
      assertEquals(1, rows(watcher, HotspotTopology.PANES));
      watcher.pass(10 + JUDGED_AFTER_SECONDS);
      assertEquals(0, rows(watcher, HotspotTopology.PANES));
      assertEquals(1, rows(watcher, HotspotTopology.OPERATIONS));
      watcher.pass(180);
      assertEquals(0, rows(watcher, HotspotTopology.OPERATIONS));
      assertFalse(watcher.board.operations(Optional.empty()).containsKey("p"));
    }
  }

  @Test
  void limitThatIsNoneIsNull() {
    HotspotEvent event =
        HotspotEvents.write(
            new OperationKey("p", "op", "gpu"),
            60_000,
            60,
            new WindowStatistics(1, 1, 1, 1, 1, 1, 1, 1),
            new HotspotNews(HotspotNews.Change.ENTERED, 1, Double.POSITIVE_INFINITY));
    assertEquals(1.0, event.getLimitPerSecond());
    assertNull(event.getLimitMeanMicros());
  }

  @Test
  void whatADeviceDidntSayItselfIsntCounted() throws IOException {
    Issuer issuer = new Issuer("workers");
    Identities identities = Identities.of(Issuer.publish(folder.resolve("keys.jwks"), issuer));
    try (Watcher watcher = new Watcher(folder, Watcher.START, identities)) {
      byte[] trace =
          watcher.bytes(
              Topics.DEFAULT.executionTraces(),
              Watcher.trace("p", "op", "gpu", watcher.now(), 4).build());
      for (int i = 0; i < 20; i++) {
        watcher.sendBytes(trace, issuer.bearing(Instant.now(), "d"));
        watcher.sendBytes(trace, issuer.bearing(Instant.now(), "another"));
      }
      watcher.pass(30);
      assertEquals(20, watcher.events().getFirst().getCount());
      assertEquals(20, watcher.deadLetters().size());
    }
  }

  @Test
  void itsNodesStoresAndTopicsArePinned() {
    HotspotShell shell =
        new HotspotShell(Watcher.SETTINGS, Set.of(), 1, 8, new HotspotBoard(), Identities.BELIEVED);
    assertEquals(
        """
        Topologies:
           Sub-topology: 0
            Source: from-execution-traces (topics: [signalbox.execution-traces])
              --> panes
            Processor: panes (stores: [hotspot-panes])
              --> hotspot-panes-repartition-filter
              <-- from-execution-traces
            Processor: hotspot-panes-repartition-filter (stores: [])
              --> hotspot-panes-repartition-sink
              <-- panes
            Sink: hotspot-panes-repartition-sink (topic: hotspot-panes-repartition)
              <-- hotspot-panes-repartition-filter

          Sub-topology: 1
            Source: hotspot-panes-repartition-source (topics: [hotspot-panes-repartition])
              --> windows
            Processor: windows (stores: [hotspot-operations])
              --> to-hotspots
              <-- hotspot-panes-repartition-source
            Sink: to-hotspots (topic: signalbox.hotspots)
              <-- windows

        """,
        HotspotTopology.of(Connection.of("none:1", "mock://describe"), shell)
            .describe()
            .toString());
  }
}
