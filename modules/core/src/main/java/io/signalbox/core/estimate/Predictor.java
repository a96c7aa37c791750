package io.signalbox.core.estimate;

import io.signalbox.core.device.DeviceClass;
import io.signalbox.core.job.Workload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Predicts one run time from all there is: the operation's samples on the class or, scaled, on
 * others; the task's own estimates, corrected by how they erred so far; or else the classes'
 * throughput.
 */
final class Predictor {
  private static final double RATIO_VARIANCE = 0.25;
  private static final double GUESS_VARIANCE = 1;
  static final long MOST_WEIGHT = 20;

  private final List<DeviceClass> classes;
  private final ClassSpeeds speeds;
  private final Prediction prediction = new Prediction();
  private double amountLast = 1;
  private double logLast;

  Predictor(List<DeviceClass> classes, ClassSpeeds speeds) {
    this.classes = classes;
    this.speeds = speeds;
  }

  /**
   * ln of the expected run time.
   *
   * @param times what is kept of the task's own estimates; null when it has none
   */
  double logSeconds(
      Workload work,
      @Nullable OperationModel operation,
      @Nullable TaskTimes times,
      int deviceClass) {
    ClassModel own = operation == null ? null : operation.classes[deviceClass];
    if (operation != null && own != null && own.samples > 0 && times == null) {
      // As below, but for what cancels out.
      double logMean = own.logSecondsOf(logOf(work.amount()), operation.exponent);
      return (own.weight * logMean + own.weight * own.variance / 2) / own.weight;
    }
    return predict(work, operation, times, deviceClass).logMeanSeconds();
  }

  /** The same as a log-normal, which is this predictor's own and holds until the next question. */
  Prediction predict(
      Workload work,
      @Nullable OperationModel operation,
      @Nullable TaskTimes times,
      int deviceClass) {
    prediction.clear();
    double logAmount = logOf(work.amount());
    if (operation != null) {
      addSamples(work, operation, deviceClass, logAmount);
    }
    if (times != null && times.givenLogs.length > 0) {
      addGiven(times, operation, deviceClass);
    }
    if (prediction.isEmpty()) {
      prediction.add(logAmount + speeds.logGuess(deviceClass), 0, GUESS_VARIANCE);
    }
    return prediction;
  }

  /** The logarithm of an amount of work; that of the last one is known. */
  double logOf(double amount) {
    if (amount != amountLast) {
      amountLast = amount;
      logLast = Math.log(amount);
    }
    return logLast;
  }

  private void addSamples(
      Workload work, OperationModel operation, int deviceClass, double logAmount) {
    ClassModel own = operation.classes[deviceClass];
    if (own != null && own.samples > 0) {
      double logMean = own.logSecondsOf(logAmount, operation.exponent);
      prediction.add(logMean, own.variance, own.uncertainVariance, own.weight);
      return;
    }
    if (work.givenSecondsByClass().isEmpty()) {
      addUnseen(operation, deviceClass, logAmount);
      return;
    }
    double weights = 0;
    double logMeans = 0;
    double variances = 0;
    for (int from = 0; from < classes.size(); from++) {
      ClassModel model = operation.classes[from];
      if (model != null && model.samples > 0) {
        double weight = (double) Math.min(model.samples, MOST_WEIGHT);
        weights += weight;
        logMeans +=
            weight
                * (model.logSecondsOf(logAmount, operation.exponent)
                    + logRatio(work, from, deviceClass));
        variances += weight * model.variance;
      }
    }
    if (weights > 0) {
      double variance = variances / weights;
      prediction.add(logMeans / weights, variance, variance + RATIO_VARIANCE);
    }
  }

  /** By samples on other classes alone, which say the same of all tasks of the operation. */
  private void addUnseen(OperationModel operation, int deviceClass, double logAmount) {
    double logOfUnit = operation.unseenLog(deviceClass);
    if (!Double.isNaN(logOfUnit)) {
      double variance = operation.unseenVariance(deviceClass);
      double logMean = logOfUnit + operation.exponent * logAmount;
      prediction.add(logMean, variance, variance + RATIO_VARIANCE);
    }
  }

  /** By what the task's own estimates say of the classes, if they do. */
  private double logRatio(Workload work, int from, int to) {
    Double givenFrom = work.givenSecondsByClass().get(classes.get(from).name());
    Double givenTo = work.givenSecondsByClass().get(classes.get(to).name());
    return givenFrom == null || givenTo == null
        ? speeds.logRatio(from, to)
        : Math.log(givenTo / givenFrom);
  }

  private void addGiven(TaskTimes times, @Nullable OperationModel operation, int deviceClass) {
    double given = times.givenLogs[deviceClass];
    if (!Double.isNaN(given)) {
      addGiven(operation, deviceClass, given, 0);
      return;
    }
    double sum = 0;
    int count = 0;
    for (int from = 0; from < classes.size(); from++) {
      double other = times.givenLogs[from];
      if (!Double.isNaN(other)) {
        sum += other + speeds.logRatio(from, deviceClass);
        count++;
      }
    }
    if (count > 0) {
      addGiven(operation, deviceClass, sum / count, RATIO_VARIANCE);
    }
  }

  private void addGiven(
      @Nullable OperationModel operation, int deviceClass, double logGiven, double doubt) {
    ClassModel own = operation == null ? null : operation.classes[deviceClass];
    if (own != null && own.givenSamples > 0) {
      double logMean = logGiven + own.expectedGivenBias();
      if (doubt == 0) {
        prediction.add(logMean, own.givenVariance, own.uncertainGivenVariance, own.givenWeight);
      } else {
        prediction.add(logMean, own.givenVariance, own.uncertainGivenVariance + doubt);
      }
    } else {
      double bias = operation == null ? 0 : biasElsewhere(operation);
      prediction.add(logGiven + bias, 0, ClassModel.PRIOR_VARIANCE + doubt);
    }
  }

  private static double biasElsewhere(OperationModel operation) {
    double weights = 0;
    double sum = 0;
    for (ClassModel model : operation.classes) {
      if (model != null && model.givenSamples > 0) {
        double weight = (double) Math.min(model.givenSamples, MOST_WEIGHT);
        weights += weight;
        sum += weight * model.expectedGivenBias();
      }
    }
    return weights == 0 ? 0 : sum / weights;
  }
}
