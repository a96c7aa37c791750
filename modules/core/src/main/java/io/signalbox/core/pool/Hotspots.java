package io.signalbox.core.pool;

import io.signalbox.core.hotspot.HotOperation;
import io.signalbox.core.hotspot.HotspotNews;
import io.signalbox.core.placement.Favour;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The operations that are hot, as the pool has been told: placement leans towards them, and they
 * are marked to be split finer. What isn't heard of for long is hot no more, so that nothing stays
 * tilted when nobody watches any longer. Stored, so that a restart changes nothing.
 */
final class Hotspots {
  /**
   * News of a hot operation comes with every window, which are seconds apart. Older ones are past.
   */
  private static final double FORGET_SECONDS = 300;

  /** Operations on a class each; those with the smallest share give way. */
  private static final int MOST = 256;

  private record Place(String operation, String deviceClass) {}

  private record Heard(HotOperation hot, double until) {}

  private final State state;
  private final Map<Place, Heard> heard = new LinkedHashMap<>();
  private double nextEnd = Double.POSITIVE_INFINITY;

  Hotspots(State state) {
    this.state = state;
  }

  void on(Input.HotspotChanged news, SubmissionRules rules, Turn turn) {
    HotOperation hot = news.hot();
    if (!rules.nameable(hot.operation())) {
      turn.refuse(
          "operation '%s' can't be hot in pool '%s': it is no name"
              .formatted(hot.operation(), state.name));
    } else if (state.fleet.ofClass(hot.deviceClass()) == null) {
      turn.refuse(
          "operation '%s' can't be hot on class '%s', which isn't served"
              .formatted(hot.operation(), hot.deviceClass()));
    } else if (news.change() == HotspotNews.Change.CLEARED) {
      remove(new Place(hot.operation(), hot.deviceClass()), turn);
    } else if (turn.now() - hot.at() < FORGET_SECONDS) {
      put(hot, turn);
    }
  }

  private void put(HotOperation hot, Turn turn) {
    Heard before =
        heard.put(
            new Place(hot.operation(), hot.deviceClass()),
            new Heard(hot, turn.now() + FORGET_SECONDS));
    nextEnd = Math.min(nextEnd, turn.now() + FORGET_SECONDS);
    if (before == null || !before.hot().equals(hot)) {
      turn.save(new Row.HotspotRow(hot));
      if (heard.size() > MOST) {
        heard.entrySet().stream()
            .min(Comparator.comparingDouble(each -> each.getValue().hot().share()))
            .ifPresent(least -> drop(least.getKey(), turn));
      }
      lean(turn.now());
    }
  }

  private void remove(Place place, Turn turn) {
    if (heard.containsKey(place)) {
      drop(place, turn);
      lean(turn.now());
    }
  }

  private void drop(Place place, Turn turn) {
    heard.remove(place);
    turn.delete(new RowKey(RowKey.Kind.HOTSPOT, place.operation(), place.deviceClass()));
  }

  /** From a row. */
  void restore(HotOperation hot, double now) {
    heard.put(new Place(hot.operation(), hot.deviceClass()), new Heard(hot, now + FORGET_SECONDS));
    nextEnd = Math.min(nextEnd, now + FORGET_SECONDS);
  }

  /** Tells the policy, which may be a new one. */
  void lean(double now) {
    state.placement.lean(heard.values().stream().map(Heard::hot).toList(), now);
  }

  /** Ends what hasn't been heard of for long. */
  void tick(Turn turn) {
    if (turn.now() < nextEnd) {
      return;
    }
    nextEnd = Double.POSITIVE_INFINITY;
    boolean fewer = false;
    for (Map.Entry<Place, Heard> each : List.copyOf(heard.entrySet())) {
      if (each.getValue().until() <= turn.now()) {
        drop(each.getKey(), turn);
        fewer = true;
      } else {
        nextEnd = Math.min(nextEnd, each.getValue().until());
      }
    }
    if (fewer) {
      lean(turn.now());
    }
  }

  /** When something is hot no more though nothing is heard; infinity when nothing is hot. */
  double nextDue() {
    return nextEnd;
  }

  /** True while tasks of the operation had better be split finer than others. */
  boolean splitsFiner(String operation) {
    return heard.keySet().stream().anyMatch(place -> place.operation().equals(operation));
  }

  /** What is done for the operation; null when it isn't hot. */
  @Nullable HotView view(String operation) {
    return views().stream()
        .filter(view -> view.operation().equals(operation))
        .findFirst()
        .orElse(null);
  }

  /** All that are hot. */
  List<HotView> views() {
    if (heard.isEmpty()) {
      return List.of();
    }
    Map<String, HotView> views = new LinkedHashMap<>();
    for (Favour favour : state.placement.favours()) {
      views.put(favour.operation(), HotView.of(favour, splitsFiner(favour.operation())));
    }
    for (Place place : heard.keySet()) {
      views.computeIfAbsent(
          place.operation(), operation -> HotView.untilted(operation, splitsFiner(operation)));
    }
    return new ArrayList<>(views.values());
  }
}
