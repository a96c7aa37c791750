package io.signalbox.core.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.signalbox.core.device.DeviceClass;
import io.signalbox.core.job.Job;
import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.core.job.Work;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is kept with a task is what would be predicted anew, whatever was learned meanwhile. */
class KeptPredictionsPropertyTest {
  private static final List<String> CLASSES = List.of("cpu", "edge", "a100");
  private static final int TASKS = 30;

  @Test
  void keptPredictionsAreThoseThatWouldBeMadeNow() {
    for (long seed = 1; seed <= 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      // Few operations are remembered, so that some are forgotten and learned again.
      RunTimeEstimator estimator = new RunTimeEstimator(classes(), 3);
      List<Task> tasks = tasks(random);
      for (int step = 0; step < 300; step++) {
        Task task = tasks.get(random.nextInt(TASKS));
        String deviceClass = CLASSES.get(random.nextInt(CLASSES.size()));
        if (random.nextInt(4) == 0) {
          estimator.observe(task, deviceClass, 0.1 + random.nextDouble() * 20);
        }
        double fresh = estimator.seconds(plain(task), deviceClass);
        assertEquals(fresh, estimator.secondsKept(task, deviceClass), "seed " + seed);
        assertEquals(fresh, estimator.seconds(task, deviceClass), "seed " + seed);
      }
    }
  }

  @Test
  void theFastestIsTheLeastOfThoseAllowed() {
    for (long seed = 1; seed <= 100; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      RunTimeEstimator estimator = new RunTimeEstimator(classes());
      for (Task task : tasks(random)) {
        estimator.observe(task, CLASSES.get(random.nextInt(3)), 0.1 + random.nextDouble() * 20);
        List<String> some = CLASSES.subList(random.nextInt(3), 3);
        double least = some.stream().mapToDouble(k -> estimator.seconds(task, k)).min().orElse(0);
        assertEquals(least, estimator.fastestSeconds(task, some), "seed " + seed);
        assertEquals(
            estimator.fastestSeconds(task, CLASSES),
            estimator.fastestSeconds(task, List.of()),
            "seed " + seed);
      }
    }
  }

  private static List<DeviceClass> classes() {
    List<DeviceClass> classes = new ArrayList<>();
    for (int k = 0; k < CLASSES.size(); k++) {
      classes.add(new DeviceClass(CLASSES.get(k), 1 + 20 * k, 0, 100, 10));
    }
    return classes;
  }

  private static List<Task> tasks(SplittableRandom random) {
    Job job = new Job("job", null, 0);
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < TASKS; i++) {
      Map<String, Double> given = new HashMap<>();
      int known = random.nextInt(CLASSES.size() + 1);
      CLASSES.subList(0, known).forEach(name -> given.put(name, 0.1 + random.nextDouble() * 10));
      double work = 0.5 + random.nextDouble();
      String operation = "operation-" + random.nextInt(5);
      tasks.add(
          job.define(
              new TaskSpec(
                  "task-" + i, operation, "", List.of(), work, given, List.of(), 0, null, 0, 0)));
    }
    return tasks;
  }

  /** The same to predict, with nothing kept. */
  private static Work plain(Task task) {
    return new Work(task.operation(), task.version(), task.amount(), task.givenSecondsByClass());
  }
}
