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
  private static final long MOST_WEIGHT = 20;

  private final List<DeviceClass> classes;
  private final ClassSpeeds speeds;
  private final Prediction prediction = new Prediction();
  private double amountLast = 1;
  private double logLast;

  Predictor(List<DeviceClass> classes, ClassSpeeds speeds) {
    this.classes = classes;
    this.speeds = speeds;
  }

  Prediction predict(Workload work, @Nullable OperationModel operation, int deviceClass) {
    prediction.clear();
    double logAmount = logOf(work.amount());
    if (operation != null) {
      addSamples(work, operation, deviceClass, logAmount);
    }
    addGiven(work, operation, deviceClass);
    if (prediction.isEmpty()) {
      prediction.add(logAmount + speeds.logGuess(deviceClass), 0, GUESS_VARIANCE);
    }
    return prediction;
  }

  private double logOf(double amount) {
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
      prediction.add(logMean, own.variance, own.uncertainVariance());
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

  /** By what the task's own estimates say of the classes, if they do. */
  private double logRatio(Workload work, int from, int to) {
    Double givenFrom = work.givenSecondsByClass().get(classes.get(from).name());
    Double givenTo = work.givenSecondsByClass().get(classes.get(to).name());
    return givenFrom == null || givenTo == null
        ? speeds.logRatio(from, to)
        : Math.log(givenTo / givenFrom);
  }

  private void addGiven(Workload work, @Nullable OperationModel operation, int deviceClass) {
    if (work.givenSecondsByClass().isEmpty()) {
      return;
    }
    Double given = work.givenSecondsByClass().get(classes.get(deviceClass).name());
    if (given != null) {
      addGiven(operation, deviceClass, Math.log(given), 0);
      return;
    }
    double sum = 0;
    int count = 0;
    for (int from = 0; from < classes.size(); from++) {
      Double other = work.givenSecondsByClass().get(classes.get(from).name());
      if (other != null) {
        sum += Math.log(other) + speeds.logRatio(from, deviceClass);
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
      double variance = own.uncertainGivenVariance() + doubt;
      prediction.add(logGiven + own.expectedGivenBias(), own.givenVariance, variance);
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
