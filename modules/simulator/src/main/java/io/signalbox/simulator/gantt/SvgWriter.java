package io.signalbox.simulator.gantt;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Writes SVG: elements, attributes in pairs of name and value, and escaped text. */
final class SvgWriter {
  /** Where a rectangle is. */
  record Box(double x, double y, double width, double height) {}

  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /** Opens an element; attributes alternate names and values. */
  SvgWriter open(String element, Object... attributes) {
    start(element, attributes);
    out.append(">\n");
    open.push(element);
    return this;
  }

  /** Closes the element that was opened last. */
  SvgWriter close() {
    out.append("</").append(open.pop()).append(">\n");
    return this;
  }

  /** An element without content. */
  SvgWriter leaf(String element, Object... attributes) {
    start(element, attributes);
    out.append("/>\n");
    return this;
  }

  /** An element that holds text. */
  SvgWriter text(String element, String content, Object... attributes) {
    start(element, attributes);
    out.append('>');
    escape(content);
    out.append("</").append(element).append(">\n");
    return this;
  }

  /** A rectangle of a class of the style sheet. */
  SvgWriter rect(String style, Box box, Object... more) {
    Object[] attributes = {
      "class", style, "x", box.x(), "y", box.y(), "width", box.width(), "height", box.height()
    };
    return leaf("rect", joined(attributes, more));
  }

  /** A line of a class of the style sheet. */
  SvgWriter line(String style, double x1, double y1, double x2, double y2) {
    return leaf("line", "class", style, "x1", x1, "y1", y1, "x2", x2, "y2", y2);
  }

  /** A line of text of a class of the style sheet. */
  SvgWriter words(String style, double x, double y, String content, Object... more) {
    Object[] attributes = {"class", style, "x", x, "y", y};
    return text("text", content, joined(attributes, more));
  }

  private static Object[] joined(Object[] first, Object[] more) {
    Object[] all = Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return all;
  }

  private void start(String element, Object... attributes) {
    out.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      Object value = attributes[i + 1];
      escape(value instanceof Double number ? number(number) : String.valueOf(value));
      out.append('"');
    }
  }

  /** A hundredth of a pixel is exact enough, and short. */
  static String number(double value) {
    return new BigDecimal(value)
        .setScale(2, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        default -> out.append(c < ' ' && c != '\n' ? ' ' : c);
      }
    }
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
