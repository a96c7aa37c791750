package io.signalbox.core.pool;

import io.signalbox.core.device.Device;
import io.signalbox.core.device.Quarantine;
import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskState;
import io.signalbox.core.job.Workload;

/**
 * What is learned from attempts: how long operations take, and which devices are slow or ill. A
 * device is judged against predictions that were learned, and against the other devices of its
 * class, so that neither noise nor a wrong estimate puts it in quarantine.
 */
final class Experience {
  /** Samples of an operation on a class before its prediction says something of a device. */
  private static final int LEAST_SAMPLES = 3;

  /**
   * What threads, clocks and a busy machine add to any attempt. It says nothing of a device:
   * without it, of devices that run tasks of microseconds some would always be far slower than
   * others.
   */
  private static final double ASIDE_SECONDS = 0.01;

  private static final double SLOW = Math.log(1.5);
  private static final double SLOW_NO_MORE = Math.log(1.35);
  private static final double NOTABLE_CHANGE = Math.log(1.1);
  private static final double TOO_SLOW = Math.log(3);
  private static final int FAILURES_IN_A_ROW = 3;
  private static final int FAILED_CHECKS_IN_A_ROW = 3;

  /** A probe may take that many times its predicted run time. */
  private static final double PROBE_BOUND = 2;

  private final State state;

  Experience(State state) {
    this.state = state;
  }

  /** An attempt of the task took so many seconds on the device. */
  void completed(Task task, Device device, double seconds, Turn turn) {
    state.fleet.completed(device);
    device.health().succeeded();
    if (!(seconds > 0) || Double.isInfinite(seconds)) {
      return;
    }
    Workload work = task.workload();
    double predicted = state.estimator.seconds(work, device.deviceClass());
    boolean known = state.estimator.samples(work, device.deviceClass()) >= LEAST_SAMPLES;
    // What a slow device adds is its own, and no news of the operation.
    state.estimator.observe(work, device.deviceClass(), seconds / device.slowness());
    if (turn.effects().sharesModels()) {
      state.federation.observed(work, device, seconds / device.slowness());
    }
    if (device.quarantine() != null && device.probed()) {
      // Where nothing was learned yet, that it succeeded must do.
      probeEnded(device, !known || ratio(seconds, predicted) <= PROBE_BOUND, turn);
    } else if (known) {
      device.health().took(Math.log(ratio(seconds, predicted)));
      judge(device, turn);
    }
  }

  /** A running attempt was stopped since another one of its task was faster. */
  void overtaken(Task task, TaskState.Placed loser, Turn turn) {
    Device device = state.fleet.device(loser.device());
    if (device == null || !(loser instanceof TaskState.Running runs)) {
      return;
    }
    double elapsed = turn.now() - runs.since();
    if (!(elapsed > 0)) {
      return;
    }
    Workload work = task.workload();
    double predicted = state.estimator.seconds(work, device.deviceClass());
    boolean known = state.estimator.samples(work, device.deviceClass()) >= LEAST_SAMPLES;
    state.estimator.observeAtLeast(work, device.deviceClass(), elapsed / device.slowness());
    if (ratio(elapsed, predicted) > PROBE_BOUND && device.quarantine() != null && device.probed()) {
      probeEnded(device, false, turn);
    } else if (known) {
      device.health().tookLonger(Math.log(ratio(elapsed, predicted)));
      judge(device, turn);
    }
  }

  /** How many times as long as predicted an attempt took, as far as its device is to blame. */
  private static double ratio(double seconds, double predicted) {
    return (seconds + ASIDE_SECONDS) / (predicted + ASIDE_SECONDS);
  }

  /**
   * An attempt has become overdue. Where nothing else is known of the operation on the class, that
   * is news; otherwise it would count twice, now and at its end.
   */
  void overdue(Task task, Turn turn) {
    if (task.state() instanceof TaskState.Running runs) {
      Device device = state.fleet.device(runs.device());
      if (device != null && state.estimator.samples(task.workload(), device.deviceClass()) == 0) {
        double elapsed = (turn.now() - runs.since()) / device.slowness();
        state.estimator.observeAtLeast(task.workload(), device.deviceClass(), Math.max(0, elapsed));
      }
    }
  }

  /** An attempt failed or was lost on the device, and not through the task's own fault. */
  void failed(Task task, Device device, Turn turn) {
    int failures = device.health().failed(task.attempt(0).taskRef());
    if (device.quarantine() != null && device.probed()) {
      probeEnded(device, false, turn);
    } else if (failures >= FAILURES_IN_A_ROW && device.quarantine() == null) {
      quarantine(device, Quarantine.Reason.FAILURES, turn);
    }
  }

  /** A heartbeat came. */
  void checked(Device device, Turn turn) {
    int failed = device.health().checked(device.report().healthy());
    if (failed >= FAILED_CHECKS_IN_A_ROW && device.quarantine() == null) {
      quarantine(device, Quarantine.Reason.HEALTH_CHECKS, turn);
    }
  }

  /** What watches the device says that it should get nothing for a while. */
  void accused(Device device, Quarantine.Reason reason, Turn turn) {
    if (device.quarantine() == null) {
      quarantine(device, reason, turn);
    }
  }

  private void judge(Device device, Turn turn) {
    if (!state.fleet.canJudge(device)) {
      return;
    }
    double relative = state.fleet.relativeLogRatio(device);
    if (relative > TOO_SLOW && device.quarantine() == null && state.fleet.canSpare(device)) {
      state.fleet.slow(device, Math.exp(relative), turn.now());
      quarantine(device, Quarantine.Reason.SLOW, turn);
      return;
    }
    boolean slow = relative > (device.slowness() > 1 ? SLOW_NO_MORE : SLOW);
    double factor = slow ? Math.exp(relative) : 1;
    if (slow != device.slowness() > 1
        || Math.abs(Math.log(factor / device.slowness())) > NOTABLE_CHANGE) {
      state.fleet.slow(device, factor, turn.now());
      DeviceRows.save(device, turn);
    }
  }

  private void probeEnded(Device device, boolean well, Turn turn) {
    Quarantine quarantine = device.quarantine();
    if (well) {
      state.fleet.acquit(device, turn.now());
      DeviceRows.save(device, turn);
    } else if (quarantine != null) {
      quarantine(device, quarantine.reason(), turn);
    }
  }

  private void quarantine(Device device, Quarantine.Reason reason, Turn turn) {
    state.fleet.quarantine(device, reason, turn.now());
    state.cooling.add(device);
    state.links.takeBackAll(device, turn);
    DeviceRows.save(device, turn);
  }
}
