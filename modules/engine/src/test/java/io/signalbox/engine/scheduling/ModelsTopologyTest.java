package io.signalbox.engine.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.signalbox.events.Assignment;
import io.signalbox.events.ModelStatistics;
import io.signalbox.events.TaskSpec;
import io.signalbox.events.TasksSubmitted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pools tell each other of run times, through the topic models. */
class ModelsTopologyTest {
  @TempDir Path folder;

  private static ModelStatistics model(Scheduler scheduler, String pool, double seconds, long n) {
    return ModelStatistics.newBuilder()
        .setPool(pool)
        .setZone("north")
        .setOperation("look")
        .setDeviceClass(Scheduler.GPU)
        .setAt(scheduler.now())
        .setSamples(n)
        .setLogSecondsMean(Math.log(seconds))
        .setLogWorkMean(0)
        .setLogVariance(0.01)
        .setLogWorkVariance(0)
        .setLogWorkCovariance(0)
        .build();
  }

  private static void tell(Scheduler scheduler, ModelStatistics model) {
    scheduler.send(Scheduler.TOPICS.models(), model.getPool() + "|north|look@|gpu", model);
  }

  @Test
  void newPoolPredictsFromWhatOthersHaveLearned() {
    try (Scheduler scheduler = Scheduler.on(folder)) {
      tell(scheduler, model(scheduler, "p1", 40, 300));
      tell(scheduler, model(scheduler, "p2", 40, 100));
      // Figures that can't be are passed over.
      tell(scheduler, model(scheduler, "p3", Double.NaN, 1));
      scheduler.send(
          Scheduler.TOPICS.deviceTelemetry(),
          "new",
          Records.heartbeat("new", "gpu-1", 0, scheduler.now()));
      scheduler.tick();
      scheduler.pass(Duration.ofMillis(20));
      TaskSpec look = TaskSpec.newBuilder().setTaskId("a").setOperation("look").build();
      scheduler.send(
          Scheduler.TOPICS.taskSubmitted(),
          "new",
          TasksSubmitted.newBuilder()
              .setPool("new")
              .setJob("j")
              .setTasks(List.of(look))
              .setSealed(true)
              .setSubmittedAt(scheduler.now())
              .build());
      scheduler.tick();
      List<Assignment> offers = scheduler.assignments();
      assertEquals(1, offers.size());
      assertEquals(40, offers.getFirst().getDecision().getPredictedSeconds(), 4);
    }
  }
}
