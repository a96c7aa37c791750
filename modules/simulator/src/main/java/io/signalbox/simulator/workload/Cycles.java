package io.signalbox.simulator.workload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds a cycle in a graph given by each node's parents; linear, and without recursion. */
final class Cycles {
  private static final int SHOWN = 12;

  private final int[][] parents;
  private final byte[] state;
  private final int[] nextParent;
  private final List<Integer> path = new ArrayList<>();

  private Cycles(int[][] parents) {
    this.parents = parents;
    this.state = new byte[parents.length];
    this.nextParent = new int[parents.length];
  }

  /**
   * The nodes of one cycle, each a parent of the next and the last a parent of the first; null when
   * there is none.
   */
  static @Nullable List<Integer> first(int[][] parents) {
    Cycles search = new Cycles(parents);
    for (int node = 0; node < parents.length; node++) {
      List<Integer> cycle = search.state[node] == 0 ? search.from(node) : null;
      if (cycle != null) {
        return cycle;
      }
    }
    return null;
  }

  /** The cycle as people read it, {@code a -> b -> a}; a long one is cut in the middle. */
  static String shown(List<Integer> cycle, List<String> names) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < cycle.size(); i++) {
      if (i < SHOWN - 2 || i >= cycle.size() - 2) {
        text.append(names.get(cycle.get(i))).append(" -> ");
      } else if (i == SHOWN - 2) {
        text.append("... -> ");
      }
    }
    return text.append(names.get(cycle.getFirst())).toString();
  }

  private @Nullable List<Integer> from(int start) {
    enter(start);
    while (!path.isEmpty()) {
      int node = path.getLast();
      if (nextParent[node] == parents[node].length) {
        state[node] = 2;
        path.removeLast();
        continue;
      }
      int parent = parents[node][nextParent[node]++];
      if (state[parent] == 1) {
        return cycle(parent);
      } else if (state[parent] == 0) {
        enter(parent);
      }
    }
    return null;
  }

  private void enter(int node) {
    state[node] = 1;
    path.add(node);
  }

  /** The path runs from child to parent; turned round, and begun at its smallest node. */
  private List<Integer> cycle(int parent) {
    List<Integer> cycle = new ArrayList<>(path.subList(path.indexOf(parent), path.size()));
    Collections.reverse(cycle);
    Collections.rotate(cycle, -cycle.indexOf(Collections.min(cycle)));
    return cycle;
  }
}
