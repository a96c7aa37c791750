package io.signalbox.simulator.gantt;

import io.signalbox.simulator.gantt.SvgWriter.Box;
import java.util.Locale;
import java.util.Map;

/** What stands around the bars: lanes with their names, and the axis of time. */
final class Frame {
  private static final double EDGE = 20;

  private final TimeAxis axis;
  private final Lanes lanes;
  private final double top;
  private final double right;

  Frame(TimeAxis axis, Lanes lanes, double top) {
    this.axis = axis;
    this.lanes = lanes;
    this.top = top;
    this.right = axis.left() + axis.width() + 8;
  }

  void headings(SvgWriter svg, String title, String subtitle) {
    svg.words("title", EDGE, 30, title);
    svg.words("subtitle", EDGE, 50, subtitle);
  }

  /**
   * The lanes, each with the share of its time in which it was busy.
   *
   * @param busySeconds by device, all slots together
   */
  void lanes(SvgWriter svg, Map<String, Double> busySeconds, double makespan) {
    for (Lanes.Group group : lanes.groups) {
      svg.words("group", EDGE, group.baseline(), group.name());
      for (Lanes.Lane lane : group.lanes()) {
        svg.rect("lane", new Box(axis.left(), lane.top(), axis.width(), lane.height()));
        double busy = busySeconds.getOrDefault(lane.device().id(), 0.0) / lane.device().slots();
        if (lane.height() >= 8) {
          label(svg, lane, makespan > 0 ? busy / makespan : 0);
        }
      }
    }
  }

  private void label(SvgWriter svg, Lanes.Lane lane, double share) {
    double middle = lane.top() + lane.height() / 2 + 3.5;
    String size = "font-size: " + SvgWriter.number(Math.clamp(lane.height(), 8, 11)) + "px";
    String name = Words.cut(lane.device().id(), 20);
    svg.words("device", axis.left() - 8, middle, name, "style", size);
    String text = String.format(Locale.ROOT, "%.0f %%", share * 100);
    svg.words("share", right, middle, text, "style", size);
  }

  void grid(SvgWriter svg) {
    for (double tick : axis.ticks()) {
      double x = axis.x(tick);
      svg.line("grid", x, top - 4, x, lanes.bottom + 4);
      svg.words("tick", x, top - 10, axis.label(tick));
      svg.words("tick", x, lanes.bottom + 18, axis.label(tick));
    }
    svg.words("share", right, top - 10, "busy");
  }

  void bound(SvgWriter svg, double seconds) {
    double x = axis.x(seconds);
    svg.open("g", "class", "lower-bound");
    svg.text("title", "No schedule can be done before " + Words.seconds(seconds));
    svg.line("bound", x, top - 4, x, lanes.bottom + 4);
    svg.words("bound", x, top - 24, "bound");
    svg.close();
  }
}
