package io.signalbox.engine.translate;

import io.signalbox.core.job.AttemptRef;
import io.signalbox.core.job.Content;
import io.signalbox.core.job.Dependency;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.core.pool.Effect;
import io.signalbox.core.pool.Row;
import io.signalbox.core.pool.RowKey;
import io.signalbox.events.Assignment;
import io.signalbox.events.AssignmentType;
import io.signalbox.events.Decision;
import io.signalbox.events.Input;
import io.signalbox.events.PriorAttempt;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Offers and cancellations as Avro; what the pool doesn't hold is read from its rows. */
public final class Assignments {
  private static final double MILLIS = 1e3;

  /** Names and numbers of an assignment, generously. */
  private static final long ENVELOPE_BYTES = 2_048;

  /** Numbers of an input, generously. */
  private static final long INPUT_BYTES = 40;

  private Assignments() {}

  /**
   * The record for an offer.
   *
   * @throws IllegalStateException when a row that the offer rests on is missing
   */
  public static Assignment run(String pool, Effect.Offer offer, StoredRows rows) {
    AttemptRef attempt = offer.attempt();
    TaskSpec spec = spec(attempt, rows);
    return base(pool, attempt, offer.device(), offer.deviceClass(), offer.lane())
        .setType(AssignmentType.RUN)
        .setOperation(spec.operation())
        .setVersion(spec.version())
        .setWork(spec.work())
        .setPayload(Contents.write(spec.payload()))
        .setInputs(inputs(offer, spec, rows))
        .setOfferedAt(EpochSeconds.instant(offer.offeredAt()))
        .setAcceptBy(EpochSeconds.instant(offer.acceptBy()))
        .setTimeoutMillis(Math.round(spec.timeoutSeconds() * MILLIS))
        .setDecision(decision(offer.decision()))
        .setAfter(after(offer))
        .setMemoryBytes(spec.memoryBytes())
        .build();
  }

  /** The record that ends an attempt. */
  public static Assignment cancel(String pool, Effect.Cancel cancel) {
    return base(pool, cancel.attempt(), cancel.device(), cancel.deviceClass(), cancel.lane())
        .setType(AssignmentType.CANCEL)
        .setOperation("")
        .setVersion("")
        .setWork(1.0)
        .setPayload(null)
        .setInputs(List.of())
        .setOfferedAt(EpochSeconds.instant(cancel.at()))
        .setAcceptBy(EpochSeconds.instant(cancel.at()))
        .setTimeoutMillis(0L)
        .setDecision(null)
        .setAfter(null)
        .setMemoryBytes(0L)
        .build();
  }

  /** About how many bytes an assignment is: its payload, and each parent with its result. */
  public static long sizeBytes(Assignment assignment) {
    long bytes = ENVELOPE_BYTES + sizeBytes(assignment.getPayload());
    for (Input input : assignment.getInputs()) {
      bytes +=
          INPUT_BYTES
              + input.getTaskId().length()
              + input.getDeviceId().length()
              + sizeBytes(input.getResult());
    }
    return bytes;
  }

  private static long sizeBytes(io.signalbox.events.@Nullable Content content) {
    if (content == null) {
      return 0;
    }
    return (long) content.getContentType().length()
        + (content.getUri() == null ? 0 : content.getUri().length())
        + (content.getBytes() == null ? 0 : content.getBytes().remaining());
  }

  private static Assignment.Builder base(
      String pool, AttemptRef attempt, String device, String deviceClass, int lane) {
    return Assignment.newBuilder()
        .setPool(pool)
        .setJob(attempt.job())
        .setTaskId(attempt.task())
        .setAttempt(attempt.attempt())
        .setDeviceId(device)
        .setDeviceClass(deviceClass)
        .setLane(lane);
  }

  private static Decision decision(Effect.Decision decision) {
    return new Decision(
        decision.policy(),
        decision.predictedSeconds(),
        EpochSeconds.instant(decision.predictedFinish()),
        decision.upwardRank());
  }

  private static TaskSpec spec(AttemptRef attempt, StoredRows rows) {
    RowKey key = new RowKey(RowKey.Kind.SPEC, attempt.job(), attempt.task());
    if (rows.get(key) instanceof Row.SpecRow row) {
      return row.spec();
    }
    throw new IllegalStateException("offer of " + attempt + ", whose spec isn't stored");
  }

  private static @Nullable PriorAttempt after(Effect.Offer offer) {
    AttemptRef after = offer.after();
    return after == null ? null : new PriorAttempt(after.task(), after.attempt());
  }

  private static List<Input> inputs(Effect.Offer offer, TaskSpec spec, StoredRows rows) {
    List<Dependency> dependencies = spec.dependencies();
    if (dependencies.size() != offer.parents().size()) {
      throw new IllegalStateException(
          "offer of "
              + offer.attempt()
              + " with "
              + offer.parents().size()
              + " parents; stored are "
              + dependencies.size());
    }
    List<Input> inputs = new ArrayList<>(dependencies.size());
    for (int i = 0; i < dependencies.size(); i++) {
      Effect.Parent parent = offer.parents().get(i);
      inputs.add(
          new Input(
              parent.task(),
              parent.device(),
              EpochSeconds.instant(parent.finishedAt()),
              dependencies.get(i).sizeBytes(),
              parent.hasResult()
                  ? Contents.write(result(offer.attempt().job(), parent.task(), rows))
                  : null));
    }
    return inputs;
  }

  private static Content result(String job, String task, StoredRows rows) {
    if (rows.get(new RowKey(RowKey.Kind.RESULT, job, task)) instanceof Row.ResultRow row) {
      return row.result();
    }
    throw new IllegalStateException("the result of " + job + "/" + task + " isn't stored");
  }
}
