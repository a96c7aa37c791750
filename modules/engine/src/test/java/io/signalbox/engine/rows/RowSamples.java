package io.signalbox.engine.rows;

import io.signalbox.core.admission.Adjustment;
import io.signalbox.core.admission.Proof;
import io.signalbox.core.device.DeviceReport;
import io.signalbox.core.device.Quarantine;
import io.signalbox.core.estimate.RunTime;
import io.signalbox.core.fairness.Allowance;
import io.signalbox.core.hotspot.HotOperation;
import io.signalbox.core.job.Admission;
import io.signalbox.core.job.AttemptRef;
import io.signalbox.core.job.Content;
import io.signalbox.core.job.Dependency;
import io.signalbox.core.job.JobHeader;
import io.signalbox.core.job.LabelRules;
import io.signalbox.core.job.TaskError;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.core.job.TaskState;
import io.signalbox.core.pool.Row;
import io.signalbox.core.pool.TaskCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Rows with random fields, of every kind and every state. */
final class RowSamples {
  private final RandomGenerator random;

  RowSamples(RandomGenerator random) {
    this.random = random;
  }

  /** One of each. */
  List<Row> all() {
    List<Row> rows = new ArrayList<>(ofTheFirstRelease());
    Quarantine late = new Quarantine(Quarantine.Reason.RESPONSE, real(), real(), small());
    rows.add(new Row.DeviceRow(report(), random.nextBoolean(), real(), late));
    rows.add(new Row.AllowanceRow(text(), new Allowance(real(), real())));
    TaskState again = new TaskState.Ready(real(), true);
    rows.add(new Row.TaskRow(text(), text(), again, null, small(), small()));
    rows.add(new Row.DeviceRow(report().in(text(), Map.of(text(), text())), true, 1, late));
    LabelRules labels = LabelRules.of(Map.of(text(), text()), Map.of());
    rows.add(new Row.SpecRow(text(), spec().with(labels)));
    double share = random.nextDouble();
    rows.add(
        new Row.HotspotRow(
            new HotOperation(text(), text(), share, share / 2, real(), real(), real())));
    return rows;
  }

  /** One of each kind that the first release could write; what came later isn't among them. */
  List<Row> ofTheFirstRelease() {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row.PoolRow(random.nextBoolean(), Map.of("policy", "late", "stealRatio", "0.5")));
    rows.add(new Row.DeviceRow(report(), random.nextBoolean(), 1, null));
    for (Quarantine.Reason reason :
        List.of(
            Quarantine.Reason.SLOW, Quarantine.Reason.FAILURES, Quarantine.Reason.HEALTH_CHECKS)) {
      Quarantine quarantine = new Quarantine(reason, real(), real(), small());
      rows.add(new Row.DeviceRow(report(), random.nextBoolean(), real(), quarantine));
    }
    rows.add(new Row.RunTimeRow(runTime()));
    rows.add(new Row.JobRow(text(), header(), random.nextBoolean(), real(), null, null));
    for (Proof.Method method : Proof.Method.values()) {
      rows.add(new Row.JobRow(text(), header(), true, real(), proof(method), null));
    }
    for (Row.JobState state : Row.JobState.values()) {
      rows.add(
          new Row.JobRow(
              text(),
              header(),
              true,
              real(),
              null,
              new Row.Outcome(
                  state, real(), list(this::text), new TaskCounts(small(), 0, small(), 3))));
    }
    rows.add(new Row.SpecRow(text(), spec()));
    for (TaskState state : states()) {
      rows.add(new Row.TaskRow(text(), text(), state, null, small(), small()));
      if (state instanceof TaskState.Placed copy) {
        rows.add(new Row.TaskRow(text(), text(), state, copy, small(), small()));
      }
    }
    rows.add(new Row.ResultRow(text(), text(), content()));
    return rows;
  }

  private List<TaskState> states() {
    List<TaskState> states =
        new ArrayList<>(
            List.of(
                new TaskState.Waiting(),
                new TaskState.Ready(real()),
                new TaskState.Offered(small(), text(), small(), real(), real()),
                new TaskState.Running(small(), text(), small(), real(), real()),
                new TaskState.Linked(small(), text(), small(), text(), small(), real(), real()),
                new TaskState.BackingOff(real()),
                new TaskState.Succeeded(small(), text(), real())));
    for (TaskError.Kind kind : TaskError.Kind.values()) {
      states.add(new TaskState.Failed(new TaskError(kind, text())));
    }
    return states;
  }

  private DeviceReport report() {
    return new DeviceReport(
        text(),
        text(),
        random.nextLong(),
        random.nextLong(),
        DeviceReport.State.values()[random.nextInt(3)],
        list(this::small),
        small(),
        small(),
        small(),
        list(() -> new DeviceReport.Held(new AttemptRef(text(), text(), small()), true)),
        random.nextLong(),
        real(),
        real(),
        real(),
        random.nextBoolean(),
        Set.of());
  }

  private RunTime runTime() {
    return new RunTime(
        text(),
        text(),
        text(),
        random.nextLong(),
        real(),
        real(),
        real(),
        real(),
        real(),
        random.nextLong(),
        real(),
        real());
  }

  private JobHeader header() {
    return random.nextBoolean()
        ? JobHeader.DEFAULT
        : new JobHeader(
            text(),
            real(),
            Admission.values()[random.nextInt(3)],
            Map.of(text(), text(), text() + "2", text()),
            text());
  }

  private Proof proof(Proof.Method method) {
    boolean known = random.nextBoolean();
    return new Proof(
        Proof.Verdict.values()[random.nextInt(3)],
        method,
        real(),
        real(),
        known ? real() : null,
        known ? real() : null,
        known ? text() : null,
        small(),
        known ? null : text(),
        list(() -> new Adjustment(text(), text())));
  }

  private TaskSpec spec() {
    Map<String, Double> estimates = new TreeMap<>();
    list(this::text).forEach(name -> estimates.put(name, real()));
    return new TaskSpec(
        text(),
        text(),
        "",
        list(() -> new Dependency(text(), random.nextLong())),
        real(),
        estimates,
        list(this::text),
        random.nextLong(),
        random.nextBoolean() ? content() : null,
        real(),
        small());
  }

  private Content content() {
    byte[] bytes = new byte[random.nextInt(300)];
    random.nextBytes(bytes);
    return random.nextBoolean()
        ? Content.inline(text(), bytes)
        : new Content(text(), null, text(), random.nextLong());
  }

  private <T> List<T> list(Supplier<T> element) {
    return IntStream.range(0, random.nextInt(4)).mapToObj(i -> element.get()).toList();
  }

  private int small() {
    return random.nextInt(-5, 100_000);
  }

  private double real() {
    return random.nextDouble() * 1e9;
  }

  /** Letters of one to four bytes, and the byte that the keys escape. */
  private String text() {
    int[] letters = {'a', '0', ':', 0, 0xFF, 0x20AC, 0x1F600};
    return IntStream.range(0, 1 + random.nextInt(20))
        .map(i -> letters[random.nextInt(letters.length)])
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
