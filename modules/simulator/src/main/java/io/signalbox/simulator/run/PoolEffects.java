package io.signalbox.simulator.run;

import io.signalbox.core.pool.Effect;
import io.signalbox.core.pool.Effects;
import io.signalbox.core.pool.JobEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps what a pool asks of its workers, and looks whether its jobs end as they should. */
final class PoolEffects implements Effects {
  private final Map<String, Double> deadlines = new HashMap<>();
  private final List<Effect.Cancel> cancels = new ArrayList<>();
  private List<Effect.Offer> offers = new ArrayList<>();
  private final List<String> rejected = new ArrayList<>();
  private int deadlineMisses;
  private int rejectedTasks;

  void expect(String job, double deadline) {
    deadlines.put(job, deadline);
  }

  int deadlineMisses() {
    return deadlineMisses;
  }

  /** Jobs that weren't admitted. */
  List<String> rejected() {
    return rejected;
  }

  /** The tasks of those jobs. */
  int rejectedTasks() {
    return rejectedTasks;
  }

  List<Effect.Offer> takeOffers() {
    List<Effect.Offer> taken = offers;
    offers = new ArrayList<>();
    return taken;
  }

  List<Effect.Cancel> takeCancels() {
    List<Effect.Cancel> taken = List.copyOf(cancels);
    cancels.clear();
    return taken;
  }

  @Override
  public boolean storesRows() {
    return false;
  }

  @Override
  public boolean hearsOfTasks() {
    return false;
  }

  @Override
  public boolean sharesModels() {
    return false;
  }

  @Override
  public void emit(Effect effect) {
    switch (effect) {
      case Effect.Offer offer -> offers.add(offer);
      case Effect.Cancel cancel -> cancels.add(cancel);
      case Effect.Publish publish -> announced(publish.event());
      case Effect.Refuse refuse ->
          throw new IllegalArgumentException("the pool refuses the workload: " + refuse.reason());
      case Effect.Save save -> {}
      case Effect.Delete delete -> {}
      case Effect.NeedLanes more -> {}
      case Effect.ShareModel model -> {}
    }
  }

  private void announced(JobEvent event) {
    switch (event.type()) {
      case JOB_SUCCEEDED -> {
        if (event.at() > deadlines.getOrDefault(event.job(), Double.POSITIVE_INFINITY)) {
          deadlineMisses++;
        }
      }
      case REJECTED -> {
        if (event.proof() == null) {
          throw noGood(event);
        }
        rejected.add(event.job());
        rejectedTasks += event.counts().total();
      }
      case JOB_FAILED, JOB_CANCELLED -> throw noGood(event);
      case ACCEPTED,
          AT_RISK,
          IN_TIME,
          QUEUED,
          TASK_STARTED,
          TASK_PROGRESS,
          TASK_SUCCEEDED,
          TASK_RETRYING,
          TASK_FAILED -> {}
    }
  }

  private static IllegalArgumentException noGood(JobEvent event) {
    return new IllegalArgumentException(
        "job '%s' came to no good: %s".formatted(event.job(), event.reasons()));
  }
}
