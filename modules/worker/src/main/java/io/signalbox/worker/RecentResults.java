package io.signalbox.worker;

import io.signalbox.events.Content;
import io.signalbox.events.Input;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What attempts handed on that succeeded lately: an offer that is linked to one of them may still
 * be on its way. Results may be large, so that their bytes are bounded; that there was one is
 * remembered for longer, since such an offer must be given back and not passed over in silence.
 */
final class RecentResults {
  private static final int MAX_RESULTS = 4_096;
  private static final long MAX_BYTES = 4L << 20;
  private static final int MAX_FORGOTTEN = 16_384;

  private final Map<AttemptId, Input> results = new LinkedHashMap<>();
  private final Set<AttemptId> forgotten = new LinkedHashSet<>();
  private long bytes;

  void add(AttemptId attempt, Input result) {
    if (results.putIfAbsent(attempt, result) == null) {
      bytes += bytesOf(result);
    }
    Iterator<Map.Entry<AttemptId, Input>> oldest = results.entrySet().iterator();
    while (results.size() > MAX_RESULTS || (bytes > MAX_BYTES && results.size() > 1)) {
      Map.Entry<AttemptId, Input> gone = oldest.next();
      bytes -= bytesOf(gone.getValue());
      forget(gone.getKey());
      oldest.remove();
    }
  }

  private void forget(AttemptId attempt) {
    forgotten.add(attempt);
    if (forgotten.size() > MAX_FORGOTTEN) {
      Iterator<AttemptId> oldest = forgotten.iterator();
      oldest.next();
      oldest.remove();
    }
  }

  /** What an attempt handed on; null when it isn't remembered. */
  @Nullable Input of(AttemptId attempt) {
    return results.get(attempt);
  }

  /** True when an attempt has succeeded lately and its result is forgotten. */
  boolean hadOf(AttemptId attempt) {
    return forgotten.contains(attempt);
  }

  private static long bytesOf(Input input) {
    Content content = input.getResult();
    return content == null || content.getBytes() == null ? 0 : content.getBytes().remaining();
  }
}
