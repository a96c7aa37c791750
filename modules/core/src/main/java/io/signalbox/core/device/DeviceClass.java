package io.signalbox.core.device;

/**
 * A kind of device the engine serves.
 *
 * @param name part of a topic's name: 1 to 100 characters of [A-Za-z0-9._-]
 * @param fp16Tflops FP16 throughput, what run times are guessed from when nothing better is known
 * @param memoryBytes memory of one device; 0 when it doesn't matter
 * @param busyWatts power of one busy device
 * @param idleWatts power of one idle device
 */
public record DeviceClass(
    String name, double fp16Tflops, long memoryBytes, double busyWatts, double idleWatts) {
  public DeviceClass {
    if (!name.matches("[A-Za-z0-9._-]{1,100}")) {
      throw new IllegalArgumentException(
          "device class '" + name + "': 1 to 100 characters of [A-Za-z0-9._-] make a name");
    }
    if (!(fp16Tflops > 0) || Double.isInfinite(fp16Tflops)) {
      throw new IllegalArgumentException("device class '" + name + "': fp16Tflops must be > 0");
    }
  }
}
