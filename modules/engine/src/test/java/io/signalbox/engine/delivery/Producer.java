package io.signalbox.engine.delivery;

import io.signalbox.engine.delivery.Fault.Kind;
import io.signalbox.engine.delivery.Plan.JobPlan;
import io.signalbox.engine.delivery.Plan.TaskPlan;
import io.signalbox.events.CancelJob;
import io.signalbox.events.Control;
import io.signalbox.events.Dependency;
import io.signalbox.events.DrainDevice;
import io.signalbox.events.JobHeader;
import io.signalbox.events.PausePool;
import io.signalbox.events.ResumePool;
import io.signalbox.events.TaskSpec;
import io.signalbox.events.TasksSubmitted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Submits the jobs, and gives the operator's orders. */
final class Producer {
  private final World world;

  Producer(World world) {
    this.world = world;
  }

  void start() {
    world.plan.jobs().forEach(job -> world.time.at(job.at(), () -> submit(job)));
    world.plan.faults().forEach(fault -> world.time.at(fault.at(), () -> order(fault)));
  }

  /**
   * Tasks come in any order, in several records. A job of several records may not be misplaced:
   * only records of one partition keep their order.
   */
  private void submit(JobPlan job) {
    List<TaskPlan> tasks = new ArrayList<>(job.tasks());
    Collections.shuffle(tasks, world.random);
    double at = world.time.now();
    boolean twice = world.strikes(Kind.SUBMISSIONS_DOUBLED, 0) != null;
    for (int i = 0; i < job.records(); i++) {
      int from = tasks.size() * i / job.records();
      int to = tasks.size() * (i + 1) / job.records();
      TasksSubmitted record =
          TasksSubmitted.newBuilder()
              .setPool(World.POOL)
              .setJob(job.id())
              .setHeader(i == 0 ? JobHeader.newBuilder().build() : null)
              .setTasks(tasks.subList(from, to).stream().map(Producer::spec).toList())
              .setSealed(i == job.records() - 1)
              .setSubmittedAt(Instant.ofEpochSecond((long) VirtualTime.START))
              .build();
      int device = job.records() == 1 ? 0 : -1;
      at += world.between(0.001, 0.5);
      world.time.at(at, () -> world.append(Wire.TOPICS.taskSubmitted(), record, device));
      if (twice) {
        world.time.at(
            at + world.between(0, 8), () -> world.append(Wire.TOPICS.taskSubmitted(), record, -1));
      }
    }
  }

  static TaskSpec spec(TaskPlan task) {
    return TaskSpec.newBuilder()
        .setTaskId(task.id())
        .setOperation(task.operation())
        .setDependencies(task.parents().stream().map(parent -> new Dependency(parent, 0L)).toList())
        .setEstimates(Map.of("gpu", task.seconds(), "cpu", task.seconds() * 2))
        .build();
  }

  private void order(Fault fault) {
    switch (fault.kind()) {
      case DEVICE_DRAINED -> {
        String device = "d" + fault.device();
        say(new DrainDevice(device, true), fault);
        world.time.after(fault.seconds(), () -> say(new DrainDevice(device, false), fault));
      }
      case POOL_PAUSED -> {
        say(new PausePool(), fault);
        world.time.after(fault.seconds(), () -> say(new ResumePool(), fault));
      }
      case JOB_CANCELLED -> {
        List<JobPlan> jobs = world.plan.jobs();
        say(new CancelJob(jobs.get(fault.id() % jobs.size()).id(), "by an operator"), fault);
      }
      default -> {
        // Of others' concern.
      }
    }
  }

  private void say(Object command, Fault fault) {
    world.history.strike(fault);
    world.note("operator: %s", command);
    world.append(
        Wire.TOPICS.control(),
        Control.newBuilder()
            .setPool(World.POOL)
            .setAt(Instant.ofEpochSecond((long) VirtualTime.START))
            .setCommand(command)
            .build(),
        fault.device());
  }
}
