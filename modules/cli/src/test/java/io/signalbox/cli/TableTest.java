package io.signalbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.signalbox.cli.output.Cell;
import io.signalbox.cli.output.Table;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void numbersStandOnTheRightUnderTheirHeading() {
    Table table = Table.of("device", "busyShare").row("cpu-0", Cell.share(0.5)).row("x", null);
    assertEquals(
        List.of("DEVICE  BUSY SHARE", "cpu-0       50.0 %", "x                -"), table.lines());
  }

  @Test
  void programsReadTheValuesBehindTheText() {
    Table table = Table.of("job", "remainingSeconds").row("a", Cell.seconds(90.5));
    assertEquals(List.of(Map.of("job", "a", "remainingSeconds", 90.5)), table.objects());
    assertEquals("a       90.5 s", table.lines().get(1));
  }

  @Test
  void secondsAreShownInAUnitThatSuitsThem() {
    assertEquals("5 ms", Cell.duration(0.005));
    assertEquals("1.5 s", Cell.duration(1.5));
    assertEquals("2.5 min", Cell.duration(150));
    assertEquals("3.0 h", Cell.duration(10_800));
    assertEquals("7.0 d", Cell.duration(604_800));
  }
}
