package io.signalbox.reactive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class RecordFluxTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static RecordFlux<String, String> flux(FakeLog log, PartitionListener listener) {
    return RecordFlux.from(() -> log.consumer, Source.subscribe(List.of(FakeLog.TOPIC)))
        .listener(listener)
        .commitInterval(Duration.ofMillis(1))
        .build();
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertTrue(latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS), "nothing happened");
  }

  @Test
  void emitsNoMoreThanIsAskedFor() {
    FakeLog log = new FakeLog(1);
    log.assignAll();
    log.write(0, 0, 10);
    StepVerifier.create(flux(log, log.listener()).map(Delivery::value), 2)
        .expectNext("0:0", "0:1")
        .thenRequest(3)
        .expectNext("0:2", "0:3", "0:4")
        .thenRequest(5)
        .expectNextCount(5)
        .thenCancel()
        .verify(LIMIT);
  }

  @Test
  void aSlowReaderPausesItsPartitionsAndGoesOnAfterwards() throws Exception {
    FakeLog log = new FakeLog(1);
    log.assignAll();
    log.write(0, 0, 5);
    CountDownLatch paused = new CountDownLatch(1);
    StepVerifier.create(flux(log, log.listener()).map(Delivery::value), 1)
        .expectNext("0:0")
        .then(() -> log.consumer.schedulePollTask(() -> pausedNow(log, paused)))
        .then(() -> assertReached(paused))
        .thenRequest(4)
        .expectNextCount(4)
        .then(() -> log.write(0, 5, 6))
        .thenRequest(1)
        .expectNext("0:5")
        .thenCancel()
        .verify(LIMIT);
  }

  private static void pausedNow(FakeLog log, CountDownLatch paused) {
    if (log.consumer.paused().equals(log.consumer.assignment())) {
      paused.countDown();
    }
  }

  private static void assertReached(CountDownLatch latch) {
    try {
      await(latch);
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }

  @Test
  void cancellingCommitsWhatIsAcknowledgedAndCloses() throws Exception {
    FakeLog log = new FakeLog(1);
    Queue<Long> commits = new ConcurrentLinkedQueue<>();
    RecordFlux.from(() -> notingConsumer(log, commits), Source.subscribe(List.of(FakeLog.TOPIC)))
        .listener(log.listener())
        .commitInterval(Duration.ofMinutes(1))
        .build()
        .take(3)
        .doOnNext(Delivery::ack)
        .blockLast(LIMIT);
    await(log.closed);
    assertEquals(3L, List.copyOf(commits).get(commits.size() - 1));
  }

  /** A consumer that is handed one partition with five records. */
  private static NotingConsumer notingConsumer(FakeLog log, Queue<Long> commits) {
    NotingConsumer consumer = new NotingConsumer(commits);
    consumer.updateBeginningOffsets(Map.of(log.partition(0), 0L));
    consumer.schedulePollTask(() -> consumer.rebalance(List.of(log.partition(0))));
    consumer.schedulePollTask(() -> consumer.add(0, 5));
    return consumer;
  }

  @Test
  void acknowledgementsOutOfOrderCommitOnlyWhatIsContiguous() throws Exception {
    FakeLog log = new FakeLog(1);
    Queue<Long> commits = new ConcurrentLinkedQueue<>();
    Queue<Delivery<String, String>> seen = new ConcurrentLinkedQueue<>();
    CountDownLatch five = new CountDownLatch(5);
    Disposable reading =
        RecordFlux.from(
                () -> notingConsumer(log, commits), Source.subscribe(List.of(FakeLog.TOPIC)))
            .listener(log.listener())
            .commitInterval(Duration.ofMillis(1))
            .build()
            .subscribe(delivery -> {
              seen.add(delivery);
              five.countDown();
            });
    await(five);
    List<Delivery<String, String>> all = List.copyOf(seen);
    List.of(4, 1, 0, 3).forEach(i -> all.get(i).ack());
    reading.dispose();
    await(log.closed);
    assertEquals(2L, List.copyOf(commits).get(commits.size() - 1), "record 2 is still open");
    assertTrue(commits.stream().allMatch(offset -> offset <= 2), () -> "committed " + commits);
  }

  @Test
  void revokedPartitionsAreCommittedThenForgotten() throws Exception {
    FakeLog log = new FakeLog(2);
    log.assignAll();
    log.write(0, 0, 3);
    log.write(1, 0, 3);
    Queue<Delivery<String, String>> seen = new ConcurrentLinkedQueue<>();
    CountDownLatch six = new CountDownLatch(6);
    CountDownLatch revoked = new CountDownLatch(1);
    AtomicReference<Long> committedAtRevocation = new AtomicReference<>();
    PartitionListener listener =
        new PartitionListener() {
          @Override
          public void revoked(Collection<TopicPartition> partitions) {
            if (partitions.contains(log.partition(1))) {
              committedAtRevocation.set(log.committed(1));
              revoked.countDown();
            }
          }
        };
    Disposable reading =
        flux(log, listener)
            .subscribe(delivery -> {
              seen.add(delivery);
              six.countDown();
            });
    await(six);
    seen.stream().filter(delivery -> delivery.value().equals("1:0")).forEach(Delivery::ack);
    log.assign(0);
    await(revoked);
    assertEquals(1L, committedAtRevocation.get());
    reading.dispose();
  }

  @Test
  void aFailureOfTheConsumerEndsTheFluxAndCloses() throws Exception {
    FakeLog log = new FakeLog(1);
    log.assignAll();
    log.consumer.schedulePollTask(
        () -> log.consumer.setPollException(new KafkaException("the disk is gone")));
    StepVerifier.create(flux(log, log.listener()))
        .expectErrorMatches(error -> "the disk is gone".equals(error.getMessage()))
        .verify(LIMIT);
    await(log.closed);
    assertTrue(log.consumer.closed());
  }

  @Test
  void everySubscriptionOpensAConsumerOfItsOwn() {
    Queue<FakeLog> opened = new ConcurrentLinkedQueue<>();
    Flux<String> values =
        RecordFlux.from(
                () -> {
                  FakeLog log = new FakeLog(1);
                  log.assignAll();
                  log.write(0, 0, 3);
                  opened.add(log);
                  return log.consumer;
                },
                Source.subscribe(List.of(FakeLog.TOPIC)))
            .build()
            .map(Delivery::value);
    assertEquals(List.of("0:0", "0:1"), values.take(2).collectList().block(LIMIT));
    assertEquals(List.of("0:0", "0:1"), values.take(2).collectList().block(LIMIT));
    assertEquals(2, opened.size());
  }

  @Test
  void aCommitThatFailsWithoutNamingOffsetsIsSentAgain() throws Exception {
    CountDownLatch committed = new CountDownLatch(1);
    AtomicBoolean brokerIsGone = new AtomicBoolean(true);
    TopicPartition partition = new TopicPartition(FakeLog.TOPIC, 0);
    MockConsumer<String, String> consumer =
        new MockConsumer<>("earliest") {
          @Override
          public synchronized void commitAsync(
              Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
            if (brokerIsGone.getAndSet(false)) {
              callback.onComplete(null, new RetriableCommitFailedException("no broker"));
            } else {
              committed.countDown();
              super.commitAsync(offsets, callback);
            }
          }
        };
    consumer.updateBeginningOffsets(Map.of(partition, 0L));
    consumer.schedulePollTask(() -> {
      consumer.rebalance(List.of(partition));
      consumer.addRecord(new ConsumerRecord<>(FakeLog.TOPIC, 0, 0, "k", "v"));
    });
    Disposable reading =
        RecordFlux.from(() -> consumer, Source.subscribe(List.of(FakeLog.TOPIC)))
            .commitInterval(Duration.ofMillis(1))
            .build()
            .subscribe(Delivery::ack);
    await(committed);
    reading.dispose();
  }

  /** Notes what is committed to the only partition. */
  private static final class NotingConsumer extends MockConsumer<String, String> {
    private final Queue<Long> commits;

    NotingConsumer(Queue<Long> commits) {
      super("earliest");
      this.commits = commits;
    }

    void add(long from, long to) {
      for (long offset = from; offset < to; offset++) {
        addRecord(new ConsumerRecord<>(FakeLog.TOPIC, 0, offset, "k", "v"));
      }
    }

    @Override
    public synchronized void commitSync(
        Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
      offsets.values().forEach(offset -> commits.add(offset.offset()));
      super.commitSync(offsets, timeout);
    }

    @Override
    public synchronized void commitAsync(
        Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
      offsets.values().forEach(offset -> commits.add(offset.offset()));
      super.commitAsync(offsets, callback);
    }
  }
}
