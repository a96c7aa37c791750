package io.signalbox.core.pool;

import io.signalbox.core.device.Device;
import io.signalbox.core.device.Occupant;
import io.signalbox.core.explanation.Explanation;
import io.signalbox.core.explanation.LiveAttempt;
import io.signalbox.core.explanation.TaskFacts;
import io.signalbox.core.graph.PathAnalysis;
import io.signalbox.core.graph.TaskGraph;
import io.signalbox.core.job.Job;
import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskRef;
import io.signalbox.core.job.TaskState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Says of tasks where they stand and why; changes nothing. */
final class Explainer {
  /** Parents or children that an explanation names. */
  private static final int MOST_NAMED = 20;

  private static final int MOST_EXAMPLES = 5;

  private final State state;
  private final double now;

  Explainer(State state, double now) {
    this.state = state;
    this.now = now;
  }

  Explanation explain(TaskRef ref) {
    Job job = state.jobs.get(ref.job());
    if (job == null) {
      return withoutJob(ref);
    }
    Task task = job.task(ref.task());
    if (task != null) {
      return explain(ref, task);
    }
    return job.unknownParents().contains(ref.task())
        ? new Explanation.Undescribed(ref, children(job, job.nodeOf(ref.task())))
        : new Explanation.UnknownTask(ref, noTask(job, ref.task()));
  }

  private Explanation withoutJob(TaskRef ref) {
    Row.JobRow past = state.ended.get(ref.job());
    if (past == null || past.outcome() == null) {
      return new Explanation.UnknownJob(
          ref, "there is no job '%s' in pool '%s'".formatted(ref.job(), state.name));
    }
    Row.Outcome outcome = past.outcome();
    return new Explanation.JobEnded(
        ref, outcome.state().name(), outcome.endedAt(), outcome.reasons());
  }

  private static String noTask(Job job, String name) {
    String examples =
        job.tasks().stream().limit(MOST_EXAMPLES).map(Task::id).collect(Collectors.joining(", "));
    return "job '%s' has no task '%s'; it has %d, %s %s%s"
        .formatted(
            job.id(),
            name,
            job.size(),
            job.size() > MOST_EXAMPLES ? "such as" : "namely",
            examples,
            job.sealed() ? "" : ", and isn't sealed: more may come");
  }

  private static List<String> children(Job job, int node) {
    return IntStream.range(0, Math.min(MOST_NAMED, job.graph().childCount(node)))
        .mapToObj(i -> job.nameOf(job.graph().child(node, i)))
        .toList();
  }

  private Explanation explain(TaskRef ref, Task task) {
    TaskFacts facts = facts(ref, task);
    return switch (task.state()) {
      case TaskState.Waiting waiting -> waiting(ref, task, facts, Optional.empty());
      case TaskState.Linked linked -> waiting(ref, task, facts, Optional.of(linked.device()));
      case TaskState.Ready ready ->
          new Explanation.Queued(
              ref, facts, ready.since(), state.paused, state.placement.explain(task, now));
      case TaskState.BackingOff backingOff ->
          new Explanation.BackingOff(ref, facts, backingOff.until());
      case TaskState.Offered offered -> new Explanation.Placed(ref, facts, attempts(task));
      case TaskState.Running running -> new Explanation.Placed(ref, facts, attempts(task));
      case TaskState.Succeeded done ->
          new Explanation.Succeeded(ref, facts, done.attempt(), done.device(), done.finishedAt());
      case TaskState.Failed gaveUp -> new Explanation.Failed(ref, facts, gaveUp.error().message());
    };
  }

  private Explanation waiting(TaskRef ref, Task task, TaskFacts facts, Optional<String> linkedTo) {
    Forecast forecast = new Forecast(state, task, now);
    return new Explanation.Waiting(
        ref,
        facts,
        forecast.parents(task, MOST_NAMED),
        task.pendingParents(),
        forecast.critical(task),
        linkedTo);
  }

  private List<LiveAttempt> attempts(Task task) {
    return task.placed().stream().map(live -> attempt(task, live)).toList();
  }

  private LiveAttempt attempt(Task task, TaskState.Placed live) {
    Device device = state.fleet.device(live.device());
    Occupant occupant = device == null ? null : device.occupant(task);
    double startsAt =
        switch (live) {
          case TaskState.Running running -> running.since();
          case TaskState.Offered offered ->
              occupant == null ? now : Math.max(now, occupant.startsAt());
        };
    return new LiveAttempt(
        live.attempt(),
        live.device(),
        device == null ? "" : device.deviceClass(),
        live instanceof TaskState.Running,
        startsAt,
        live.predictedSeconds(),
        occupant == null ? startsAt + live.predictedSeconds() : occupant.endsAt(now),
        live instanceof TaskState.Offered offered
            ? OptionalDouble.of(offered.acceptBy())
            : OptionalDouble.empty(),
        choice(occupant, live));
  }

  private static Optional<LiveAttempt.Choice> choice(
      @Nullable Occupant occupant, TaskState.Placed live) {
    Recollections.Decided decided = Recollections.decision(occupant);
    return decided == null || (occupant != null && occupant.attempt() != live.attempt())
        ? Optional.empty()
        : Optional.of(
            new LiveAttempt.Choice(
                decided.policy(),
                decided.at(),
                decided.binding().score(),
                decided.binding().candidates()));
  }

  private TaskFacts facts(TaskRef ref, Task task) {
    TaskGraph graph = task.job().graph();
    int allowed = task.kind().maxAttempts();
    return new TaskFacts(
        task.operation(),
        task.attempts(),
        task.failures(),
        allowed > 0 ? allowed : state.settings.maxAttempts(),
        Optional.ofNullable(state.recollections.problem(ref)),
        graph.depth(task.node()),
        graph.upwardRank(task.node()),
        place(task),
        Optional.ofNullable(state.hotspots.view(task.operation()))
            .map(hot -> new TaskFacts.Hot(hot.weight(), hot.keptSlots(), hot.splitFiner())));
  }

  private static Optional<TaskFacts.PathPlace> place(Task task) {
    TaskGraph graph = task.job().graph();
    if (graph.size() > JobPaths.MOST_TASKS || graph.isFinished(task.node())) {
      return Optional.empty();
    }
    double slack = PathAnalysis.of(graph).slackSeconds(task.node(), graph.remainingSeconds());
    boolean critical = IntStream.of(graph.criticalPath()).anyMatch(node -> node == task.node());
    // Ranks may be off by a little; what is on the path has no slack.
    return Optional.of(new TaskFacts.PathPlace(critical ? 0 : Math.max(0, slack), critical));
  }
}
