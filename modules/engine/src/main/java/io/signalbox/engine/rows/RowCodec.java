package io.signalbox.engine.rows;

import io.signalbox.core.estimate.RunTime;
import io.signalbox.core.fairness.Allowance;
import io.signalbox.core.hotspot.HotOperation;
import io.signalbox.core.pool.Row;
import io.signalbox.core.pool.RowKey;

/**
 * Rows as bytes. The first byte is the version of the format, the rest the row's fields in the
 * order in which they are declared, without those that the key already holds. The format is spelt
 * out by hand rather than by a schema: rows are private to the engine, several are written per
 * transition, and their field names would outweigh their content.
 *
 * <p>A change of the format takes a new version; the engine must go on reading the old ones, since
 * they are what its changelog holds.
 */
public final class RowCodec {
  /** Version that is written where it says all. */
  public static final int VERSION = 1;

  /** Version of rows of devices and tasks with labels, which are at the end. */
  static final int LABELLED = 2;

  private RowCodec() {}

  /** The row without its key. */
  public static byte[] encode(Row row) {
    ByteWriter out = new ByteWriter().octet(version(row));
    switch (row) {
      case Row.PoolRow pool -> out.flag(pool.paused()).map(pool.placement(), ByteWriter::text);
      case Row.DeviceRow device ->
          DeviceFields.write(out, device.report())
              .flag(device.drained())
              .real(device.slowness())
              .optional(device.quarantine(), DeviceFields::writeQuarantine);
      case Row.RunTimeRow runTime -> writeRunTime(out, runTime.runTime());
      case Row.JobRow job -> JobFields.write(out, job);
      case Row.SpecRow spec -> TaskFields.writeSpec(out, spec.spec());
      case Row.TaskRow task -> {
        TaskFields.writeState(out, task.state());
        out.optional(task.copy(), TaskFields::writeState)
            .number(task.attempts())
            .number(task.failures());
      }
      case Row.ResultRow result -> TaskFields.writeContent(out, result.result());
      case Row.AllowanceRow tenant ->
          out.real(tenant.allowance().tokens()).real(tenant.allowance().at());
      case Row.HotspotRow hot -> writeHot(out, hot.hot());
    }
    writeLabels(out, row);
    return out.toByteArray();
  }

  private static int version(Row row) {
    boolean labelled =
        switch (row) {
          case Row.DeviceRow device -> DeviceFields.isLabelled(device.report());
          case Row.SpecRow spec -> !spec.spec().labels().areNone();
          case Row.PoolRow pool -> false;
          case Row.RunTimeRow runTime -> false;
          case Row.JobRow job -> false;
          case Row.TaskRow task -> false;
          case Row.ResultRow result -> false;
          case Row.HotspotRow hot -> false;
          case Row.AllowanceRow tenant -> false;
        };
    return labelled ? LABELLED : VERSION;
  }

  private static void writeLabels(ByteWriter out, Row row) {
    if (version(row) == LABELLED && row instanceof Row.DeviceRow device) {
      DeviceFields.writeLabels(out, device.report());
    } else if (version(row) == LABELLED && row instanceof Row.SpecRow spec) {
      TaskFields.writeLabels(out, spec.spec().labels());
    }
  }

  /** The row with the labels that are at the end of a row of the second version. */
  private static Row readLabels(ByteReader in, Row row) {
    if (row instanceof Row.DeviceRow device) {
      return new Row.DeviceRow(
          DeviceFields.readLabels(in, device.report()),
          device.drained(),
          device.slowness(),
          device.quarantine());
    }
    if (row instanceof Row.SpecRow spec) {
      return new Row.SpecRow(spec.job(), TaskFields.readLabels(in, spec.spec()));
    }
    throw new UnreadableRowException("a row of this kind has no labels");
  }

  /**
   * Reads a row.
   *
   * @param pool its pool, for the error's text
   * @param key its key
   * @param bytes what {@link #encode} gave
   * @throws UnreadableRowException when the version is unknown or the bytes make no row
   */
  public static Row decode(String pool, RowKey key, byte[] bytes) {
    try {
      ByteReader in = new ByteReader(bytes);
      int version = in.octet();
      if (version != VERSION && version != LABELLED) {
        throw new UnreadableRowException(
            "its format is version "
                + version
                + ", this engine reads "
                + VERSION
                + " and "
                + LABELLED
                + ": run the release that wrote it, or a newer one");
      }
      Row row = read(in, key);
      if (version == LABELLED) {
        row = readLabels(in, row);
      }
      in.end();
      return row;
    } catch (UnreadableRowException | IllegalArgumentException | ArithmeticException e) {
      UnreadableRowException named =
          new UnreadableRowException(
              "row " + key + " of pool '" + pool + "' can't be read: " + e.getMessage());
      named.initCause(e);
      throw named;
    }
  }

  private static Row read(ByteReader in, RowKey key) {
    return switch (key.kind()) {
      case POOL -> new Row.PoolRow(in.flag(), in.map(ByteReader::text));
      case DEVICE ->
          new Row.DeviceRow(
              DeviceFields.read(in, key.owner()),
              in.flag(),
              in.real(),
              in.optional(DeviceFields::readQuarantine));
      case RUN_TIME -> new Row.RunTimeRow(readRunTime(in));
      case JOB -> JobFields.read(in, key.owner());
      case SPEC -> new Row.SpecRow(key.owner(), TaskFields.readSpec(in, key.task()));
      case TASK ->
          new Row.TaskRow(
              key.owner(),
              key.task(),
              TaskFields.readState(in),
              in.optional(TaskFields::readCopy),
              in.integer(),
              in.integer());
      case HOTSPOT -> new Row.HotspotRow(readHot(in, key));
      case RESULT -> new Row.ResultRow(key.owner(), key.task(), TaskFields.readContent(in));
      case ALLOWANCE -> new Row.AllowanceRow(key.owner(), new Allowance(in.real(), in.real()));
    };
  }

  private static void writeHot(ByteWriter out, HotOperation hot) {
    out.real(hot.share())
        .real(hot.countShare())
        .real(hot.perSecond())
        .real(hot.meanSeconds())
        .real(hot.at());
  }

  private static HotOperation readHot(ByteReader in, RowKey key) {
    return new HotOperation(
        key.owner(), key.task(), in.real(), in.real(), in.real(), in.real(), in.real());
  }

  private static void writeRunTime(ByteWriter out, RunTime runTime) {
    out.text(runTime.operation())
        .text(runTime.version())
        .text(runTime.deviceClass())
        .number(runTime.samples())
        .real(runTime.logSecondsMean())
        .real(runTime.logWorkMean())
        .real(runTime.logVariance())
        .real(runTime.logWorkVariance())
        .real(runTime.logWorkCovariance())
        .number(runTime.givenSamples())
        .real(runTime.givenBias())
        .real(runTime.givenVariance());
  }

  private static RunTime readRunTime(ByteReader in) {
    return new RunTime(
        in.text(),
        in.text(),
        in.text(),
        in.number(),
        in.real(),
        in.real(),
        in.real(),
        in.real(),
        in.real(),
        in.number(),
        in.real(),
        in.real());
  }
}
