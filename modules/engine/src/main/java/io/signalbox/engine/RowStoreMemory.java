package io.signalbox.engine;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.CompressionType;
import org.rocksdb.Options;

/**
 * How RocksDB keeps the rows. Most rows live for seconds. What has gone to files isn't looked for
 * in memory first: a Bloom filter tells.
 */
public final class RowStoreMemory implements RocksDBConfigSetter {
  private static final double FILTER_SHARE = 0.1;
  private static final long WRITE_BUFFER_BYTES = 32L << 20;

  @Override
  public void setConfig(String store, Options options, Map<String, Object> configs) {
    options.setMemtablePrefixBloomSizeRatio(FILTER_SHARE);
    options.setMemtableWholeKeyFiltering(true);
    options.setWriteBufferSize(WRITE_BUFFER_BYTES);
    options.setCompressionType(CompressionType.NO_COMPRESSION);
  }

  @Override
  public void close(String store, Options options) {
    // Nothing of its own was opened.
  }
}
