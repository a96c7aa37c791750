package io.signalbox.engine.delivery;

import io.signalbox.engine.delivery.Fault.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What happened in a run, and how often a fault struck. */
final class History {
  final Plan plan;
  final List<Fact> facts = new ArrayList<>();
  final Map<Kind, Integer> struck = new EnumMap<>(Kind.class);
  int records;
  int commits;

  /** Rows written and records sent by engines, those included that were lost with them. */
  int effects;

  /** Jobs that have ended by the engine's books, with how. */
  final Map<String, String> endedByTheBooks = new TreeMap<>();

  History(Plan plan) {
    this.plan = plan;
  }

  void add(Fact fact) {
    facts.add(fact);
  }

  void strike(Fault fault) {
    struck.merge(fault.kind(), 1, Integer::sum);
  }

  <F extends Fact> List<F> all(Class<F> type) {
    return facts.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
