package io.signalbox.engine.rows;

import io.signalbox.core.admission.Adjustment;
import io.signalbox.core.admission.Proof;
import io.signalbox.core.job.Admission;
import io.signalbox.core.job.JobHeader;
import io.signalbox.core.pool.Row;
import io.signalbox.core.pool.TaskCounts;
import java.util.List;

/** The fields of a job's row; the job's id is in the key. */
final class JobFields {
  private static final EnumCode<Row.JobState> OUTCOMES =
      new EnumCode<>(
          List.of(
              Row.JobState.SUCCEEDED,
              Row.JobState.FAILED,
              Row.JobState.CANCELLED,
              Row.JobState.REJECTED));

  private static final EnumCode<Admission> ADMISSIONS =
      new EnumCode<>(List.of(Admission.ENFORCE, Admission.WARN, Admission.OFF));

  private static final EnumCode<Proof.Verdict> VERDICTS =
      new EnumCode<>(
          List.of(Proof.Verdict.ACCEPTED, Proof.Verdict.REJECTED, Proof.Verdict.AT_RISK));

  private static final EnumCode<Proof.Method> METHODS =
      new EnumCode<>(
          List.of(Proof.Method.LOWER_BOUND, Proof.Method.TYPED_BOUND, Proof.Method.SIMULATION));

  private JobFields() {}

  static void write(ByteWriter out, Row.JobRow job) {
    JobHeader header = job.header();
    out.text(header.tenant())
        .optional(header.deadline(), ByteWriter::real)
        .octet(ADMISSIONS.number(header.admission()))
        .map(header.labels(), ByteWriter::text)
        .optional(header.traceparent(), ByteWriter::text)
        .flag(job.sealed())
        .real(job.acceptedAt())
        .optional(job.proof(), JobFields::writeProof)
        .optional(job.outcome(), JobFields::writeOutcome);
  }

  static Row.JobRow read(ByteReader in, String job) {
    JobHeader header =
        new JobHeader(
            in.text(),
            in.optional(ByteReader::real),
            ADMISSIONS.constant(in.octet()),
            in.map(ByteReader::text),
            in.optional(ByteReader::text));
    return new Row.JobRow(
        job,
        header,
        in.flag(),
        in.real(),
        in.optional(JobFields::readProof),
        in.optional(JobFields::readOutcome));
  }

  private static void writeProof(ByteWriter out, Proof proof) {
    out.octet(VERDICTS.number(proof.verdict()))
        .octet(METHODS.number(proof.method()))
        .real(proof.testedAt())
        .real(proof.deadline())
        .optional(proof.predictedFinish(), ByteWriter::real)
        .optional(proof.earliestFeasibleDeadline(), ByteWriter::real)
        .optional(proof.bottleneckClass(), ByteWriter::text)
        .number(proof.missingDevices())
        .optional(proof.harmed(), ByteWriter::text)
        .list(
            proof.adjustments(),
            (each, adjustment) -> each.text(adjustment.operation()).text(adjustment.change()));
  }

  private static Proof readProof(ByteReader in) {
    return new Proof(
        VERDICTS.constant(in.octet()),
        METHODS.constant(in.octet()),
        in.real(),
        in.real(),
        in.optional(ByteReader::real),
        in.optional(ByteReader::real),
        in.optional(ByteReader::text),
        in.integer(),
        in.optional(ByteReader::text),
        in.list(each -> new Adjustment(each.text(), each.text())));
  }

  private static void writeOutcome(ByteWriter out, Row.Outcome outcome) {
    TaskCounts counts = outcome.counts();
    out.octet(OUTCOMES.number(outcome.state()))
        .real(outcome.endedAt())
        .list(outcome.reasons(), ByteWriter::text)
        .number(counts.total())
        .number(counts.running())
        .number(counts.succeeded())
        .number(counts.failed());
  }

  private static Row.Outcome readOutcome(ByteReader in) {
    return new Row.Outcome(
        OUTCOMES.constant(in.octet()),
        in.real(),
        in.list(ByteReader::text),
        new TaskCounts(in.integer(), in.integer(), in.integer(), in.integer()));
  }
}
