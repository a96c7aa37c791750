package io.signalbox.reactive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Replay a failure with {@code -Dsignalbox.seed=SEED -Dtest=PartitionProgressPropertyTest}. */
class PartitionProgressPropertyTest {
  @Test
  void commitsTheContiguousPrefixWhateverTheOrderOfAcknowledgements() {
    long given = Long.getLong("signalbox.seed", 0);
    for (long seed = given; seed < (given == 0 ? 500 : given + 1); seed++) {
      check(seed);
    }
  }

  private static void check(long seed) {
    Random random = new Random(seed);
    PartitionProgress progress = new PartitionProgress(new TopicPartition("t", 0));
    List<Delivery<String, String>> inOrder = new ArrayList<>();
    long offset = random.nextInt(1_000);
    for (int i = 0; i < 1 + random.nextInt(40); i++) {
      inOrder.add(new Delivery<>(new ConsumerRecord<>("t", 0, offset, "k", "v"), progress));
      progress.delivered(inOrder.get(i));
      // Transaction markers and compaction leave gaps.
      offset += 1 + random.nextInt(3);
    }
    List<Delivery<String, String>> shuffled = new ArrayList<>(inOrder);
    Collections.shuffle(shuffled, random);
    long committed = inOrder.get(0).record().offset();
    for (Delivery<String, String> delivery : shuffled) {
      delivery.ack();
      if (random.nextBoolean()) {
        long due = progress.due();
        long expected = expected(inOrder);
        assertEquals(expected > committed ? expected : -1, due, () -> "seed " + seed);
        committed = Math.max(committed, expected);
      }
    }
    long due = progress.due();
    long last = inOrder.get(inOrder.size() - 1).record().offset() + 1;
    assertTrue(due == last || committed == last, () -> "seed " + seed);
    assertEquals(-1, progress.due(), () -> "seed " + seed);
  }

  private static long expected(List<Delivery<String, String>> inOrder) {
    return inOrder.stream()
        .filter(delivery -> !delivery.acknowledged())
        .findFirst()
        .map(open -> open.record().offset())
        .orElseGet(() -> inOrder.get(inOrder.size() - 1).record().offset() + 1);
  }
}
