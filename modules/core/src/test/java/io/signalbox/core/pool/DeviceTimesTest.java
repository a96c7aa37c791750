package io.signalbox.core.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.signalbox.core.job.AttemptRef;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices may say what time it is; they aren't believed whatever they say. */
class DeviceTimesTest {
  private static final double YEAR_2300 = 10_413_792_000.0;
  private final Story story = new Story();

  private Input.AttemptCompleted completed(AttemptRef attempt, double from, double to) {
    return new Input.AttemptCompleted(attempt, "d", 1, from, to, null, List.of());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, YEAR_2300, -1e18, 1e18})
  void childrenDontWaitForATimeThatIsNone(double at) {
    story.device("d", Story.A100).submit("j", "a", "b->a").tick();
    Effect.Offer first = story.expectOffer("a@d");
    story.after(1).on(new Input.AttemptStarted(first.attempt(), "d", 1, at));
    story.after(1).on(completed(first.attempt(), at, at)).tick();
    Effect.Offer second = story.expectOffer("b@d");
    story.start(second).after(1).complete(second).tick();
    assertEquals(Row.JobState.SUCCEEDED, story.pool.job("j").outcome().state());
  }

  @Test
  void durationSurvivesAClockThatIsYearsAhead() {
    DeviceTimes times = new DeviceTimes(1_000, 1_100);
    AttemptRef attempt = new AttemptRef("j", "a", 1);
    assertEquals(
        completed(attempt, 1_093, 1_100),
        times.within(completed(attempt, YEAR_2300 - 7, YEAR_2300)));
    assertEquals(completed(attempt, 1_000, 1_100), times.within(completed(attempt, 0, YEAR_2300)));
    assertEquals(
        completed(attempt, 1_050, 1_050), times.within(completed(attempt, YEAR_2300, 1_050)));
    Input.AttemptCompleted fine = completed(attempt, 1_010, 1_020);
    assertEquals(fine, times.within(fine));
  }
}
