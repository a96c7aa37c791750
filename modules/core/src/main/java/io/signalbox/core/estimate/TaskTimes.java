package io.signalbox.core.estimate;

import io.signalbox.core.job.Foreseen;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an estimator keeps of a task: the logarithms of its own estimates, and what was predicted
 * for it last, which holds as long as its operation's model is what it was.
 */
final class TaskTimes implements Foreseen {
  private static final double[] NONE = {};

  /** By class; NaN where the task says nothing. Empty when it says nothing of any class. */
  final double[] givenLogs;

  /** True when the task says something of each class. */
  final boolean isGivenEverywhere;

  private double @Nullable [] seconds;
  private @Nullable OperationModel model;
  private long version;

  TaskTimes(Map<String, Double> given, List<String> classes) {
    givenLogs = given.isEmpty() ? NONE : new double[classes.size()];
    boolean everywhere = !given.isEmpty();
    for (int k = 0; k < givenLogs.length; k++) {
      Double expected = given.get(classes.get(k));
      givenLogs[k] = expected == null ? Double.NaN : Math.log(expected);
      everywhere &= expected != null;
    }
    isGivenEverywhere = everywhere;
  }

  /** The run time on a class that was predicted last, if that still holds; else NaN. */
  double secondsOn(int deviceClass) {
    return seconds == null || model == null || model.version != version
        ? Double.NaN
        : seconds[deviceClass];
  }

  /** Keeps a prediction by the model as it is. */
  void predicted(OperationModel by, int deviceClass, double predicted) {
    double[] kept = seconds;
    if (kept == null) {
      kept = new double[by.classes.length];
      seconds = kept;
      model = null;
    }
    if (model != by || version != by.version) {
      model = by;
      version = by.version;
      Arrays.fill(kept, Double.NaN);
    }
    kept[deviceClass] = predicted;
  }
}
