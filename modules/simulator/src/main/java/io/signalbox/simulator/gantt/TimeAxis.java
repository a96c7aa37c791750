package io.signalbox.simulator.gantt;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Seconds on the way to pixels, with ticks at round times.
 *
 * @param end the last second that is shown, greater than 0
 * @param left where second 0 is
 * @param width of the whole time
 */
record TimeAxis(double end, double left, double width) {
  private static final double[] LONG_STEPS = {
    60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400
  };
  private static final double PIXELS_PER_TICK = 110;

  double x(double seconds) {
    return left + seconds / end * width;
  }

  /** Round times from 0 on, at least two and about as many as can be read. */
  List<Double> ticks() {
    double step = step();
    List<Double> ticks = new ArrayList<>();
    for (int i = 0; i * step <= end * (1 + 1e-9); i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** A time as its tick shows it. */
  String label(double seconds) {
    double step = step();
    if (seconds == 0) {
      return "0";
    } else if (step < 0.1) {
      return plain(seconds * 1e3) + " ms";
    } else if (step < 60) {
      return plain(seconds) + " s";
    } else if (step < 3_600) {
      return plain(seconds / 60) + " min";
    }
    return step < 86_400 ? plain(seconds / 3_600) + " h" : plain(seconds / 86_400) + " d";
  }

  private double step() {
    double least = end * PIXELS_PER_TICK / width;
    for (double step : LONG_STEPS) {
      if (least > 30 && step >= least) {
        return step;
      }
    }
    double unit = least > 86_400 ? 86_400 : 1;
    double power = Math.pow(10, Math.floor(Math.log10(least / unit)));
    double leading = least / unit / power;
    return unit * power * (leading <= 1 ? 1 : leading <= 2 ? 2 : leading <= 5 ? 5 : 10);
  }

  private static String plain(double value) {
    return new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros().toPlainString();
  }
}
