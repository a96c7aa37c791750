package io.signalbox.engine.scheduling;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** The partition of a pool: murmur2 of its name, as Kafka's Java producer places a key. */
public final class PoolPartition {
  private PoolPartition() {}

  static int of(String pool, int partitions) {
    return Utils.toPositive(Utils.murmur2(key(pool))) % partitions;
  }

  static byte[] key(String pool) {
    return pool.getBytes(StandardCharsets.UTF_8);
  }

  /** True when the record's key and partition are the pool's. */
  public static boolean fits(String pool, byte @Nullable [] key, int partition, int partitions) {
    return partition == of(pool, partitions) && key != null && Arrays.equals(key, key(pool));
  }
}
