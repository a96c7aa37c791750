package io.signalbox.simulator.gantt;

import io.signalbox.simulator.gantt.SvgWriter.Box;
import io.signalbox.simulator.scenario.Outage;
import java.util.List;

/** Draws attempts into the lanes, and what happened to the lanes themselves. */
final class BarPainter {
  private static final double ROUND_FROM = 6;
  private static final double LETTER = 6.3;

  private final TimeAxis axis;
  private final Lanes lanes;
  private final Palette palette;
  private final SvgWriter svg;

  BarPainter(TimeAxis axis, Lanes lanes, Palette palette, SvgWriter svg) {
    this.axis = axis;
    this.lanes = lanes;
    this.palette = palette;
    this.svg = svg;
  }

  void outage(Outage outage) {
    Lanes.Lane lane = lanes.of(outage.device());
    double from = axis.x(Math.min(outage.fromSeconds(), axis.end()));
    double to = axis.x(Math.min(outage.untilSeconds(), axis.end()));
    if (to > from) {
      svg.open("g", "class", "outage");
      svg.text("title", Words.outage(outage));
      svg.rect("silent", new Box(from, lane.top(), to - from, lane.height()));
      svg.line("silent", from, lane.top(), from, lane.top() + lane.height());
      svg.close();
    }
  }

  void bar(Bar bar) {
    Box box = box(bar);
    String fill = palette.of(bar.spec().operation());
    svg.open("g", "class", bar.done() ? "task" : "wasted", "data-task", bar.ref());
    svg.text("title", Words.of(bar));
    svg.rect(box.width() > 3 ? "bar" : "thin", box, "fill", fill, "rx", corner(box));
    if (bar.copy() || !bar.done()) {
      svg.rect("hatch", box, "fill", bar.done() ? Style.COPY : Style.WASTED);
    }
    String id = bar.spec().id();
    if (box.height() >= 11 && box.width() > 8 + LETTER * id.length()) {
      boolean light = !bar.done() || palette.isLight(bar.spec().operation());
      String style = light ? "on-light" : "on-dark";
      svg.words(style, box.x() + 4, box.y() + box.height() / 2 + 3.4, id);
    }
    svg.close();
  }

  private static double corner(Box box) {
    return box.width() > ROUND_FROM ? 2 : 0;
  }

  private Box box(Bar bar) {
    Lanes.Lane lane = lanes.of(bar.device().id());
    double x = axis.x(bar.from());
    double width = Math.max(0.4, axis.x(bar.to()) - x);
    double margin = lane.rowHeight() > 8 ? 1 : 0.25;
    double y = lane.row(bar.slot()) + margin;
    return new Box(x, y, width, lane.rowHeight() - 2 * margin);
  }

  /** Outlines bars and joins each with the one that let it start, which comes next. */
  void criticalPath(List<Bar> path) {
    svg.open("g", "class", "critical-path");
    for (int i = 0; i < path.size(); i++) {
      Box box = box(path.get(i));
      svg.rect(box.width() > 4 ? "critical" : "critical-thin", box, "rx", corner(box));
      if (i + 1 < path.size()) {
        Box before = box(path.get(i + 1));
        svg.line(
            "critical",
            before.x() + before.width(),
            before.y() + before.height() / 2,
            box.x(),
            box.y() + box.height() / 2);
      }
    }
    svg.close();
  }
}
