package io.signalbox.core.estimate;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is known of one version of one operation, on every class it ran on. */
final class OperationModel {
  private static final double MOVED = Math.log(1.05);
  // Until the work of samples differs, run time is taken to grow in proportion to it.
  private static final double PRIOR_EXPONENT = 1;
  private static final double PRIOR_SQUARES = 0.25;
  private static final double LARGEST_EXPONENT = 3;

  final OperationKey key;
  final @Nullable ClassModel[] classes;
  double exponent = PRIOR_EXPONENT;
  long lastUsed;
  boolean isMoved;

  /** Another one whenever a prediction of it may have changed, but for other operations' speeds. */
  long version;

  // What the samples on other classes say of a class without: ln(seconds) of a unit of work, and
  // its variance, as of a version of the speeds. NaN where there is no sample.
  private final double[] unseenLog;
  private final double[] unseenVariance;
  private final long[] unseenAt;

  private final ClassSpeeds speeds;
  // What the speeds have been told of it.
  private final long[] levels;
  private final boolean[] isCounted;
  boolean isUncounted;
  private boolean isWithdrawn;
  // The prediction that was named last, and the amount of work that it was for.
  private final double[] namedLog;
  private final double[] namedWork;
  private double namedExponent = PRIOR_EXPONENT;

  OperationModel(OperationKey key, ClassSpeeds speeds, int classCount) {
    this.key = key;
    this.speeds = speeds;
    classes = new ClassModel[classCount];
    levels = new long[classCount];
    isCounted = new boolean[classCount];
    namedLog = new double[classCount];
    namedWork = new double[classCount];
    Arrays.fill(namedLog, Double.NaN);
    unseenLog = new double[classCount];
    unseenVariance = new double[classCount];
    unseenAt = new long[classCount];
    Arrays.fill(unseenAt, -1);
  }

  ClassModel on(int deviceClass) {
    ClassModel model = classes[deviceClass];
    if (model == null) {
      model = new ClassModel();
      classes[deviceClass] = model;
    }
    return model;
  }

  /** Brings what follows from the samples up to date with them. */
  void refresh() {
    version++;
    exponent = fitExponent();
    speeds.changed(this);
  }

  /** Nothing is predicted by it any more, and it says nothing of the classes' speeds. */
  void withdraw() {
    version++;
    isWithdrawn = true;
    speeds.changed(this);
  }

  /** Tells the speeds what it says of them now, in the place of what it said before. */
  void count() {
    isUncounted = false;
    speeds.remove(levels, isCounted);
    for (int k = 0; k < classes.length; k++) {
      ClassModel model = classes[k];
      isCounted[k] = isKnownOn(k) && !isWithdrawn;
      levels[k] = model == null ? 0 : ClassSpeeds.level(model.logSecondsOf(0, exponent));
    }
    speeds.add(levels, isCounted);
  }

  /** The slope of ln(seconds) over ln(work) within the classes, drawn towards 1. */
  private double fitExponent() {
    double squares = PRIOR_SQUARES;
    double products = PRIOR_EXPONENT * PRIOR_SQUARES;
    for (ClassModel model : classes) {
      if (model != null) {
        squares += model.samples * model.logWorkVariance;
        products += model.samples * model.covariance;
      }
    }
    return Math.clamp(products / squares, 0, LARGEST_EXPONENT);
  }

  /** True when it has samples on the class: what it predicts there is its own affair. */
  boolean isKnownOn(int deviceClass) {
    ClassModel model = classes[deviceClass];
    return model != null && model.samples > 0;
  }

  /** ln(seconds) of a unit of work on a class without samples, by those on others; NaN if none. */
  double unseenLog(int deviceClass) {
    if (unseenAt[deviceClass] != speeds.version()) {
      refreshUnseen(deviceClass);
    }
    return unseenLog[deviceClass];
  }

  /** Variance of the same; asked behind it. */
  double unseenVariance(int deviceClass) {
    return unseenVariance[deviceClass];
  }

  private void refreshUnseen(int deviceClass) {
    double weights = 0;
    double logs = 0;
    double variances = 0;
    for (int from = 0; from < classes.length; from++) {
      ClassModel model = classes[from];
      if (model != null && model.samples > 0) {
        double weight = (double) Math.min(model.samples, Predictor.MOST_WEIGHT);
        weights += weight;
        logs += weight * (model.logSecondsOf(0, exponent) + speeds.logRatio(from, deviceClass));
        variances += weight * model.variance;
      }
    }
    unseenAt[deviceClass] = speeds.version();
    unseenLog[deviceClass] = logs / weights;
    unseenVariance[deviceClass] = variances / weights;
  }

  /** Whether any prediction has moved by more than 5 % since they were named. */
  boolean hasMoved() {
    for (int k = 0; k < classes.length; k++) {
      ClassModel model = classes[k];
      if (model == null || model.samples == 0) {
        continue;
      }
      double turned = Math.abs(exponent - namedExponent) * Math.sqrt(model.logWorkVariance);
      // Not <=: what was never named is NaN, and has moved.
      if (!(Math.abs(logMean(model, namedWork[k]) - namedLog[k]) <= MOVED) || turned > MOVED) {
        return true;
      }
    }
    return false;
  }

  void name() {
    isMoved = false;
    namedExponent = exponent;
    for (int k = 0; k < classes.length; k++) {
      ClassModel model = classes[k];
      boolean isKnown = model != null && model.samples > 0;
      namedWork[k] = isKnown ? model.logWork : 0;
      namedLog[k] = isKnown ? logMean(model, model.logWork) : Double.NaN;
    }
  }

  /** For an amount of work: samples of other sizes don't move it, only longer or shorter ones. */
  private double logMean(ClassModel model, double logAmount) {
    // A bias against given estimates moves predictions too, but no more than the mean itself does.
    return model.logSecondsOf(logAmount, exponent) + model.variance / 2;
  }
}
