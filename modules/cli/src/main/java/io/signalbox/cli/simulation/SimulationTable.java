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

  private static Table table(List<SimulationReport> reports) {
    Table table =
        Table.of(
            "policy",
            "seed",
            "makespanSeconds",
            "ratio",
            "responseSeconds",
            "waitSeconds",
            "attempts",
            "copies",
            "late",
            "rejected",
            "energy",
            "decision",
            "busy");
    for (SimulationReport report : reports) {
      table.row(
          "  " + report.policy(),
          report.seed(),
          Cell.seconds(report.makespanSeconds()),
          ratio(report.ratio()),
          Cell.seconds(report.meanResponseSeconds()),
          Cell.seconds(report.meanWaitSeconds()),
          report.attempts(),
          report.copies(),
          report.deadlineMisses(),
          report.rejected(),
          number(report.energyJoules() / 3.6e6, "%.2f kWh"),
          number(report.microsPerDecision(), "%.1f µs"),
          busy(report.utilisation()));
    }
    return table;
  }

  private static Cell ratio(double ratio) {
    return number(ratio, "%.3f");
  }

  private static Cell number(double value, String format) {
    return new Cell(value, String.format(Locale.ROOT, format, value));
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
