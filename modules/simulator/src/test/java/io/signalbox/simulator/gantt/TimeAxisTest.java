package io.signalbox.simulator.gantt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeAxisTest {
  @ParameterizedTest
  @CsvSource({
    "12.4, 0|2 s|4 s|6 s|8 s|10 s|12 s",
    "0.03, 0|5 ms|10 ms|15 ms|20 ms|25 ms|30 ms",
    "290, 0|50 s|100 s|150 s|200 s|250 s",
    "1000, 0|2 min|4 min|6 min|8 min|10 min|12 min|14 min|16 min",
    "30000, 0|1 h|2 h|3 h|4 h|5 h|6 h|7 h|8 h",
    "900000, 0|1 d|2 d|3 d|4 d|5 d|6 d|7 d|8 d|9 d|10 d"
  })
  void ticksAreRoundTimes(double end, String labels) {
    TimeAxis axis = new TimeAxis(end, 0, 1_186);
    assertEquals(List.of(labels.split("\\|")), axis.ticks().stream().map(axis::label).toList());
  }

  @Test
  void whateverTheTimeThereAreTicksEnoughAndNotTooMany() {
    for (double end = 1e-7; end < 1e10; end *= 1.7) {
      TimeAxis axis = new TimeAxis(end, 150, 1_186);
      List<Double> ticks = axis.ticks();
      assertTrue(ticks.size() >= 3 && ticks.size() <= 14, end + " s: " + ticks);
      assertTrue(axis.x(ticks.getLast()) <= 150 + 1_186 + 1e-6, end + " s");
      List<String> labels = ticks.stream().map(axis::label).distinct().toList();
      assertEquals(ticks.size(), labels.size(), () -> "labels differ: " + labels);
    }
  }
}
