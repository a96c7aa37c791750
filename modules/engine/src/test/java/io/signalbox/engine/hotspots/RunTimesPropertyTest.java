package io.signalbox.engine.hotspots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.engine.rows.ByteReader;
import io.signalbox.engine.rows.ByteWriter;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Quantiles of sketches against exact ones, over skewed run times. Takes a second. */
class RunTimesPropertyTest {
  private static final long FIRST_SEED = Long.getLong("signalbox.seed", 1);
  private static final int SEEDS = Integer.getInteger("signalbox.seeds", 20);
  private static final double[] QUANTILES = {0.01, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999};
  private static final Map<String, ToDoubleFunction<Random>> RUN_TIMES =
      new TreeMap<>(
          Map.of(
              "log-normal",
              random -> Math.exp(2 * random.nextGaussian()),
              "exponential",
              random -> -0.1 * Math.log(1 - random.nextDouble()),
              "Pareto",
              random -> 0.001 / Math.pow(1 - random.nextDouble(), 1 / 1.1),
              "two kinds",
              random -> (random.nextInt(10) == 0 ? 30 : 0.02) * (1 + random.nextDouble()),
              "even",
              Random::nextDouble));

  @Test
  void quantilesOfMergedSketchesAreWithinTwoPercentOfExactOnes() {
    RUN_TIMES.forEach((name, draw) -> {
      for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
        check(name, draw, seed);
      }
    });
  }

  private static void check(String name, ToDoubleFunction<Random> draw, long seed) {
    Random random = new Random(seed);
    int size = 1 + random.nextInt(5_000);
    double[] values = random.doubles(size).map(ignored -> draw.applyAsDouble(random)).toArray();
    RunTimes merged = new RunTimes();
    int at = 0;
    while (at < size) {
      int to = Math.min(size, at + 1 + random.nextInt(1_000));
      RunTimes part = new RunTimes();
      for (double value : Arrays.copyOfRange(values, at, to)) {
        part.add(value);
      }
      merged.merge(random.nextBoolean() ? stored(part) : part);
      at = to;
    }
    Arrays.sort(values);
    for (double quantile : QUANTILES) {
      double exact = values[(int) Math.floor(quantile * (size - 1))];
      double told = merged.quantile(quantile);
      assertTrue(
          Math.abs(told - exact) <= 0.02 * exact,
          () ->
              "%s, seed %d: quantile %s of %d is %s, told was %s; replay it with ./mvnw test -pl"
                      .formatted(name, seed, quantile, size, exact, told)
                  + " modules/engine -am -Dtest=RunTimesPropertyTest -Dsignalbox.seed="
                  + seed
                  + " -Dsignalbox.seeds=1");
    }
    assertEquals(size, merged.count());
    assertEquals(Arrays.stream(values).sum(), merged.seconds(), 1e-9 * merged.seconds());
  }

  private static RunTimes stored(RunTimes runTimes) {
    ByteWriter out = new ByteWriter();
    runTimes.write(out);
    return RunTimes.read(new ByteReader(out.toByteArray()));
  }

  @Test
  void noAttemptsAreZeros() {
    RunTimes none = new RunTimes();
    assertEquals(0, none.quantile(0.5));
    assertEquals(0, none.mean());
  }
}
