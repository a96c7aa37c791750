package io.signalbox.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OffersTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(10);
  private static final Instant TOO_LATE = NOW.plusSeconds(61);

  private final RecordedMoves moves = new RecordedMoves();

  /** A device «gpu-1» of pool «p». */
  private Offers device(int slots, int prefetch) {
    return new Offers("p", "gpu-1", slots, prefetch, 3, moves);
  }

  private static Offer offer(String task) {
    return AnOffer.of(task).to("gpu-1").validUntil(NOW.plusSeconds(60)).make();
  }

  private static AttemptId id(String task) {
    return new AttemptId("job", task, 1);
  }

  @Test
  void anOfferStartsAtOnceWhenASlotIsFree() {
    Offers device = device(1, 1);
    device.offered(offer("a"), NOW);
    moves.expect("start a");
    assertEquals(Set.of(id("a")), Set.copyOf(device.running()));
  }

  @Test
  void offersBeyondTheSlotsWaitAndThoseBeyondThePrefetchAreReleased() {
    Offers device = device(1, 1);
    List.of("a", "b", "c").forEach(task -> device.offered(offer(task), NOW));
    moves.expect("start a", "release c");
    assertEquals(Set.of(id("b")), Set.copyOf(device.queued()));
  }

  @Test
  void aFreeSlotTakesTheOldestThatWaits() {
    Offers device = device(1, 2);
    List.of("a", "b", "c").forEach(task -> device.offered(offer(task), NOW));
    assertTrue(device.finished(id("a")));
    device.fill(LATER);
    moves.expect("start a", "start b");
  }

  @Test
  void aLateOfferIsDroppedWithoutAWord() {
    device(1, 1).offered(offer("a"), TOO_LATE);
    moves.expect("drop a LATE");
  }

  @Test
  void anOfferMayStartUntilTheLastMoment() {
    device(1, 1).offered(offer("a"), NOW.plusSeconds(60));
    moves.expect("start a");
  }

  @Test
  void whatBecomesLateWhileItWaitsNeverStarts() {
    Offers device = device(1, 2);
    device.offered(offer("a"), NOW);
    device.offered(offer("b"), NOW);
    device.offered(AnOffer.of("c").to("gpu-1").validUntil(NOW.plusSeconds(600)).make(), NOW);
    device.finished(id("a"));
    device.fill(TOO_LATE);
    moves.expect("start a", "drop b LATE", "start c");
  }

  @Test
  void aLateWaitingOfferLeavesItsPlaceWithoutAnEnd() {
    Offers device = device(1, 1);
    device.offered(offer("a"), NOW);
    device.offered(offer("b"), NOW);
    device.expire(TOO_LATE);
    moves.expect("start a", "drop b LATE");
    assertTrue(device.queued().isEmpty());
  }

  @Test
  void anotherPoolsOfferIsPassedOver() {
    device(1, 1).offered(AnOffer.of("a").in("other").to("gpu-1").make(), NOW);
    moves.expect("drop a OTHER_POOL");
  }

  @Test
  void anotherDevicesOfferIsAdoptedByAFreeSlotOnly() {
    Offers device = device(1, 5);
    device.offered(AnOffer.of("a").to("gpu-2").make(), NOW);
    device.offered(AnOffer.of("b").to("gpu-2").make(), NOW);
    moves.expect("start a", "release b");
  }

  @Test
  void aHeldOrSettledAttemptIsNotTakenTwice() {
    Offers device = device(1, 1);
    device.offered(offer("a"), NOW);
    device.offered(offer("b"), NOW);
    device.offered(offer("a"), NOW);
    device.offered(offer("b"), NOW);
    device.finished(id("a"));
    device.offered(offer("a"), NOW);
    moves.expect("start a", "drop a DUPLICATE", "drop b DUPLICATE", "drop a DUPLICATE");
  }

  @Test
  void aCancelledRunningAttemptIsStoppedAndItsSlotUsed() {
    Offers device = device(1, 1);
    device.offered(offer("a"), NOW);
    device.offered(offer("b"), NOW);
    device.cancelled(id("a"), LATER);
    moves.expect("start a", "stop a", "start b");
    assertFalse(device.finished(id("a")), "the end of a cancelled attempt means nothing");
  }

  @Test
  void aCancelledWaitingAttemptIsReleased() {
    Offers device = device(1, 1);
    device.offered(offer("a"), NOW);
    device.offered(offer("b"), NOW);
    device.cancelled(id("b"), LATER);
    moves.expect("start a", "release b");
  }

  @Test
  void aCancelThatOvertakesItsOfferStillCounts() {
    Offers device = device(1, 1);
    device.cancelled(id("a"), NOW);
    device.offered(offer("a"), NOW);
    moves.expect("drop a DUPLICATE");
  }

  @Test
  void whatWaitsOnALostLaneIsLeftToItsNewOwner() {
    Offers device = device(1, 2);
    device.offered(AnOffer.of("a").to("gpu-1").onLane(0).make(), NOW);
    device.offered(AnOffer.of("b").to("gpu-1").onLane(0).make(), NOW);
    device.offered(AnOffer.of("c").to("gpu-1").onLane(1).make(), NOW);
    device.lanesLost(Set.of(0));
    assertEquals(Set.of(id("a")), Set.copyOf(device.running()), "what runs goes on");
    assertEquals(Set.of(id("c")), Set.copyOf(device.queued()));
    device.offered(AnOffer.of("b").to("gpu-1").onLane(0).make(), NOW);
    assertEquals(Set.of(id("b"), id("c")), Set.copyOf(device.queued()), "the lane came back");
    moves.expect("start a");
  }

  @Test
  void aDrainingDeviceGivesBackWhatWaitsAndTakesNothing() {
    Offers device = device(1, 1);
    device.offered(offer("a"), NOW);
    device.offered(offer("b"), NOW);
    device.drain();
    device.offered(offer("c"), NOW);
    moves.expect("start a", "release b", "release c");
    assertTrue(device.finished(id("a")));
  }

  @Test
  void stoppingGivesBackWhatRuns() {
    Offers device = device(2, 0);
    device.offered(offer("a"), NOW);
    device.offered(offer("b"), NOW);
    device.stopAll("over");
    moves.expect("start a", "start b", "stop a", "stop b");
    assertTrue(device.running().isEmpty());
  }
}
