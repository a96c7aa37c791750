package io.signalbox.engine.hotspots;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.DDSketches;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.store.CollapsingLowestDenseStore;
import io.signalbox.engine.rows.ByteReader;
import io.signalbox.engine.rows.ByteWriter;
import io.signalbox.engine.rows.UnreadableRowException;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Run times of many attempts: their number, their sum, and a sketch from which any quantile can be
 * told within 1 % of a value of that rank (DDSketch: Masson, Rim, Lee 2019). Two of them can be
 * merged as if all attempts had been counted in one. The sketch holds at most {@value #MOST_BINS}
 * bins, 16 KiB; were run times further apart than by a factor of 10¹⁷, the short ones would lose
 * their accuracy first.
 */
public final class RunTimes {
  private static final double ACCURACY = 0.01;
  private static final int MOST_BINS = 2_048;

  private long count;
  private double seconds;
  private final DDSketch sketch;

  /** Those of no attempt. */
  public RunTimes() {
    this(0, 0, DDSketches.collapsingLowestDense(ACCURACY, MOST_BINS));
  }

  private RunTimes(long count, double seconds, DDSketch sketch) {
    this.count = count;
    this.seconds = seconds;
    this.sketch = sketch;
  }

  /** Counts an attempt that took so many seconds, 0 or more. */
  public void add(double runTime) {
    count++;
    seconds += runTime;
    sketch.accept(runTime);
  }

  /** Counts the attempts of another one, too. */
  public void merge(RunTimes other) {
    count += other.count;
    seconds += other.seconds;
    sketch.mergeWith(other.sketch);
  }

  /** How many attempts were counted. */
  public long count() {
    return count;
  }

  /** What they took together. */
  public double seconds() {
    return seconds;
  }

  /** Mean run time in seconds; 0 without attempts. */
  public double mean() {
    return count == 0 ? 0 : seconds / count;
  }

  /** A quantile of the run times in seconds, 0 to 1; 0 without attempts. */
  public double quantile(double quantile) {
    return count == 0 ? 0 : sketch.getValueAtQuantile(quantile);
  }

  void write(ByteWriter out) {
    GrowingByteArrayOutput bytes = GrowingByteArrayOutput.withInitialCapacity(512);
    try {
      sketch.encode(bytes, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.number(count).real(seconds).blob(bytes.trimmedCopy());
  }

  static RunTimes read(ByteReader in) {
    long count = in.number();
    double seconds = in.real();
    try {
      return new RunTimes(
          count,
          seconds,
          DDSketch.decode(
              ByteArrayInput.wrap(in.blob()), () -> new CollapsingLowestDenseStore(MOST_BINS)));
    } catch (IOException | IllegalArgumentException e) {
      throw new UnreadableRowException("a sketch can't be read: " + e.getMessage());
    }
  }
}
