package io.signalbox.core.job;

import io.signalbox.core.graph.TaskGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A live job: its graph, its tasks by name and by node, and how many of them are in which state.
 */
public final class Job {
  private final String id;
  private final double acceptedAt;
  private final TaskGraph graph = new TaskGraph();
  private final NodeNames names = new NodeNames();
  // By node; null where a node is only known as somebody's parent.
  private @Nullable Task[] tasks = new Task[8];
  private final TaskKinds kinds = new TaskKinds();
  private final Map<String, NodeList> byOperation = new HashMap<>(4);
  // Of all tasks, so that those in question are found without a look at each.
  private final BitSet unplacedNodes = new BitSet();
  private final BitSet readyNodes = new BitSet();
  private final BitSet keptResults = new BitSet();
  private JobHeader header;
  private boolean headerGiven;
  private boolean sealed;
  private boolean ended;
  private int defined;
  private int running;
  private int ready;
  private int succeeded;
  private int failed;

  public Job(String id, @Nullable JobHeader header, double acceptedAt) {
    this.id = id;
    this.acceptedAt = acceptedAt;
    this.header = header == null ? JobHeader.DEFAULT : header;
    this.headerGiven = header != null;
  }

  public String id() {
    return id;
  }

  /** When its first record came, in seconds since the epoch. */
  public double acceptedAt() {
    return acceptedAt;
  }

  public JobHeader header() {
    return header;
  }

  /** True when {@link #offerHeader} would take it: no record has carried one yet. */
  public boolean takes(@Nullable JobHeader candidate) {
    return candidate != null && !headerGiven;
  }

  /** Takes the header of the first record that carries one. */
  public void offerHeader(@Nullable JobHeader candidate) {
    if (candidate != null && !headerGiven) {
      header = candidate;
      headerGiven = true;
    }
  }

  /** True when the producer sends no more tasks. */
  public boolean sealed() {
    return sealed;
  }

  /** The producer sends no more tasks. */
  public void seal() {
    sealed = true;
  }

  /** True when it has an outcome. */
  public boolean ended() {
    return ended;
  }

  /** It has an outcome; queues drop its tasks when they come across them. */
  public void end() {
    ended = true;
  }

  /** The DAG; its nodes are the tasks' numbers. */
  public TaskGraph graph() {
    return graph;
  }

  /** The task of that name, or null when it hasn't been described. */
  public @Nullable Task task(String name) {
    int node = names.find(name);
    return node < 0 ? null : tasks[node];
  }

  /** The task with that number, or null when it is only known as somebody's parent. */
  public @Nullable Task task(int node) {
    return tasks[node];
  }

  /** Number of the task of that name, which need not have been described. */
  public int nodeOf(String name) {
    int node = names.findOrAdd(name);
    if (node == graph.size()) {
      graph.addNode();
      if (node == tasks.length) {
        tasks = Arrays.copyOf(tasks, node + (node >> 1));
      }
    }
    return node;
  }

  /** Describes a task; its edges are added to the graph by the caller. */
  public Task define(TaskSpec spec) {
    int node = nodeOf(spec.id());
    TaskKind kind = kinds.of(spec);
    NodeList alike = byOperation.get(kind.operation());
    if (alike == null) {
      alike = new NodeList();
      byOperation.put(kind.operation(), alike);
    }
    Task task = new Task(this, node, spec, kind);
    tasks[node] = task;
    alike.add(node);
    unplacedNodes.set(node);
    defined++;
    return task;
  }

  /** Name of a node, also of one that was never described. */
  public String nameOf(int node) {
    return names.name(node);
  }

  /** Nodes that are named as parents and were never described. */
  public List<String> unknownParents() {
    if (defined == graph.size()) {
      return List.of();
    }
    return IntStream.range(0, graph.size())
        .filter(node -> tasks[node] == null)
        .mapToObj(names::name)
        .sorted()
        .toList();
  }

  /** Described tasks. */
  public int size() {
    return defined;
  }

  /** The numbers of the described tasks of an operation, of all its versions. */
  public NodeList tasksOf(String operation) {
    return byOperation.getOrDefault(operation, NodeList.EMPTY);
  }

  /** Every described task. */
  public List<Task> tasks() {
    List<Task> described = new ArrayList<>(defined);
    for (Task task : tasks) {
      if (task != null) {
        described.add(task);
      }
    }
    return described;
  }

  /** Tasks with a running attempt. */
  public int running() {
    return running;
  }

  /** Tasks that wait for a device. */
  public int ready() {
    return ready;
  }

  /** The first node from that one on whose task waits for a device, or -1. */
  public int nextReady(int from) {
    return readyNodes.nextSetBit(from);
  }

  /** True when the node has a task which is neither placed nor at its end, linked ones included. */
  public boolean isUnplaced(int node) {
    return unplacedNodes.get(node);
  }

  /** The first node from that one on of which {@link #isUnplaced} is true, or -1. */
  public int nextUnplaced(int from) {
    return unplacedNodes.nextSetBit(from);
  }

  /** The result of the node's task is stored. */
  public void keepResult(int node) {
    keptResults.set(node);
  }

  /** True when the result of the node's task is stored. */
  public boolean keepsResult(int node) {
    return keptResults.get(node);
  }

  public int succeeded() {
    return succeeded;
  }

  public int failed() {
    return failed;
  }

  /** Tasks that haven't come to an end. */
  public int unfinished() {
    return defined - succeeded - failed;
  }

  void left(TaskState state) {
    count(state, -1);
  }

  void entered(int node, TaskState state) {
    count(state, 1);
    readyNodes.set(node, state instanceof TaskState.Ready);
    unplacedNodes.set(node, isUnplaced(state));
  }

  private static boolean isUnplaced(TaskState state) {
    return switch (state) {
      case TaskState.Waiting waiting -> true;
      case TaskState.Ready queued -> true;
      case TaskState.BackingOff waits -> true;
      // It will run behind its parent, and needs its time.
      case TaskState.Linked linked -> true;
      case TaskState.Offered offered -> false;
      case TaskState.Running runs -> false;
      case TaskState.Succeeded done -> false;
      case TaskState.Failed gaveUp -> false;
    };
  }

  private void count(TaskState state, int change) {
    switch (state) {
      case TaskState.Waiting waiting -> {}
      case TaskState.Linked linked -> {}
      case TaskState.Ready queued -> ready += change;
      case TaskState.Offered offered -> {}
      case TaskState.Running runs -> running += change;
      case TaskState.BackingOff waits -> {}
      case TaskState.Succeeded done -> succeeded += change;
      case TaskState.Failed gaveUp -> failed += change;
    }
  }
}
