package io.signalbox.simulator.gantt;

import io.signalbox.simulator.gantt.SvgWriter.Box;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Says what colours and marks mean, in as many lines as it takes. */
final class Legend {
  private static final double LINE = 20;
  private static final double SWATCH = 12;
  private static final double LETTER = 6.3;
  private static final int MOST = 40;

  /**
   * An entry.
   *
   * @param style its class in the style sheet
   * @param fill its colour; empty for that of its style
   * @param hatch its pattern; empty for none
   * @param words what it means
   */
  private record Entry(String style, String fill, String hatch, String words) {
    double width() {
      return SWATCH + 6 + LETTER * words.length() + 18;
    }
  }

  private final List<List<Entry>> lines = new ArrayList<>();
  private final double left;
  private final double right;

  Legend(Bars bars, Palette palette, boolean outages, double left, double right) {
    this.left = left;
    this.right = right;
    lines.add(new ArrayList<>());
    Map<String, Integer> counts = new HashMap<>();
    bars.all.forEach(bar -> counts.merge(bar.spec().operation(), bar.done() ? 1 : 0, Integer::sum));
    List<String> operations = bars.operations();
    for (String operation : operations.subList(0, Math.min(MOST, operations.size()))) {
      String words = Words.cut(operation, 30) + " × " + counts.getOrDefault(operation, 0);
      add(new Entry("bar", palette.of(operation), "", words));
    }
    if (operations.size() > MOST) {
      add(new Entry("lane", "", "", "and " + (operations.size() - MOST) + " more"));
    }
    lines.add(new ArrayList<>());
    add(new Entry("critical", "", "", "what the makespan came from"));
    if (bars.all.stream().anyMatch(bar -> bar.done() && bar.copy())) {
      add(new Entry("bar", "#6e7781", Style.COPY, "done by a copy"));
    }
    if (bars.all.stream().anyMatch(bar -> !bar.done())) {
      add(new Entry("bar", "#d0d7de", Style.WASTED, "came to nothing"));
    }
    if (outages) {
      add(new Entry("silent-swatch", "", "", "device silent"));
    }
  }

  private void add(Entry entry) {
    double used = lines.getLast().stream().mapToDouble(Entry::width).sum();
    if (used > 0 && left + used + entry.width() > right) {
      lines.add(new ArrayList<>());
    }
    lines.getLast().add(entry);
  }

  double height() {
    return lines.size() * LINE;
  }

  void draw(SvgWriter svg, double top) {
    svg.open("g", "class", "legend");
    double y = top;
    for (List<Entry> line : lines) {
      double x = left;
      for (Entry entry : line) {
        swatch(svg, entry, x, y);
        svg.words("legend", x + SWATCH + 6, y + SWATCH - 2, entry.words());
        x += entry.width();
      }
      y += LINE;
    }
    svg.close();
  }

  private static void swatch(SvgWriter svg, Entry entry, double x, double y) {
    Box box = new Box(x, y, SWATCH, SWATCH);
    if (entry.fill().isEmpty()) {
      svg.rect(entry.style(), box, "rx", 2.0);
    } else {
      svg.rect(entry.style(), box, "rx", 2.0, "fill", entry.fill());
    }
    if (!entry.hatch().isEmpty()) {
      svg.rect("hatch", box, "fill", entry.hatch());
    }
  }
}
