package io.signalbox.simulator.workload;

import io.signalbox.simulator.workload.Value.Mapping;
import io.signalbox.simulator.workload.Value.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps the tree of one file within bounds, so that no file exhausts memory or the stack. */
final class TreeBounds {
  static final int DEPTH = 64;
  static final int VALUES = 10_000_000;

  private int depth;
  private int values;

  /** Counts one value; a YAML alias counts as all that it stands for. */
  void count(int more, int line, int column) throws SyntaxException {
    if (more > VALUES - values) {
      throw new SyntaxException(
          line, column, "the file holds more than " + VALUES + " values; split it into several");
    }
    values += more;
  }

  int values() {
    return values;
  }

  void enter(int line, int column) throws SyntaxException {
    if (++depth > DEPTH) {
      throw new SyntaxException(
          line, column, "values are nested more than " + DEPTH + " deep; flatten them");
    }
  }

  void leave() {
    depth--;
  }

  /** A map whose keys are unique. */
  static Mapping mapping(List<Member> members, int line, int column) throws SyntaxException {
    Map<String, Member> seen = HashMap.newHashMap(members.size());
    for (Member member : members) {
      Member first = seen.putIfAbsent(member.key(), member);
      if (first != null) {
        throw new SyntaxException(
            member.line(),
            member.column(),
            "key \"%s\" stands here a second time, first on line %d; remove one"
                .formatted(member.key(), first.line()));
      }
    }
    return new Mapping(List.copyOf(members), line, column);
  }

  static <T> List<T> list() {
    return new ArrayList<>(4);
  }
}
