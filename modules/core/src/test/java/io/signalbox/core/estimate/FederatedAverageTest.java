package io.signalbox.core.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FederatedAverageTest {
  private static SharedModel model(String pool, long samples, double mean, double variance) {
    return new SharedModel(
        pool,
        "",
        new RunTime("op", "", "gpu", samples, mean, 0, variance, 0, 0, samples, mean, variance));
  }

  private static RunTime only(List<SharedModel> models) {
    List<RunTime> averages = FederatedAverage.of(models);
    assertEquals(1, averages.size());
    return averages.getFirst();
  }

  @Test
  void meansAreWeighedBySamples() {
    RunTime average = only(List.of(model("a", 30, 2, 0), model("b", 10, 6, 0)));
    assertEquals(3, average.logSecondsMean(), 1e-12);
    assertEquals(3, average.givenBias(), 1e-12);
  }

  @Test
  void varianceIsThatOfAllSamplesTogether() {
    SplittableRandom random = new SplittableRandom(7);
    List<SharedModel> models = new ArrayList<>();
    List<Double> all = new ArrayList<>();
    for (int pool = 0; pool < 5; pool++) {
      List<Double> own = new ArrayList<>();
      for (int i = 0; i < 20 + 50 * pool; i++) {
        own.add(pool + random.nextGaussian());
      }
      models.add(model("p" + pool, own.size(), mean(own), variance(own)));
      all.addAll(own);
    }
    RunTime average = only(models);
    assertEquals(mean(all), average.logSecondsMean(), 1e-9);
    assertEquals(variance(all), average.logVariance(), 1e-9);
    assertEquals(variance(all), average.givenVariance(), 1e-9);
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  private static double variance(List<Double> values) {
    double mean = mean(values);
    return values.stream()
        .mapToDouble(value -> (value - mean) * (value - mean))
        .average()
        .orElse(0);
  }

  @Test
  void whatOthersLearnedSoonGivesWayToWhatIsSeen() {
    assertEquals(5, only(List.of(model("a", 1_000_000, 2, 0.1))).samples());
    assertEquals(2, only(List.of(model("a", 2, 2, 0.1))).samples());
  }

  @Test
  void figuresThatCantBeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> model("a", 0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> model("a", 1, Double.NaN, 1));
    assertThrows(IllegalArgumentException.class, () -> model("a", 1, 1, -1));
  }
}
