package io.signalbox.engine.translate;

import io.signalbox.core.estimate.RunTime;
import io.signalbox.core.estimate.SharedModel;
import io.signalbox.events.ModelStatistics;

/** What pools tell each other of run times, to and from Avro. */
public final class Models {
  private static final int MOST_CHARACTERS = 200;

  private Models() {}

  /** Key of a model in its topic. */
  public static String key(SharedModel model) {
    RunTime runTime = model.runTime();
    return String.join(
        "|",
        model.pool(),
        model.zone(),
        runTime.operation() + "@" + runTime.version(),
        runTime.deviceClass());
  }

  /**
   * The record of a model.
   *
   * @param at when it is told, in seconds since the epoch
   */
  public static ModelStatistics write(SharedModel model, double at) {
    RunTime runTime = model.runTime();
    return ModelStatistics.newBuilder()
        .setPool(model.pool())
        .setZone(model.zone())
        .setOperation(runTime.operation())
        .setVersion(runTime.version())
        .setDeviceClass(runTime.deviceClass())
        .setAt(EpochSeconds.instant(at))
        .setSamples(runTime.samples())
        .setLogSecondsMean(runTime.logSecondsMean())
        .setLogWorkMean(runTime.logWorkMean())
        .setLogVariance(runTime.logVariance())
        .setLogWorkVariance(runTime.logWorkVariance())
        .setLogWorkCovariance(runTime.logWorkCovariance())
        .setGivenSamples(runTime.givenSamples())
        .setGivenBias(runTime.givenBias())
        .setGivenVariance(runTime.givenVariance())
        .build();
  }

  /**
   * The model of a record.
   *
   * @throws UnusableRecordException when its figures can't be
   */
  public static SharedModel read(ModelStatistics value) {
    for (String name :
        new String[] {value.getPool(), value.getZone(), value.getOperation(), value.getVersion()}) {
      if (name.length() > MOST_CHARACTERS) {
        throw new UnusableRecordException(
            "a name in a model has " + name.length() + " characters, more than " + MOST_CHARACTERS);
      }
    }
    try {
      return new SharedModel(
          value.getPool(),
          value.getZone(),
          new RunTime(
              value.getOperation(),
              value.getVersion(),
              value.getDeviceClass(),
              value.getSamples(),
              value.getLogSecondsMean(),
              value.getLogWorkMean(),
              value.getLogVariance(),
              value.getLogWorkVariance(),
              value.getLogWorkCovariance(),
              value.getGivenSamples(),
              value.getGivenBias(),
              value.getGivenVariance()));
    } catch (IllegalArgumentException e) {
      throw new UnusableRecordException(
          "model of '" + value.getOperation() + "': " + e.getMessage());
    }
  }
}
