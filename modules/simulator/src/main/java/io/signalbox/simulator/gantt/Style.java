package io.signalbox.simulator.gantt;

/** How a chart's parts look: a style sheet, and the patterns that tell attempts apart. */
final class Style {
  static final String COPY = "url(#copy)";
  static final String WASTED = "url(#wasted)";

  private static final String SHEET =
      """
      text { font: 11px Inter, 'Helvetica Neue', Helvetica, Arial, 'DejaVu Sans', sans-serif; fill: #24292f }
      text.title { font-size: 18px; font-weight: 600 }
      text.subtitle { font-size: 12px; fill: #6e7781 }
      text.group { font-weight: 600 }
      text.device { fill: #6e7781; text-anchor: end }
      text.share { fill: #6e7781 }
      text.tick { fill: #6e7781; text-anchor: middle }
      text.bound { fill: #0969da; text-anchor: middle }
      text.met { font-size: 10px; fill: #1a7f37; text-anchor: middle }
      text.missed { font-size: 10px; fill: #cf222e; text-anchor: middle }
      text.on-dark { font-size: 9.5px; fill: #ffffff; pointer-events: none }
      text.on-light { font-size: 9.5px; pointer-events: none }
      rect.paper { fill: #ffffff }
      rect.lane { fill: #f6f8fa }
      rect.bar { stroke: #ffffff; stroke-width: 0.6 }
      rect.thin { stroke: none }
      rect.silent { fill: #cf222e; fill-opacity: 0.1 }
      rect.critical { fill: none; stroke: #111418; stroke-width: 1.8 }
      rect.critical-thin { fill: none; stroke: #111418; stroke-width: 0.9 }
      rect.silent-swatch { fill: #f9dfe0; stroke: #cf222e }
      line.grid { stroke: #e4e7eb }
      line.silent { stroke: #cf222e; stroke-width: 1.5 }
      line.bound { stroke: #0969da; stroke-width: 1.4; stroke-dasharray: 2 3 }
      line.met { stroke: #1a7f37; stroke-width: 1.2; stroke-dasharray: 6 4 }
      line.missed { stroke: #cf222e; stroke-width: 1.2; stroke-dasharray: 6 4 }
      line.critical { stroke: #111418; stroke-width: 0.8; stroke-opacity: 0.55 }
      .wasted .bar, .wasted .thin { fill-opacity: 0.4 }
      .critical-path { pointer-events: none }
      .task:hover .bar, .wasted:hover .bar { stroke: #111418; stroke-width: 1.2 }
      """;

  private Style() {}

  static void define(SvgWriter svg) {
    svg.text("style", SHEET);
    svg.open("defs");
    pattern(svg, "copy", "45", "#ffffff", "0.75");
    pattern(svg, "wasted", "-45", "#24292f", "0.55");
    svg.close();
  }

  private static void pattern(
      SvgWriter svg, String id, String angle, String colour, String opacity) {
    String turned = "rotate(" + angle + ")";
    svg.open(
        "pattern",
        "id",
        id,
        "width",
        6.0,
        "height",
        6.0,
        "patternUnits",
        "userSpaceOnUse",
        "patternTransform",
        turned);
    svg.leaf(
        "path", "d", "M0 0V6", "stroke", colour, "stroke-width", 2.2, "stroke-opacity", opacity);
    svg.close();
  }
}
