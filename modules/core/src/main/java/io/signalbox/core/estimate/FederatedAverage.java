package io.signalbox.core.estimate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One model out of those of several pools and zones: the sufficient statistics averaged, weighted
 * by samples, as federated averaging does with weights of networks (McMahan et al. 2017). The
 * variances are those of all samples together: the mean of the variances and the variance of the
 * means.
 */
public final class FederatedAverage {
  /** What others have learned is believed as if it were so many samples of one's own. */
  private static final long MOST_SAMPLES = 5;

  private FederatedAverage() {}

  private record Key(String operation, String version, String deviceClass) {}

  /** One average for each operation, version and class of the models. */
  public static List<RunTime> of(Collection<SharedModel> models) {
    Map<Key, List<RunTime>> byKey = new LinkedHashMap<>();
    for (SharedModel model : models) {
      RunTime runTime = model.runTime();
      Key key = new Key(runTime.operation(), runTime.version(), runTime.deviceClass());
      byKey.computeIfAbsent(key, created -> new ArrayList<>()).add(runTime);
    }
    return byKey.entrySet().stream().map(each -> average(each.getKey(), each.getValue())).toList();
  }

  private static RunTime average(Key key, List<RunTime> models) {
    double samples = 0;
    double seconds = 0;
    double work = 0;
    double given = 0;
    double bias = 0;
    for (RunTime each : models) {
      samples += each.samples();
      seconds += each.samples() * each.logSecondsMean();
      work += each.samples() * each.logWorkMean();
      given += each.givenSamples();
      bias += each.givenSamples() * each.givenBias();
    }
    seconds /= samples;
    work /= samples;
    bias = given == 0 ? 0 : bias / given;
    double variance = 0;
    double workVariance = 0;
    double covariance = 0;
    double givenVariance = 0;
    for (RunTime each : models) {
      double weight = each.samples() / samples;
      double aside = each.logSecondsMean() - seconds;
      double workAside = each.logWorkMean() - work;
      variance += weight * (each.logVariance() + aside * aside);
      workVariance += weight * (each.logWorkVariance() + workAside * workAside);
      covariance += weight * (each.logWorkCovariance() + aside * workAside);
      double biasAside = each.givenBias() - bias;
      givenVariance +=
          given == 0
              ? 0
              : each.givenSamples() / given * (each.givenVariance() + biasAside * biasAside);
    }
    return new RunTime(
        key.operation(),
        key.version(),
        key.deviceClass(),
        (long) Math.min(MOST_SAMPLES, samples),
        seconds,
        work,
        variance,
        workVariance,
        covariance,
        (long) Math.min(MOST_SAMPLES, given),
        bias,
        givenVariance);
  }
}
