package io.signalbox.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.events.Input;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinkedOffersTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant TOO_LATE = NOW.plusSeconds(61);

  private final RecordedMoves moves = new RecordedMoves();
  private final Offers device = new Offers("p", "gpu-1", 1, 1, 3, moves);

  private static AnOffer an(String task) {
    return AnOffer.of(task).to("gpu-1").validUntil(NOW.plusSeconds(60));
  }

  private void offer(String task) {
    device.offered(an(task).make(), NOW);
  }

  private void link(String task, String prior) {
    device.offered(an(task).after(prior).make(), NOW);
  }

  private void succeed(String task, Instant at) {
    assertTrue(device.finished(id(task)));
    device.succeeded(id(task), new Input(task, "gpu-1", at, 0L, null), at);
  }

  private static AttemptId id(String task) {
    return new AttemptId("job", task, 1);
  }

  @Test
  void aLinkedOfferStartsInTheSlotOfTheAttemptThatSucceeded() {
    offer("a");
    link("b", "a");
    assertEquals(Set.of(id("b")), Set.copyOf(device.linked()));
    succeed("a", NOW);
    moves.expect("start a", "follow b");
    assertEquals(Set.of(id("b")), Set.copyOf(device.running()));
  }

  @Test
  void itComesBeforeWhatWaitsForASlot() {
    offer("a");
    offer("x");
    link("b", "a");
    succeed("a", NOW);
    succeed("b", NOW);
    moves.expect("start a", "follow b", "start x");
  }

  @Test
  void aChainRunsThroughWithoutAWordFromTheEngine() {
    offer("a");
    link("b", "a");
    link("c", "b");
    List.of("a", "b", "c").forEach(task -> succeed(task, NOW));
    moves.expect("start a", "follow b", "follow c");
  }

  @Test
  void itIsValidAsLongAsTheOneBeforeRuns() {
    offer("a");
    link("b", "a");
    device.expire(TOO_LATE);
    succeed("a", TOO_LATE);
    moves.expect("start a", "follow b");
  }

  @Test
  void aFailureMakesTheWholeChainVoid() {
    offer("a");
    link("b", "a");
    link("c", "b");
    assertTrue(device.finished(id("a")));
    device.failed(NOW);
    moves.expect("start a", "drop b VOID", "drop c VOID");
    link("b", "a");
    moves.expect("start a", "drop b VOID", "drop c VOID", "drop b DUPLICATE");
  }

  @Test
  void cancellingTheOneBeforeMakesItVoid() {
    offer("a");
    link("b", "a");
    device.cancelled(id("a"), NOW);
    moves.expect("start a", "stop a", "drop b VOID");
  }

  @Test
  void aCancelledLinkIsReleasedAndWhatWasBehindItVoid() {
    offer("a");
    link("b", "a");
    link("c", "b");
    device.cancelled(id("b"), NOW);
    succeed("a", NOW);
    moves.expect("start a", "release b", "drop c VOID");
  }

  @Test
  void aLinkThatComesAfterItsAttemptSucceededIsAnOrdinaryOffer() {
    offer("a");
    succeed("a", NOW);
    link("b", "a");
    link("c", "b");
    device.offered(an("d").after("a").make(), TOO_LATE);
    moves.expect("start a", "start b", "drop d LATE");
    assertEquals(Set.of(id("c")), Set.copyOf(device.linked()));
  }

  @Test
  void aLinkWhoseResultIsForgottenIsGivenBackSinceSilenceWouldCostTheEngineItsPatience() {
    offer("a");
    succeed("a", NOW);
    for (int i = 0; i < 4_096; i++) {
      offer("x" + i);
      succeed("x" + i, NOW);
    }
    link("b", "a");
    link("c", "x4095");
    assertEquals(List.of("release b", "start c"), moves.last(2));
  }

  @Test
  void aLinkThatComesAfterItsAttemptFailedIsVoid() {
    offer("a");
    assertTrue(device.finished(id("a")));
    device.failed(NOW);
    link("b", "a");
    link("c", "b");
    moves.expect("start a", "drop b VOID", "drop c VOID");
  }

  @Test
  void aLinkToWhatIsNotHereIsReleased() {
    link("b", "a");
    link("c", "b");
    moves.expect("release b", "drop c VOID");
  }

  @Test
  void aLinkToAWaitingOfferGoesWithItWhenThatBecomesLate() {
    offer("x");
    offer("a");
    link("b", "a");
    device.expire(TOO_LATE);
    moves.expect("start x", "drop a LATE", "drop b VOID");
  }

  @Test
  void soManyFitBehindEachOther() {
    offer("a");
    link("b", "a");
    link("c", "b");
    link("d", "c");
    link("e", "d");
    moves.expect("start a", "release e");
  }

  @Test
  void aSecondLinkToAnAttemptTakesTheFirstOnesPlace() {
    offer("a");
    link("b", "a");
    link("c", "b");
    link("b2", "a");
    succeed("a", NOW);
    moves.expect("start a", "drop b VOID", "drop c VOID", "follow b2");
  }

  @Test
  void aDrainingDeviceGivesLinksBack() {
    offer("a");
    link("b", "a");
    link("c", "b");
    device.drain();
    link("d", "a");
    succeed("a", NOW);
    moves.expect("start a", "release b", "release c", "release d");
  }

  @Test
  void linksOfALostLaneAreLeftToItsNewOwnerAndThoseBehindThemVoid() {
    offer("a");
    device.offered(an("b").after("a").onLane(1).make(), NOW);
    device.offered(an("c").after("b").onLane(2).make(), NOW);
    device.lanesLost(Set.of(1));
    succeed("a", NOW);
    moves.expect("start a", "drop c VOID");
  }

  @Test
  void theResultTakesThePlaceOfTheInput() {
    Offer linked = an("b").after("a").make();
    Input other = new Input("z", "gpu-9", NOW, 5L, null);
    Input placeholder = new Input("a", "gpu-1", NOW, 7L, null);
    linked.assignment().getInputs().addAll(List.of(other, placeholder));
    Input result = new Input("a", "gpu-1", TOO_LATE, 0L, Result.text("done").content());
    Input filled = new Input("a", "gpu-1", TOO_LATE, 7L, Result.text("done").content());
    assertEquals(List.of(other, filled), linked.given(result).inputs());
  }
}
