package io.signalbox.simulator.gantt;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** A chart as any reader of XML sees it. */
record DrawnChart(Document document) {
  /** A rectangle of a bar, and the words that stand at it. */
  record Rect(String task, String words, double x, double y, double width, double height) {
    double end() {
      return x + width;
    }
  }

  static DrawnChart of(String svg) {
    try {
      return new DrawnChart(
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8))));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new AssertionError("not well-formed: " + svg, e);
    }
  }

  /** The groups of a class. */
  List<Element> groups(String name) {
    List<Element> groups = new ArrayList<>();
    NodeList all = document.getElementsByTagName("g");
    for (int i = 0; i < all.getLength(); i++) {
      Element group = (Element) all.item(i);
      if (group.getAttribute("class").equals(name)) {
        groups.add(group);
      }
    }
    return groups;
  }

  /** The bars of a class of groups, each with its first rectangle. */
  List<Rect> bars(String name) {
    return groups(name).stream().map(DrawnChart::rect).toList();
  }

  private static Rect rect(Element group) {
    Element rect = (Element) group.getElementsByTagName("rect").item(0);
    return new Rect(
        group.getAttribute("data-task"),
        title(group),
        number(rect, "x"),
        number(rect, "y"),
        number(rect, "width"),
        number(rect, "height"));
  }

  static String title(Element group) {
    return group.getElementsByTagName("title").item(0).getTextContent();
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  double height() {
    return number(document.getDocumentElement(), "height");
  }

  String text() {
    return document.getDocumentElement().getTextContent();
  }
}
