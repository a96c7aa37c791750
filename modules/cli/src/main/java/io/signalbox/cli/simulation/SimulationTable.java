package io.signalbox.cli.simulation;

import io.signalbox.cli.output.Cell;
import io.signalbox.cli.output.Output;
import io.signalbox.cli.output.Table;
import io.signalbox.simulator.report.Reports;
import io.signalbox.simulator.report.SimulationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reports for people, on a terminal of 120 columns: a block of lines a workflow, and the geometric
 * means that policies are compared by.
 */
public final class SimulationTable {
  private SimulationTable() {}

  /** Writes the reports, which come workflow by workflow. */
  public static void write(List<SimulationReport> reports, Output output) {
    List<String> lines = table(reports).lines();
    String workflow = "";
    output.line(lines.getFirst());
    for (int i = 0; i < reports.size(); i++) {
      SimulationReport report = reports.get(i);
      if (!report.workflow().equals(workflow)) {
        workflow = report.workflow();
        output.line(title(report));
      }
      output.line(lines.get(i + 1));
    }
    output.line("");
    output.line("busy: per cent of the time of " + classes(reports));
    output.line("");
    means(reports).lines().forEach(output::line);
  }

  private static String title(SimulationReport report) {
    return String.format(
        Locale.ROOT,
        "%s: %,d tasks, no schedule beats %s",
        report.workflow(),
        report.tasks(),
        Cell.duration(report.lowerBoundSeconds()));
  }

  /**
   * A column.
   *
   * @param key names it
   * @param always whether it is shown even where it is 0 in every row
   * @param value of a report
   */
  private record Column(String key, boolean always, Function<SimulationReport, Object> value) {
    static Column always(String key, Function<SimulationReport, Object> value) {
      return new Column(key, true, value);
    }

    static Column ifAny(String key, Function<SimulationReport, Object> value) {
      return new Column(key, false, value);
    }

    boolean isShown(List<SimulationReport> reports) {
      return always || reports.stream().anyMatch(report -> !value.apply(report).equals(0));
    }
  }

  private static final List<Column> COLUMNS =
      List.of(
          Column.always("policy", report -> "  " + report.policy()),
          Column.always("seed", SimulationReport::seed),
          Column.always("makespanSeconds", report -> Cell.seconds(report.makespanSeconds())),
          Column.always("ratio", report -> ratio(report.ratio())),
          Column.always("responseSeconds", report -> Cell.seconds(report.meanResponseSeconds())),
          Column.always("waitSeconds", report -> Cell.seconds(report.meanWaitSeconds())),
          Column.always("attempts", SimulationReport::attempts),
          Column.ifAny("copies", SimulationReport::copies),
          Column.ifAny("late", SimulationReport::deadlineMisses),
          Column.ifAny("rejected", SimulationReport::rejected),
          Column.always("energy", report -> energy(report.energyJoules())),
          Column.always("decision", report -> number(report.microsPerDecision(), "%.1f µs")),
          Column.always("busy", report -> busy(report.utilisation())));

  private static Table table(List<SimulationReport> reports) {
    List<Column> shown = COLUMNS.stream().filter(column -> column.isShown(reports)).toList();
    Table table = Table.of(shown.stream().map(Column::key).toArray(String[]::new));
    for (SimulationReport report : reports) {
      table.row(shown.stream().map(column -> column.value().apply(report)).toArray());
    }
    return table;
  }

  private static Cell ratio(double ratio) {
    return number(ratio, "%.3f");
  }

  private static Cell number(double value, String format) {
    return new Cell(value, String.format(Locale.ROOT, format, value));
  }

  private static Cell energy(double joules) {
    String text =
        joules < 1e6
            ? String.format(Locale.ROOT, "%.1f kJ", joules / 1e3)
            : String.format(Locale.ROOT, "%.2f kWh", joules / 3.6e6);
    return new Cell(joules, text);
  }

  private static String busy(Map<String, Double> utilisation) {
    return utilisation.values().stream()
        .map(share -> String.format(Locale.ROOT, "%.0f", share * 100))
        .collect(Collectors.joining("/"));
  }

  private static String classes(List<SimulationReport> reports) {
    return reports.stream()
        .findFirst()
        .map(report -> String.join(" / ", new ArrayList<>(report.utilisation().keySet())))
        .orElse("no class");
  }

  private static Table means(List<SimulationReport> reports) {
    Table table = Table.of("policy", "geometricMeanOfRatios", "runs");
    Reports.meanRatios(reports)
        .forEach((policy, mean) ->
            table.row(
                policy,
                ratio(mean),
                reports.stream().filter(report -> report.policy().equals(policy)).count()));
    return table;
  }
}
