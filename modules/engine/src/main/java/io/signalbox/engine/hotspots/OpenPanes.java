package io.signalbox.engine.hotspots;

import io.signalbox.core.hotspot.HotspotSettings;
import io.signalbox.core.hotspot.KnownOperations;
import io.signalbox.engine.board.HotspotBoard;
import io.signalbox.engine.translate.PoolName;
import io.signalbox.engine.translate.UnusableRecordException;
import io.signalbox.events.ExecutionTrace;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Counts attempts into panes by when they ended, as far as their pane is open: it closes a grace
 * time after its end, by the engine's clock. What comes later is counted as late. A trace from a
 * clock that is ahead counts as ended now.
 */
public final class OpenPanes {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:-]{1,200}");

  private final HotspotSettings settings;
  private final Set<String> deviceClasses;
  private final int mostPools;
  private final HotspotBoard board;
  private final long advanceMillis;
  private final long graceMillis;
  private final Map<OperationKey, Map<Long, Pane>> panes = new HashMap<>();
  private final Map<String, KnownOperations> operations = new HashMap<>();

  /**
   * @param settings windows, grace and the most operations
   * @param deviceClasses names of the classes that are served
   * @param mostPools pools that may be counted at once
   * @param board told of what isn't counted, or not on its own
   */
  public OpenPanes(
      HotspotSettings settings, Set<String> deviceClasses, int mostPools, HotspotBoard board) {
    this.settings = settings;
    this.deviceClasses = Set.copyOf(deviceClasses);
    this.mostPools = mostPools;
    this.board = board;
    this.advanceMillis = Math.round(settings.advanceSeconds() * 1e3);
    this.graceMillis = Math.round(settings.graceSeconds() * 1e3);
  }

  /**
   * Counts an attempt.
   *
   * @return the pane it is in now; null when it is late
   * @throws UnusableRecordException when the trace makes no sense
   */
  public @Nullable Pane count(@Nullable ExecutionTrace trace, long nowMillis) {
    if (trace == null) {
      throw new UnusableRecordException("the record has no value");
    }
    long micros = trace.getDurationMicros();
    if (micros < 0) {
      throw new UnusableRecordException("durationMicros is " + micros + "; 0 is the least");
    }
    long end = Math.min(trace.getEndTime().toEpochMilli(), nowMillis);
    long start = Math.floorDiv(end, advanceMillis) * advanceMillis;
    if (closed(start, nowMillis)) {
      board.countLate();
      return null;
    }
    Pane pane = pane(trace, start);
    pane.runTimes().add(micros / 1e6);
    return pane;
  }

  private boolean closed(long startMillis, long nowMillis) {
    return startMillis + advanceMillis + graceMillis <= nowMillis;
  }

  private Pane pane(ExecutionTrace trace, long start) {
    OperationKey named =
        new OperationKey(trace.getPool(), trace.getOperation(), trace.getDeviceClass());
    Map<Long, Pane> known = panes.get(named);
    Pane pane = known == null ? null : known.get(start);
    return pane == null ? opened(known(named), start) : pane;
  }

  private OperationKey known(OperationKey named) {
    String pool = named.pool();
    KnownOperations ofPool = operations.get(PoolName.checked(pool));
    if (!NAME.matcher(named.operation()).matches()) {
      throw new UnusableRecordException(
          "the operation has no name: 1 to 200 characters of [A-Za-z0-9._:-] make one");
    }
    if (!deviceClasses.contains(named.deviceClass())) {
      throw new UnusableRecordException(
          "device class '" + named.deviceClass() + "' isn't served; served are " + deviceClasses);
    }
    if (ofPool == null) {
      if (operations.size() >= mostPools) {
        throw new UnusableRecordException(
            "pool '" + pool + "' is one too many: a partition holds " + mostPools);
      }
      ofPool = new KnownOperations(settings.mostOperations());
      operations.put(pool, ofPool);
    }
    String operation = ofPool.nameFor(named.operation());
    if (operation.equals(named.operation())) {
      return named;
    }
    board.countPooled();
    return new OperationKey(pool, operation, named.deviceClass());
  }

  private Pane opened(OperationKey key, long start) {
    return panes
        .computeIfAbsent(key, created -> new HashMap<>())
        .computeIfAbsent(start, created -> new Pane(key, created, new RunTimes()));
  }

  /** Goes on from a pane that was stored. */
  void restore(Pane pane) {
    known(pane.key());
    panes.computeIfAbsent(pane.key(), created -> new HashMap<>()).put(pane.startMillis(), pane);
  }

  /** Hands over the panes that are closed, and forgets them. */
  void close(long nowMillis, Consumer<Pane> closed) {
    panes
        .values()
        .forEach(ofKey ->
            ofKey
                .values()
                .removeIf(pane -> {
                  boolean over = closed(pane.startMillis(), nowMillis);
                  if (over) {
                    closed.accept(pane);
                  }
                  return over;
                }));
    if (panes.values().removeIf(Map::isEmpty)) {
      forgetOperations();
    }
  }

  private void forgetOperations() {
    Map<String, Set<String>> needed = new HashMap<>();
    panes
        .keySet()
        .forEach(key ->
            needed.computeIfAbsent(key.pool(), pool -> new HashSet<>()).add(key.operation()));
    operations.keySet().retainAll(needed.keySet());
    operations.forEach((pool, known) -> known.retain(needed.getOrDefault(pool, Set.of())));
  }
}
