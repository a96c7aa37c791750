package io.signalbox.engine.delivery;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * However late, doubled or out of order records come, none of those that workers and producers
 * write is refused; but for a job that is submitted again after it has ended, and an order about
 * what the pool hasn't heard of yet.
 */
class NothingGoodIsRefusedSimulationTest {
  private static final List<String> RIGHTLY =
      List.of("has already ended", "there is no device 'd", "there is no job 'job");

  private static final List<String> FORGOTTEN =
      List.of("was never offered", "there is no job 'job", "has no task '");

  @Test
  void whatWorkersAndProducersSayIsTaken() {
    Campaign.holds(NothingGoodIsRefusedSimulationTest.class);
  }

  static @Nullable String breach(History history) {
    return breach(history, false);
  }

  /** What a crash has made the engine forget it was never told, or has never offered. */
  static @Nullable String breachAtLeastOnce(History history) {
    return breach(history, true);
  }

  private static @Nullable String breach(History history, boolean forgetful) {
    for (Fact.Refused refused : history.all(Fact.Refused.class)) {
      boolean order = refused.topic().equals(Wire.TOPICS.control());
      boolean forgotten =
          forgetful
              && refused.topic().equals(Wire.TOPICS.taskEvents())
              && FORGOTTEN.stream().anyMatch(refused.reason()::contains);
      boolean submission = refused.topic().equals(Wire.TOPICS.taskSubmitted());
      boolean rightly =
          (order || submission) && RIGHTLY.stream().anyMatch(refused.reason()::contains);
      if (!rightly && !forgotten) {
        return refused.toString();
      }
    }
    return null;
  }
}
