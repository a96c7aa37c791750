package io.signalbox.engine.translate;

import io.signalbox.core.pool.Row;
import io.signalbox.core.pool.RowKey;
import org.jspecify.annotations.Nullable;

/** Reads one pool's rows, with what the running transition has changed in them. */
@FunctionalInterface
public interface StoredRows {
  /** The row, or null when there is none. */
  @Nullable Row get(RowKey key);
}
