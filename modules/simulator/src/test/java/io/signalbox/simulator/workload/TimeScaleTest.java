package io.signalbox.simulator.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.signalbox.core.job.JobHeader;
import io.signalbox.core.job.TaskSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimeScaleTest {
  private static final TimeScale HUNDRED = new TimeScale(100);

  @Test
  void whatTakesTimeTakesLessOfIt() {
    JobPlan plan =
        HUNDRED.plan(new JobPlan("j", JobHeader.DEFAULT, List.of(task(50, 400, 30)), 60.0));
    assertEquals(List.of(task(0.5, 4, 0.3)), plan.tasks());
    assertEquals(0.6, plan.deadlineAfterSeconds());
    assertEquals(new Network(1e11, 2e-5), HUNDRED.network(new Network(1e9, 0.002)));
    assertEquals(Network.FREE, HUNDRED.network(Network.FREE));
  }

  @Test
  void secondsGoThereAndBack() {
    assertEquals(3, HUNDRED.toReal(300));
    assertEquals(300, HUNDRED.fromReal(3));
  }

  @Test
  void aScaleIsGreaterThanZero() {
    for (double wrong : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertEquals(
          "time scale must be > 0 and finite, is " + wrong,
          assertThrows(IllegalArgumentException.class, () -> new TimeScale(wrong)).getMessage());
    }
  }

  private static TaskSpec task(double work, double estimate, double timeout) {
    Map<String, Double> estimates = Map.of("cpu", estimate);
    return new TaskSpec("t", "o", "", List.of(), work, estimates, List.of(), 5, null, timeout, 2);
  }
}
