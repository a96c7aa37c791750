package io.signalbox.simulator.gantt;

import io.signalbox.simulator.gantt.SvgWriter.Box;
import io.signalbox.simulator.run.RunResult;
import io.signalbox.simulator.scenario.Disturbance;
import io.signalbox.simulator.scenario.Scenario;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Draws a run as SVG: a lane a device with its slots stacked, grouped by class, colour by
 * operation. The chain of tasks that the makespan came from is outlined, copies and attempts that
 * came to nothing are hatched, and every bar says what it is when it is pointed at. Some 400 bytes
 * a task.
 */
public final class GanttChart {
  private static final double WIDTH = 1_400;
  private static final double LEFT = 150;
  private static final double RIGHT = 64;
  private static final double TOP = 96;
  private static final double BELOW = 34;

  private final Scenario scenario;
  private final Disturbance disturbance;
  private final RunResult run;
  private final Bars bars;
  private final Palette palette;
  private final TimeAxis axis;
  private final Lanes lanes;

  private GanttChart(Scenario scenario, Disturbance disturbance, RunResult run) {
    this.scenario = scenario;
    this.disturbance = disturbance;
    this.run = run;
    this.bars = new Bars(scenario, run);
    this.palette = new Palette(bars.operations());
    double end = Math.max(bars.end(), scenario.lowerBoundSeconds());
    this.axis = new TimeAxis(end > 0 ? end : 1, LEFT, WIDTH - LEFT - RIGHT);
    this.lanes = new Lanes(scenario.fleet(), TOP);
  }

  /**
   * A run as an SVG document.
   *
   * @param scenario what was run
   * @param disturbance what it was disturbed by; lost devices are shown
   * @param run what it came to
   */
  public static String svg(Scenario scenario, Disturbance disturbance, RunResult run) {
    return new GanttChart(scenario, disturbance, run).draw();
  }

  private String draw() {
    boolean lossy = !disturbance.outages().isEmpty();
    Legend legend = new Legend(bars, palette, lossy, LEFT, WIDTH - RIGHT);
    double height = lanes.bottom + BELOW + legend.height() + 16;
    SvgWriter svg = new SvgWriter();
    String view = "0 0 " + SvgWriter.number(WIDTH) + " " + SvgWriter.number(height);
    String name = "http://www.w3.org/2000/svg";
    svg.open("svg", "xmlns", name, "viewBox", view, "width", WIDTH, "height", height);
    svg.text("title", "%s, %s, seed %d".formatted(workflow(), run.policy(), run.seed()));
    Style.define(svg);
    svg.rect("paper", new Box(0, 0, WIDTH, height));
    plot(svg);
    legend.draw(svg, lanes.bottom + BELOW);
    return svg.close().toString();
  }

  private String workflow() {
    return scenario.workload().name();
  }

  private void plot(SvgWriter svg) {
    Frame frame = new Frame(axis, lanes, TOP);
    frame.headings(svg, Words.cut(workflow(), 90) + "  ·  " + run.policy(), subtitle());
    frame.lanes(svg, busySeconds(), run.makespanSeconds());
    frame.grid(svg);
    BarPainter painter = new BarPainter(axis, lanes, palette, svg);
    disturbance.outages().forEach(painter::outage);
    bars.all.stream().filter(bar -> !bar.done()).forEach(painter::bar);
    bars.all.stream().filter(Bar::done).forEach(painter::bar);
    painter.criticalPath(bars.criticalPath());
    frame.bound(svg, scenario.lowerBoundSeconds());
    new Deadlines(scenario, run, axis, TOP - 4, lanes.bottom).draw(svg);
  }

  private Map<String, Double> busySeconds() {
    Map<String, Double> busy = new HashMap<>();
    bars.all.forEach(bar -> busy.merge(bar.device().id(), bar.to() - bar.from(), Double::sum));
    return busy;
  }

  private String subtitle() {
    double bound = scenario.lowerBoundSeconds();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%,d tasks in %s, %.3f times the bound of %s",
            run.tasks().size(),
            Words.seconds(run.makespanSeconds()),
            bound > 0 ? run.makespanSeconds() / bound : 1,
            Words.seconds(bound)));
    append(text, run.copies(), "copy", "copies");
    append(text, run.wasted().size(), "attempt for nothing", "attempts for nothing");
    append(text, run.deadlineMisses(), "deadline missed", "deadlines missed");
    return text.append("  ·  seed ").append(run.seed()).toString();
  }

  private static void append(StringBuilder text, int count, String one, String many) {
    if (count > 0) {
      text.append(String.format(Locale.ROOT, "  ·  %,d %s", count, count == 1 ? one : many));
    }
  }
}
