package io.signalbox.e2e.chaos;

import io.signalbox.client.Job;
import io.signalbox.client.JobBuilder;
import java.util.stream.IntStream;

/** The jobs of the load: layers, each task of which waits for two of the layer before. */
final class Jobs {
  private static final int TASKS = 24;
  private static final int WIDTH = 6;

  /** A device of the fleet takes ten times as many seconds. */
  private static final double WORK = 0.005;

  /** A task may be lost by every fault of a scenario; none of them is its own. */
  private static final int ATTEMPTS = 10;

  private Jobs() {}

  static Job job(String name) {
    JobBuilder job = Job.named(name);
    for (int i = 0; i < TASKS; i++) {
      job.task(task(i), "step").work(WORK).maxAttempts(ATTEMPTS).after(parents(i));
    }
    return job.build();
  }

  /** A job of independent tasks that takes the fleet far longer than a scenario. */
  static Job bulk(int tasks) {
    // A tenant of its own: the others get their share of the fleet beside it.
    JobBuilder job = Job.named("bulk").tenant("bulk");
    for (int i = 0; i < tasks; i++) {
      job.task(task(i), "step").work(WORK).maxAttempts(ATTEMPTS);
    }
    return job.build();
  }

  private static String[] parents(int task) {
    int layer = task / WIDTH;
    return layer == 0
        ? new String[0]
        : IntStream.of(task % WIDTH, (task + 1) % WIDTH)
            .mapToObj(column -> task((layer - 1) * WIDTH + column))
            .toArray(String[]::new);
  }

  private static String task(int index) {
    return "t" + index;
  }
}
