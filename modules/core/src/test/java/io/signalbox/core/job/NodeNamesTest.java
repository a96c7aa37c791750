package io.signalbox.core.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NodeNamesTest {
  @Test
  void namesAreNumberedAsTheyCome() {
    NodeNames names = new NodeNames();
    for (int node = 0; node < 10_000; node++) {
      assertEquals(-1, names.find("task-" + node));
      assertEquals(node, names.findOrAdd("task-" + node));
    }
    for (int node = 0; node < 10_000; node++) {
      assertEquals(node, names.find("task-" + node));
      assertEquals("task-" + node, names.name(node));
    }
    assertEquals(-1, names.find("task-10000"));
    assertEquals(-1, names.find(""));
  }

  @Test
  void namesOfEqualHashCodesAreToldApart() {
    NodeNames names = new NodeNames();
    List<String> alike = List.of("");
    for (int i = 0; i < 12; i++) {
      alike = alike.stream().flatMap(name -> Stream.of(name + "Aa", name + "BB")).toList();
    }
    assertEquals(1, alike.stream().mapToInt(String::hashCode).distinct().count());
    alike.forEach(names::findOrAdd);
    for (int node = 0; node < alike.size(); node++) {
      assertEquals(node, names.find(alike.get(node)));
    }
  }
}
