package io.signalbox.bench.rig;

import io.signalbox.bench.BenchException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Waits until a group has committed what it was sent. Under at-least-once an engine's output is
 * seen before its rows are written.
 */
public final class GroupCommit {
  private static final long LOOK_MILLIS = 20;

  private GroupCommit() {}

  /**
   * Returns when the group has committed everything that its topics hold now.
   *
   * @throws BenchException when that takes too long
   */
  public static void await(BenchCluster cluster, String group, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    try (Admin admin = Admin.create(cluster.connection().adminConfig())) {
      Map<TopicPartition, Long> sent = ends(admin, committed(admin, group).keySet());
      while (!hasPassed(sent, committed(admin, group))) {
        if (System.nanoTime() > end) {
          throw new BenchException(
              "%s hasn't committed all that it was sent within %d s"
                  .formatted(group, limit.toSeconds()));
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    } catch (ExecutionException e) {
      throw new BenchException("the broker doesn't say what " + group + " has committed", e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private static Map<TopicPartition, OffsetAndMetadata> committed(Admin admin, String group)
      throws ExecutionException, InterruptedException {
    return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
  }

  private static Map<TopicPartition, Long> ends(Admin admin, Iterable<TopicPartition> partitions)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    admin
        .listOffsets(latest)
        .all()
        .get()
        .forEach((partition, found) -> ends.put(partition, found.offset()));
    return ends;
  }

  private static boolean hasPassed(
      Map<TopicPartition, Long> ends, Map<TopicPartition, OffsetAndMetadata> committed) {
    return ends.entrySet().stream()
        .allMatch(end -> {
          OffsetAndMetadata at = committed.get(end.getKey());
          return at != null && at.offset() >= end.getValue();
        });
  }
}
