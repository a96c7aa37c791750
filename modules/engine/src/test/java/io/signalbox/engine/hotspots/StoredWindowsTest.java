package io.signalbox.engine.hotspots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.signalbox.core.hotspot.HotspotNews;
import io.signalbox.core.hotspot.WindowStatistics;
import io.signalbox.engine.board.HotspotBoard;
import io.signalbox.engine.rows.ByteReader;
import io.signalbox.engine.rows.UnreadableRowException;
import io.signalbox.events.ExecutionTrace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

/** What is stored is all that is needed to go on. */
class StoredWindowsTest {
  private static final long START = Watcher.START.toEpochMilli();
  private static final ExecutionTrace TRACE =
      Watcher.trace("p", "op", "gpu", Watcher.START, 1).build();

  private static OpenPanes panes() {
    return new OpenPanes(Watcher.SETTINGS, Set.of("gpu"), 2, new HotspotBoard());
  }

  @Test
  void paneGoesOnWhereItWasStored() {
    OpenPanes first = panes();
    first.count(TRACE, START);
    Pane stored = first.count(TRACE, START);
    OpenPanes second = panes();
    second.restore(Pane.of(stored.toBytes()));
    second.count(TRACE, START + 1);
    List<Pane> closed = new ArrayList<>();
    second.close(START + 14_999, closed::add);
    assertEquals(List.of(), closed);
    second.close(START + 15_000, closed::add);
    assertEquals(1, closed.size());
    assertEquals(3, closed.getFirst().runTimes().count());
    assertEquals(stored.storeKey(), closed.getFirst().storeKey());
    second.close(START + 99_000, closed::add);
    assertEquals(1, closed.size(), "a closed pane is handed over once");
  }

  @Test
  void paneOfAnotherFormatOrCutOffIsUnreadable() {
    byte[] bytes = panes().count(TRACE, START).toBytes();
    byte[] other = bytes.clone();
    other[0] = 9;
    assertThrows(UnreadableRowException.class, () -> Pane.of(other));
    byte[] half = Arrays.copyOf(bytes, bytes.length / 2);
    assertThrows(UnreadableRowException.class, () -> Pane.of(half));
  }

  /** A store, and what was announced. */
  private static final class Stored implements PoolWindows.Changes {
    private final Map<Bytes, byte[]> rows = new TreeMap<>();
    private final List<HotspotNews.Change> news = new ArrayList<>();

    @Override
    public void changed(OperationKey key, OperationWindow window) {
      rows.put(key.storeKey(), window.toBytes());
    }

    @Override
    public void forgotten(OperationKey key) {
      rows.remove(key.storeKey());
    }

    @Override
    public void news(OperationKey key, long endMillis, WindowStatistics window, HotspotNews said) {
      news.add(said.change());
    }

    PoolWindows restored() {
      PoolWindows windows = new PoolWindows(Watcher.SETTINGS, new HotspotBoard());
      rows.forEach((key, row) ->
          windows.restore(OperationKey.read(new ByteReader(key.get())), OperationWindow.of(row)));
      return windows;
    }
  }

  @Test
  void poolRestoredBeforeEachWindowSaysWhatOneThatLivesOnSays() {
    Stored living = new Stored();
    Stored restored = new Stored();
    PoolWindows lives = living.restored();
    for (int window = 0; window < 40; window++) {
      long start = START + window * 10_000L;
      PoolWindows anew = restored.restored();
      int attempts = window % 20 < 5 ? 60 : 3;
      for (int i = 0; i < 2; i++) {
        RunTimes runTimes = new RunTimes();
        for (int attempt = 0; attempt < attempts; attempt++) {
          runTimes.add(0.5);
        }
        Pane pane = new Pane(new OperationKey("p", "op", "gpu"), start, runTimes);
        lives.add(pane, living);
        anew.add(pane, restored);
      }
      assertEquals(
          lives.judge(start + 10_000, living), anew.judge(start + 10_000, restored), "" + window);
    }
    assertEquals(living.news, restored.news);
    assertEquals(2, living.news.stream().filter(HotspotNews.Change.ENTERED::equals).count());
    assertEquals(2, living.news.stream().filter(HotspotNews.Change.CLEARED::equals).count());
  }
}
