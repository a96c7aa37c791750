package io.signalbox.engine.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.pool.Input;
import io.signalbox.core.pool.RowKey;
import io.signalbox.engine.rows.StoreKey;
import io.signalbox.events.Assignment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bug in a pool costs the record that set it off, and nothing else. */
class FailingPoolTopologyTest {
  @TempDir Path folder;

  private static void jobAndDevice(Scheduler scheduler, String pool) {
    scheduler.send(
        Scheduler.TOPICS.deviceTelemetry(),
        pool,
        Records.heartbeat(pool, "gpu-of-" + pool, 0, scheduler.now()));
    scheduler.send(
        Scheduler.TOPICS.taskSubmitted(), pool, Records.job(pool, "j", scheduler.now(), "a"));
  }

  @Test
  void poolIsRebuiltFromItsRowsWhenAnInputMakesItThrow() {
    try (Scheduler scheduler = Scheduler.on(folder)) {
      jobAndDevice(scheduler, "p");
      double now = scheduler.now().getEpochSecond();
      PoolRows rows = new PoolRows(scheduler.store());
      LivePool pool = new LivePool("p", scheduler.shell, rows, now);
      Input bug = null;
      List<Outgoing> sent = new ArrayList<>();

      String reason = pool.on(bug, "a test", now, sent::add);

      assertTrue(reason.contains("NullPointerException"), reason);
      assertEquals(List.of(), sent);
      assertEquals(1, pool.pool().jobs().size());
      assertTrue(pool.due(now, 1));
    }
  }

  @Test
  void poolThatCantPlaceRestsWhileTheOthersGoOnAndRecovers() {
    try (Scheduler scheduler = Scheduler.on(folder)) {
      jobAndDevice(scheduler, "bad");
      Bytes spec = new StoreKey("bad", new RowKey(RowKey.Kind.SPEC, "j", "a")).toBytes();
      scheduler.store().delete(spec);
      jobAndDevice(scheduler, "good");

      scheduler.tick();
      assertEquals(List.of("good"), pools(scheduler.assignments()));

      scheduler.send(
          Scheduler.TOPICS.taskSubmitted(),
          "bad",
          Records.job("bad", "next", scheduler.now(), "b"));
      scheduler.tick();
      assertEquals(List.of(), scheduler.assignments());
      scheduler.pass(Duration.ofSeconds(1));
      assertEquals(List.of("bad"), pools(scheduler.assignments()));
    }
  }

  private static List<String> pools(List<Assignment> assignments) {
    return assignments.stream().map(Assignment::getPool).toList();
  }
}
