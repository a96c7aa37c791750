package io.signalbox.core.pool;

import io.signalbox.core.device.Device;
import io.signalbox.core.device.Fleet;
import io.signalbox.core.job.DataLocation;
import io.signalbox.core.job.Dependency;
import io.signalbox.core.job.Job;
import io.signalbox.core.job.JobHeader;
import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.core.job.TaskState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Takes submissions in: checks them, grows the graph, and finds out which tasks may start. */
final class Intake {
  private final State state;
  private final Endings endings;
  private final Deadlines deadlines;
  private final SubmissionRules rules;

  Intake(State state, Endings endings, Deadlines deadlines) {
    this.state = state;
    this.endings = endings;
    this.deadlines = deadlines;
    this.rules = new SubmissionRules(state.settings);
  }

  /** A producer's record. */
  void submit(Input.TasksSubmitted input, Turn turn) {
    Row.JobRow past = state.ended.get(input.job());
    if (past != null && past.outcome() != null) {
      turn.refuse(
          "job '%s' has already ended (%s); a job id is used once, take another one"
              .formatted(input.job(), past.outcome().state()));
      return;
    }
    String broken = rules.breach(input);
    Job job = state.jobs.get(input.job());
    boolean accepted = job == null;
    if (job == null) {
      if (!rules.nameable(input.job())) {
        turn.refuse(broken == null ? "unusable job id" : broken);
        return;
      }
      job = new Job(input.job(), input.header(), turn.now());
      state.jobs.put(job.id(), job);
    }
    boolean headerChanged = takeHeader(job, input.header());
    boolean sealedBefore = job.sealed();
    List<Task> added = new ArrayList<>();
    if (broken == null) {
      broken = add(job, input.tasks(), false, added, turn);
    }
    if (broken == null) {
      broken = seal(job, input.sealed());
    }
    if (broken != null) {
      reject(job, broken, turn);
      return;
    }
    rank(job);
    if (job.sealed() && !sealedBefore && !deadlines.sealed(job, turn)) {
      return;
    }
    if (accepted || headerChanged || input.sealed()) {
      turn.save(state.rowOf(job));
    }
    deadlines.announce(job, accepted, !sealedBefore, turn);
    if (accepted) {
      state.backlog.add(job);
    }
    release(job, added, turn);
    endings.endIfDone(job, turn);
  }

  /**
   * Takes the header of the first record that carries one. Queues are kept by what it says, tenant
   * and deadline, so what is queued already leaves them for that moment.
   */
  private boolean takeHeader(Job job, @Nullable JobHeader header) {
    if (!job.takes(header)) {
      return false;
    }
    List<Task> queued =
        job.tasks().stream().filter(task -> task.state() instanceof TaskState.Ready).toList();
    queued.forEach(state.placement::remove);
    String tenant = job.header().tenant();
    job.offerHeader(header);
    state.tenants.moved(job, tenant);
    queued.forEach(state.placement::add);
    return true;
  }

  /** A record whose tasks nobody will ever know: whoever waits for its job is told. */
  void refuse(Input.UnusableSubmission input, Turn turn) {
    Job job = state.jobs.get(input.job());
    if (job == null && (!rules.nameable(input.job()) || state.ended.get(input.job()) != null)) {
      turn.refuse(input.reason());
      return;
    }
    if (job == null) {
      job = new Job(input.job(), JobHeader.DEFAULT, turn.now());
      state.jobs.put(job.id(), job);
    }
    reject(job, input.reason(), turn);
  }

  /** Tasks that an attempt asked for. False when they broke a rule and the job was rejected. */
  boolean spawn(Job job, List<TaskSpec> specs, Turn turn) {
    if (specs.isEmpty()) {
      return true;
    }
    List<Task> added = new ArrayList<>();
    String broken = rules.breach(specs);
    if (broken == null) {
      broken = add(job, specs, true, added, turn);
    }
    if (broken == null && job.sealed()) {
      broken = unknownParents(job);
    }
    if (broken != null) {
      reject(job, broken, turn);
      return false;
    }
    rank(job);
    deadlines.grown(job);
    release(job, added, turn);
    return true;
  }

  private void reject(Job job, String reason, Turn turn) {
    turn.refuse(reason);
    endings.end(job, Row.JobState.REJECTED, List.of(reason), turn);
  }

  /** Adds tasks to the job's graph; returns what is wrong with them, or null. */
  private @Nullable String add(
      Job job, List<TaskSpec> specs, boolean spawned, List<Task> added, Turn turn) {
    List<TaskSpec> fresh = new ArrayList<>(specs.size());
    for (TaskSpec spec : specs) {
      Task known = job.task(spec.id());
      if (known != null && !known.sameAs(spec)) {
        return "task '%s' of job '%s' was submitted before with other content"
            .formatted(spec.id(), job.id());
      }
      if (known == null) {
        fresh.add(spec);
        added.add(job.define(spec));
      }
    }
    state.liveTasks += fresh.size();
    state.tenants.grown(job, fresh.size());
    String tooMany = rules.sizes(job, state.liveTasks);
    if (tooMany != null) {
      return tooMany;
    }
    if (job.sealed() && !spawned && !fresh.isEmpty()) {
      return "job '%s' is sealed; task '%s' came after that"
          .formatted(job.id(), fresh.getFirst().id());
    }
    String overQuota = state.tenants.breach(job, fresh.size(), !spawned, turn);
    if (overQuota != null) {
      return overQuota;
    }
    for (TaskSpec spec : Topological.order(job, fresh)) {
      String cycle = link(job, spec);
      if (cycle != null) {
        return cycle;
      }
      if (turn.effects().storesRows()) {
        turn.save(new Row.SpecRow(job.id(), spec));
      }
    }
    return null;
  }

  /** Adds a task's edges; names the cycle that they close, if they do. */
  @Nullable String link(Job job, TaskSpec spec) {
    Task task = Objects.requireNonNull(job.task(spec.id()));
    int child = task.node();
    for (Dependency dependency : spec.dependencies()) {
      int parent = job.nodeOf(dependency.task());
      int[] cycle =
          job.graph().addEdge(parent, child, state.fleet.transferSeconds(dependency.sizeBytes()));
      if (cycle != null) {
        return "job '%s' has a cycle: %s".formatted(job.id(), path(job, cycle));
      }
    }
    weigh(task);
    return null;
  }

  /** Tells the graph how long the task takes. */
  void weigh(Task task) {
    task.job().graph().setWeight(task.node(), Estimates.fastest(state, task));
  }

  private static String path(Job job, int[] cycle) {
    return IntStream.concat(IntStream.of(cycle), IntStream.of(cycle[0]))
        .mapToObj(job::nameOf)
        .collect(Collectors.joining(" -> "));
  }

  private static @Nullable String seal(Job job, boolean sealed) {
    if (!sealed && !job.sealed()) {
      return null;
    }
    job.seal();
    if (job.size() == 0) {
      return "job '%s' was sealed without a task".formatted(job.id());
    }
    return unknownParents(job);
  }

  private static @Nullable String unknownParents(Job job) {
    List<String> unknown = job.unknownParents();
    if (unknown.isEmpty()) {
      return null;
    }
    return "job '%s' names parents that don't exist: %s"
        .formatted(job.id(), String.join(", ", unknown.subList(0, Math.min(10, unknown.size()))));
  }

  private static void rank(Job job) {
    if (job.sealed()) {
      job.graph().updateAllRanks();
    } else {
      job.graph().updateRanks();
    }
  }

  /** Queues those of the new tasks whose parents are done. */
  private void release(Job job, List<Task> added, Turn turn) {
    state.placement.grown(job, added.size());
    for (Task task : added) {
      task.setPendingParents(unfinishedParents(task));
      if (task.pendingParents() == 0) {
        ready(task, turn);
      } else if (task.pendingParents() == 1) {
        state.links.considerParent(task);
      }
    }
    state.changed(job);
  }

  static int unfinishedParents(Task task) {
    int pending = 0;
    for (int i = 0; i < task.job().graph().parentCount(task.node()); i++) {
      Task parent = task.job().task(task.job().graph().parent(task.node(), i));
      if (parent == null || !(parent.state() instanceof TaskState.Succeeded)) {
        pending++;
      }
    }
    return pending;
  }

  /** A task whose parents are all done may start. Its row stays unwritten: the parents' say it. */
  void ready(Task task, Turn turn) {
    locateData(task, state.fleet);
    task.become(new TaskState.Ready(turn.now()));
    state.follow(task);
  }

  /** Finds out where the task's inputs are. */
  static void locateData(Task task, Fleet fleet) {
    task.setData(inZones(located(task), task, fleet));
  }

  /** Adds when the inputs can be in which zone, where zones lie apart. */
  private static DataLocation inZones(DataLocation data, Task task, Fleet fleet) {
    if (fleet.isOneZone() || data.device() == null) {
      return data;
    }
    Map<String, Double> zones = new HashMap<>();
    for (String zone : fleet.zones()) {
      zones.put(zone, readyIn(zone, task, fleet));
    }
    return data.in(zones);
  }

  private static double readyIn(String zone, Task task, Fleet fleet) {
    double ready = Double.NEGATIVE_INFINITY;
    var graph = task.job().graph();
    for (int i = 0; i < graph.parentCount(task.node()); i++) {
      Task parent = task.job().task(graph.parent(task.node(), i));
      if (parent != null && parent.state() instanceof TaskState.Succeeded done) {
        Device holder = fleet.device(done.device());
        double transfer = graph.parentTransferSeconds(task.node(), i);
        double moved =
            holder == null
                ? transfer
                : fleet.transferSeconds(transfer, holder.report().zone(), zone);
        ready = Math.max(ready, done.finishedAt() + moved);
      }
    }
    return ready;
  }

  /** Where the inputs are that the task has already. */
  static DataLocation located(Task task) {
    DataLocation data = DataLocation.NONE;
    var graph = task.job().graph();
    for (int i = 0; i < graph.parentCount(task.node()); i++) {
      Task parent = task.job().task(graph.parent(task.node(), i));
      if (parent != null && parent.state() instanceof TaskState.Succeeded done) {
        double transfer = graph.parentTransferSeconds(task.node(), i);
        data = data.with(done.device(), done.finishedAt(), transfer);
      }
    }
    return data;
  }
}
