package io.signalbox.cli.demo;

import io.signalbox.client.Job;
import io.signalbox.client.JobBuilder;
import io.signalbox.client.SignalboxClient;
import io.signalbox.client.TaskBuilder;
import io.signalbox.simulator.workload.Fleet;
import java.time.Duration;

/**
 * Lets the just-in-time compilers see the whole path of a task before the schedule counts: in its
 * first seconds a JVM takes a multiple of the time, which a scaled clock would show as the
 * scheduler's.
 */
final class WarmUp {
  /** An operation of its own, so that nothing is learned of the real ones. */
  static final String OPERATION = "signalbox.warm-up";

  private static final double WORK_SECONDS = 0.002;
  private static final int LAYERS = 4;
  private static final Duration ROUND_LIMIT = Duration.ofSeconds(60);

  private WarmUp() {}

  /**
   * Runs small jobs, one after the other, for about that long.
   *
   * @return how many tasks it took
   */
  static int run(SignalboxClient client, String pool, Fleet fleet, double seconds) {
    long end = System.nanoTime() + Math.round(seconds * 1e9);
    int tasks = 0;
    for (int round = 0; System.nanoTime() < end; round++) {
      Job job = job(pool, fleet, round);
      client.run(job).blockLast(ROUND_LIMIT);
      tasks += job.tasks().size();
    }
    return tasks;
  }

  /** Layers as wide as the fleet, each task with one parent. */
  private static Job job(String pool, Fleet fleet, int round) {
    int width = fleet.slotsByClass().values().stream().mapToInt(Integer::intValue).sum();
    JobBuilder job = Job.named("signalbox-warm-up-" + round).inPool(pool);
    for (int layer = 0; layer < LAYERS; layer++) {
      for (int column = 0; column < width; column++) {
        TaskBuilder task = job.task(name(layer, column), OPERATION).work(WORK_SECONDS);
        if (layer > 0) {
          task.after(name(layer - 1, column));
        }
      }
    }
    return job.build();
  }

  private static String name(int layer, int column) {
    return "t" + layer + "-" + column;
  }
}
