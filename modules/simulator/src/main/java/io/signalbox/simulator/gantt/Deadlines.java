package io.signalbox.simulator.gantt;

import io.signalbox.simulator.run.PlacedTask;
import io.signalbox.simulator.run.RunResult;
import io.signalbox.simulator.scenario.Scenario;
import io.signalbox.simulator.scenario.Submission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Lines at the jobs' deadlines, those of one instant together; missed ones are red. */
final class Deadlines {
  private static final double APART = 90;

  private final Map<Double, List<String>> jobs = new TreeMap<>();
  private final Map<Double, Integer> missed = new HashMap<>();
  private final TimeAxis axis;
  private final double top;
  private final double bottom;

  Deadlines(Scenario scenario, RunResult run, TimeAxis axis, double top, double bottom) {
    this.axis = axis;
    this.top = top;
    this.bottom = bottom;
    Map<String, Double> ends = new HashMap<>();
    for (PlacedTask task : run.tasks()) {
      String job = scenario.problem().tasks().get(task.task()).job();
      ends.merge(job, task.finishSeconds(), Math::max);
    }
    for (Submission submission : scenario.submissions()) {
      Double deadline = submission.plan().header().deadline();
      String job = submission.plan().job();
      if (deadline != null && deadline <= axis.end()) {
        jobs.computeIfAbsent(deadline, at -> new ArrayList<>()).add(job);
        missed.merge(deadline, ends.getOrDefault(job, 0.0) > deadline ? 1 : 0, Integer::sum);
      }
    }
  }

  void draw(SvgWriter svg) {
    double labelled = Double.NEGATIVE_INFINITY;
    for (Map.Entry<Double, List<String>> entry : jobs.entrySet()) {
      double x = axis.x(entry.getKey());
      int late = missed.getOrDefault(entry.getKey(), 0);
      String style = late > 0 ? "missed" : "met";
      svg.open("g", "class", "deadline");
      svg.text("title", words(entry.getKey(), entry.getValue(), late));
      svg.line(style, x, top, x, bottom + 4);
      if (x - labelled > APART) {
        labelled = x;
        int more = entry.getValue().size() - 1;
        String first = "⚑ " + Words.cut(entry.getValue().getFirst(), 14);
        svg.words(style, x, top - 20, more > 0 ? first + " +" + more : first);
      }
      svg.close();
    }
  }

  private static String words(double at, List<String> jobs, int late) {
    int shown = Math.min(10, jobs.size());
    return "deadline of %s%s at %s, %s"
        .formatted(
            String.join(", ", jobs.subList(0, shown)),
            jobs.size() > shown ? " and " + (jobs.size() - shown) + " more" : "",
            Words.seconds(at),
            late == 0 ? "met" : late + " of " + jobs.size() + " missed");
  }
}
