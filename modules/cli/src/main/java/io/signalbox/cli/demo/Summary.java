package io.signalbox.cli.demo;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.signalbox.cli.output.Cell;
import io.signalbox.cli.output.Table;
import io.signalbox.simulator.workload.Fleet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a demo went. Seconds are the workload's, but for the wall's.
 *
 * @param job the job, or the name of the set of jobs
 * @param state SUCCEEDED when every job did, otherwise FAILED, REJECTED or CANCELLED
 * @param tasks tasks of all jobs
 * @param succeeded tasks that are done
 * @param failed tasks that were given up
 * @param makespanSeconds from the first start to the last finish
 * @param lowerBoundSeconds what no schedule can beat
 * @param ratio makespan / lower bound
 * @param classes by device class
 * @param wallSeconds from submission to the last event, by this machine's clock
 */
@JsonPropertyOrder({
  "job",
  "state",
  "tasks",
  "succeeded",
  "failed",
  "makespanSeconds",
  "lowerBoundSeconds",
  "ratio",
  "classes",
  "wallSeconds"
})
public record Summary(
    String job,
    String state,
    int tasks,
    int succeeded,
    int failed,
    double makespanSeconds,
    double lowerBoundSeconds,
    double ratio,
    Map<String, ClassUse> classes,
    double wallSeconds) {

  /**
   * What a device class did.
   *
   * @param tasks tasks that succeeded on it
   * @param utilisation busy slot-seconds / (slots × makespan)
   */
  public record ClassUse(long tasks, double utilisation) {}

  /** The use of each class of the fleet, the idle ones included. */
  static Map<String, ClassUse> use(Schedule schedule, Fleet fleet) {
    double makespan = schedule.makespanSeconds();
    Map<String, Double> busy = schedule.busySecondsByClass();
    List<Placement> placements = schedule.placements();
    Map<String, ClassUse> classes = new TreeMap<>();
    fleet
        .slotsByClass()
        .forEach((name, slots) -> {
          long tasks =
              placements.stream()
                  .filter(one -> one.deviceClass().equals(name))
                  .filter(one -> one.outcome() == Placement.Outcome.SUCCEEDED)
                  .count();
          double share = makespan == 0 ? 0 : busy.getOrDefault(name, 0.0) / (slots * makespan);
          classes.put(name, new ClassUse(tasks, share));
        });
    return classes;
  }

  /** Lines for people. */
  public List<String> lines(Fleet fleet) {
    List<String> lines = new ArrayList<>();
    lines.add("%s: %s, %,d of %,d tasks succeeded".formatted(job, state, succeeded, tasks));
    lines.add(
        "makespan %s, lower bound %s, ratio %s"
            .formatted(
                Cell.duration(makespanSeconds),
                Cell.duration(lowerBoundSeconds),
                String.format(Locale.ROOT, "%.3f", ratio)));
    lines.add(
        String.format(
            Locale.ROOT,
            "took %.1f s here, %.0f tasks/s",
            wallSeconds,
            wallSeconds > 0 ? succeeded / wallSeconds : 0));
    Table table = Table.of("class", "slots", "tasks", "utilisation");
    classes.forEach((name, use) ->
        table.row(
            name, fleet.slotsByClass().get(name), use.tasks(), Cell.share(use.utilisation())));
    lines.add("");
    lines.addAll(table.lines());
    return lines;
  }
}
