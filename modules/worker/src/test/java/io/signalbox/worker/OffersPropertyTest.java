package io.signalbox.worker;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.events.Input;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Replay a failure with {@code -Dsignalbox.seed=SEED -Dtest=OffersPropertyTest}. */
class OffersPropertyTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void neverOverbooksNeverStartsTwiceAndAnswersEveryOffer() {
    long given = Long.getLong("signalbox.seed", 0);
    for (long seed = given; seed < (given == 0 ? 300 : given + 1); seed++) {
      new History(seed).play();
    }
  }

  /** Random offers (doubled, late, of moved lanes), cancels, ends and a drain for one device. */
  private static final class History implements Moves {
    private final long seed;
    private final Random random;
    private final int slots;
    private final Offers device;
    private final Set<AttemptId> started = new HashSet<>();
    private final Set<AttemptId> alive = new HashSet<>();
    private final Set<AttemptId> succeeded = new HashSet<>();
    private final Map<AttemptId, Integer> answers = new HashMap<>();
    private final List<Offer> offered = new ArrayList<>();
    private Instant now = START;

    History(long seed) {
      this.seed = seed;
      random = new Random(seed);
      slots = 1 + random.nextInt(4);
      device = new Offers("p", "gpu-1", slots, random.nextInt(4), random.nextInt(4), this);
    }

    void play() {
      for (int step = 0; step < 200; step++) {
        now = now.plusMillis(random.nextInt(200));
        act();
        assertTrue(device.running().size() <= slots, this::toString);
        assertTrue(alive.equals(Set.copyOf(device.running())), this::toString);
      }
      device.drain();
      device.stopAll("end");
      for (Offer offer : offered) {
        assertTrue(
            answers.containsKey(offer.attempt()) || started.contains(offer.attempt()),
            () -> "no answer to " + offer.attempt() + ", " + this);
      }
    }

    private void act() {
      switch (random.nextInt(8)) {
        case 0, 1 -> offer(AnOffer.of("t" + offered.size()));
        case 6, 7 -> {
          if (!offered.isEmpty()) {
            offer(AnOffer.of("t" + offered.size()).after(anyOffer().attempt().taskId()));
          }
        }
        case 2 -> {
          if (!offered.isEmpty()) {
            device.offered(anyOffer(), now);
          }
        }
        case 3 -> {
          if (!offered.isEmpty()) {
            AttemptId attempt = anyOffer().attempt();
            device.cancelled(attempt, now);
          }
        }
        case 4 -> device.expire(now);
        default -> finishOne();
      }
    }

    private void offer(AnOffer description) {
      Offer offer =
          description
              .to(random.nextInt(4) == 0 ? "gpu-2" : "gpu-1")
              .validUntil(now.plusMillis(random.nextInt(1_500) - 100))
              .make();
      offered.add(offer);
      device.offered(offer, now);
    }

    private Offer anyOffer() {
      return offered.get(random.nextInt(offered.size()));
    }

    private void finishOne() {
      if (!alive.isEmpty()) {
        AttemptId attempt = alive.iterator().next();
        alive.remove(attempt);
        assertTrue(device.finished(attempt), this::toString);
        assertFalse(device.finished(attempt), this::toString);
        if (random.nextInt(3) == 0) {
          device.failed(now);
        } else {
          succeeded.add(attempt);
          device.succeeded(attempt, new Input(attempt.taskId(), "gpu-1", now, 0L, null), now);
        }
      }
    }

    @Override
    public void start(Offer offer) {
      assertFalse(offer.isLate(now), this::toString);
      begin(offer);
    }

    @Override
    public void follow(Offer offer) {
      assertTrue(offer.prior() != null, this::toString);
      begin(offer);
    }

    private void begin(Offer offer) {
      assertTrue(started.add(offer.attempt()), () -> offer.attempt() + " twice, " + this);
      AttemptId prior = offer.prior();
      assertTrue(prior == null || succeeded.contains(prior), () -> offer + " too early, " + this);
      alive.add(offer.attempt());
    }

    @Override
    public void release(Offer offer, String reason) {
      answers.merge(offer.attempt(), 1, Integer::sum);
    }

    @Override
    public void drop(Offer offer, DropReason reason) {
      answers.merge(offer.attempt(), 1, Integer::sum);
    }

    @Override
    public void stop(Offer offer, String reason) {
      assertTrue(alive.remove(offer.attempt()), this::toString);
    }

    @Override
    public String toString() {
      return "seed " + seed;
    }
  }
}
