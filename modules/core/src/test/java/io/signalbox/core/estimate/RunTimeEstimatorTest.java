package io.signalbox.core.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.device.DeviceClass;
import io.signalbox.core.job.Work;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunTimeEstimatorTest {
  private static final List<DeviceClass> CLASSES =
      List.of(
          new DeviceClass("cpu", 2, 0, 200, 50),
          new DeviceClass("a100", 312, 0, 400, 60),
          new DeviceClass("ascend", 256, 0, 310, 60));

  private final RunTimeEstimator estimator = new RunTimeEstimator(CLASSES);
  private final Random random = new Random(42);

  @Test
  void withNothingKnownAUnitOfWorkTakesASecondOnTheSlowestClass() {
    assertEquals(1, estimator.seconds(work("embed", 1), "cpu"), 1e-9);
    assertEquals(3 * 2 / 312.0, estimator.seconds(work("embed", 3), "a100"), 1e-9);
  }

  @Test
  void aTasksOwnEstimateCountsUntilThereAreSamples() {
    Work work = new Work("embed", "", 1, Map.of("cpu", 30.0, "a100", 2.0));
    assertEquals(30, estimator.seconds(work, "cpu"), 1e-9);
    assertEquals(2, estimator.seconds(work, "a100"), 1e-9);
    // No estimate for this class: scaled from both others by throughput.
    double scaled = Math.sqrt(30.0 * 2 / 256 * (2.0 * 312 / 256));
    assertEquals(scaled, estimator.seconds(work, "ascend"), 1e-9);
  }

  @Test
  void theFirstSampleDoesNotThrowAGivenEstimateAway() {
    Work work = new Work("embed", "", 1, Map.of("cpu", 10.0));
    estimator.observe(work, "cpu", 40);
    double seconds = estimator.seconds(work, "cpu");
    assertTrue(seconds > 12 && seconds < 35, "was " + seconds);
    for (int i = 0; i < 50; i++) {
      estimator.observe(work, "cpu", 40);
    }
    assertEquals(40, estimator.seconds(work, "cpu"), 2);
  }

  @Test
  void exactEstimatesOfUnlikeTasksStayExact() {
    for (int i = 0; i < 200; i++) {
      double seconds = Math.exp(2 * random.nextGaussian());
      Work work = new Work("align", "", 1, Map.of("cpu", seconds));
      estimator.observe(work, "cpu", seconds);
    }
    Work small = new Work("align", "", 1, Map.of("cpu", 0.2));
    Work large = new Work("align", "", 1, Map.of("cpu", 50.0));
    assertEquals(0.2, estimator.seconds(small, "cpu"), 0.01);
    assertEquals(50, estimator.seconds(large, "cpu"), 2.5);
  }

  @Test
  void uselessEstimatesFade() {
    for (int i = 0; i < 300; i++) {
      Work work = new Work("align", "", 1, Map.of("cpu", Math.exp(2 * random.nextGaussian())));
      estimator.observe(work, "cpu", 7);
    }
    Work misjudged = new Work("align", "", 1, Map.of("cpu", 1_000.0));
    assertEquals(7, estimator.seconds(misjudged, "cpu"), 0.2);
  }

  @Test
  void aSeenClassPredictsAnUnseenOneByTheTasksOwnRatio() {
    Work work = new Work("embed", "", 1, Map.of("cpu", 30.0, "a100", 3.0));
    for (int i = 0; i < 100; i++) {
      estimator.observe(work, "cpu", 60);
    }
    assertEquals(6, estimator.seconds(work, "a100"), 0.6);
  }

  @Test
  void ratiosOfClassesAreLearnedOverOperations() {
    for (int i = 0; i < 40; i++) {
      Work work = work("operation-" + i, 1);
      estimator.observe(work, "cpu", 10 + i);
      estimator.observe(work, "a100", (10 + i) / 5.0);
    }
    estimator.observe(work("new", 1), "cpu", 100);
    assertEquals(20, estimator.seconds(work("new", 1), "a100"), 3);
  }

  @Test
  void runTimesConvergeToTheMeanOfALogNormal() {
    double sigma = 0.4;
    for (int i = 0; i < 400; i++) {
      estimator.observe(work("noisy", 1), "cpu", 5 * Math.exp(sigma * random.nextGaussian()));
    }
    double mean = 5 * Math.exp(sigma * sigma / 2);
    assertEquals(mean, estimator.seconds(work("noisy", 1), "cpu"), 0.25 * mean);
  }

  @Test
  void growthWithTheAmountOfWorkIsLearned() {
    for (int i = 0; i < 300; i++) {
      double amount = Math.exp(4 * random.nextDouble());
      double seconds = 2 * Math.pow(amount, 1.7) * Math.exp(0.1 * random.nextGaussian());
      estimator.observe(work("attention", amount), "a100", seconds);
    }
    double ratio =
        estimator.seconds(work("attention", 40), "a100")
            / estimator.seconds(work("attention", 4), "a100");
    assertEquals(1.7, Math.log10(ratio), 0.1);
  }

  @Test
  void quantilesAreExceededAsOftenAsTheySay() {
    int within = 0;
    int count = 0;
    for (int operation = 0; operation < 40; operation++) {
      Work work = work("operation-" + operation, 1);
      double sigma = 0.2 + 0.3 * random.nextDouble();
      for (int i = 0; i < 200; i++) {
        double seconds = 3 * Math.exp(sigma * random.nextGaussian());
        if (i >= 30) {
          count++;
          within += seconds <= estimator.quantileSeconds(work, "cpu", 0.9) ? 1 : 0;
        }
        estimator.observe(work, "cpu", seconds);
      }
    }
    assertEquals(0.9, within / (double) count, 0.03);
  }

  @Test
  void stoppedAttemptsKeepTheEstimateFromShrinking() {
    RunTimeEstimator blind = new RunTimeEstimator(CLASSES);
    double limit = 6;
    for (int i = 0; i < 400; i++) {
      double seconds = 5 * Math.exp(0.5 * random.nextGaussian());
      Work work = work("stopped", 1);
      if (seconds < limit) {
        estimator.observe(work, "cpu", seconds);
        blind.observe(work, "cpu", seconds);
      } else {
        estimator.observeAtLeast(work, "cpu", limit);
      }
    }
    double median = estimator.quantileSeconds(work("stopped", 1), "cpu", 0.5);
    assertEquals(5, median, 0.8);
    assertTrue(blind.quantileSeconds(work("stopped", 1), "cpu", 0.5) < 4.4);
  }

  @Test
  void anAttemptFarBeyondTheEstimateRaisesItAndAShortOneSaysNothing() {
    Work work = new Work("embed", "", 1, Map.of("cpu", 10.0));
    estimator.observeAtLeast(work, "cpu", 1);
    assertEquals(10, estimator.seconds(work, "cpu"), 1e-9);
    estimator.observeAtLeast(work, "cpu", 100);
    assertTrue(estimator.seconds(work, "cpu") > 20);
  }

  @Test
  void restoredRowsPredictWhatTheLiveOnesDo() {
    List<RunTime> rows = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      double seconds = Math.exp(random.nextGaussian());
      Work work = new Work("op-" + i % 7, "v" + i % 2, seconds, Map.of("cpu", 1.0, "a100", 0.1));
      estimator.observe(work, CLASSES.get(i % 3).name(), seconds * 2);
      if (i % 50 == 49) {
        rows.addAll(estimator.changedRunTimes());
      }
    }
    assertTrue(estimator.changedRunTimes().isEmpty());
    RunTimeEstimator restored = new RunTimeEstimator(CLASSES);
    Map<String, RunTime> stored = new LinkedHashMap<>();
    rows.forEach(row -> stored.put(row.operation() + row.version() + row.deviceClass(), row));
    List<RunTime> inAnyOrder = new ArrayList<>(stored.values());
    Collections.shuffle(inAnyOrder, random);
    inAnyOrder.forEach(restored::restore);
    for (DeviceClass deviceClass : CLASSES) {
      for (String operation : List.of("op-0", "op-3", "unheard-of")) {
        Work work = new Work(operation, "v1", 3, Map.of("cpu", 2.0));
        assertEquals(
            estimator.seconds(work, deviceClass.name()),
            restored.seconds(work, deviceClass.name()));
        assertEquals(
            estimator.quantileSeconds(work, deviceClass.name(), 0.95),
            restored.quantileSeconds(work, deviceClass.name(), 0.95));
      }
    }
  }

  @Test
  void onlyMovesOfMoreThanFivePercentAreNamed() {
    Work work = work("embed", 1);
    estimator.observe(work, "cpu", 10);
    assertEquals(List.of(new OperationKey("embed", "")), estimator.movedOperations());
    estimator.observe(work, "cpu", 10.2);
    assertEquals(List.of(), estimator.movedOperations());
    estimator.observe(work, "cpu", 20);
    assertEquals(List.of(new OperationKey("embed", "")), estimator.movedOperations());
  }

  @Test
  void theLeastUsedOperationsAreDroppedAndNamed() {
    RunTimeEstimator small = new RunTimeEstimator(CLASSES, 16);
    for (int i = 0; i < 17; i++) {
      small.observe(work("op-" + i, 1), "cpu", 50);
    }
    List<RunTime> dropped = small.droppedRunTimes();
    assertEquals(1, dropped.size());
    assertEquals("op-0", dropped.getFirst().operation());
    assertEquals(1, small.seconds(work("op-0", 1), "cpu"), 1e-9);
    assertEquals(16, small.changedRunTimes().size());
  }

  @Test
  void badInputIsRefusedByName() {
    assertThrows(IllegalArgumentException.class, () -> work("embed", 0));
    assertThrows(IllegalArgumentException.class, () -> new Work("a", "", 1, Map.of("cpu", -1.0)));
    Work work = work("embed", 1);
    assertThrows(IllegalArgumentException.class, () -> estimator.observe(work, "cpu", Double.NaN));
    var error = assertThrows(IllegalArgumentException.class, () -> estimator.seconds(work, "tpu"));
    assertTrue(error.getMessage().contains("'tpu' is unknown"), error.getMessage());
  }

  private static Work work(String operation, double amount) {
    return new Work(operation, "", amount, Map.of());
  }
}
