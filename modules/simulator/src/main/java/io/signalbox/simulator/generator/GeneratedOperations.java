package io.signalbox.simulator.generator;

import io.signalbox.core.device.DeviceClass;
import io.signalbox.simulator.workload.Speeds;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The operations of generated workloads, and how fast unlike device classes run them: some are at
 * home on accelerators, some gain little there, some are slower.
 */
public final class GeneratedOperations {
  /** From what gains most from throughput to what loses by it. */
  public static final List<String> NAMES =
      List.of("attend", "convolve", "embed", "rank", "hash", "parse", "pack");

  /** Speed is throughput, relative to the slowest class, to this power. */
  private static final double[] POWER = {0.55, 0.45, 0.35, 0.2, 0.05, -0.1, -0.2};

  private static final double JITTER_SIGMA = 0.2;
  private static final long SEED = 42;

  private GeneratedOperations() {}

  /**
   * Speeds that know these operations, too; those that know one of them already keep it.
   *
   * @param speeds what is known
   * @param classes the device classes there are
   */
  public static Speeds addTo(Speeds speeds, Collection<DeviceClass> classes) {
    Map<String, Map<String, Double>> operations = new HashMap<>(speeds.operations());
    double slowest = classes.stream().mapToDouble(DeviceClass::fp16Tflops).min().orElse(1);
    for (int i = 0; i < POWER.length; i++) {
      Map<String, Double> byClass = new HashMap<>();
      for (DeviceClass deviceClass : classes) {
        byClass.put(deviceClass.name(), speed(i, deviceClass, slowest));
      }
      operations.putIfAbsent(NAMES.get(i), byClass);
    }
    return new Speeds(speeds.defaults(), operations);
  }

  private static double speed(int operation, DeviceClass deviceClass, double slowest) {
    SplittableRandom random =
        new SplittableRandom(SEED * 31 + operation * 1_000_003L + deviceClass.name().hashCode());
    double jitter = Math.exp(random.nextGaussian(0, JITTER_SIGMA));
    return jitter * Math.pow(deviceClass.fp16Tflops() / slowest, POWER[operation]);
  }
}
