package io.signalbox.core.hotspot;

/**
 * What a window says of an operation that is hot, or was until now.
 *
 * @param change what has become of it
 * @param frequencyLimit attempts a second that it had to pass; infinity when there is no such limit
 * @param latencyLimit mean run time in seconds that it had to pass; infinity when there is no such
 *     limit
 */
public record HotspotNews(Change change, double frequencyLimit, double latencyLimit) {
  /** What has become of a hot operation. */
  public enum Change {
    /** It has become hot. */
    ENTERED,
    /** It is still hot. */
    UPDATED,
    /** It is hot no more. */
    CLEARED
  }
}
