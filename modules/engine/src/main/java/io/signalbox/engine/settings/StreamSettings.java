package io.signalbox.engine.settings;

/**
 * How the engine runs its Kafka Streams topology.
 *
 * @param threads stream threads of this instance
 * @param guarantee {@code exactly_once_v2} or {@code at_least_once}
 * @param groupProtocol {@code classic} or {@code streams}
 * @param standbyReplicas copies of the state on other instances
 * @param commitIntervalMillis longest time between commits
 * @param pollMillis longest wait for records
 * @param commitRestMillis shortest time from the end of a commit to the next one
 * @param idleTickMillis longest time between two ticks of a pool
 * @param cacheBytes memory in which rows are merged between commits
 * @param threadRestartSeconds wait before a failed stream thread is replaced
 * @param maxPools pools that one partition may hold
 * @param maxAssignmentBytes bytes of one assignment: payload, and parents with their results
 */
public record StreamSettings(
    int threads,
    String guarantee,
    String groupProtocol,
    int standbyReplicas,
    long commitIntervalMillis,
    long pollMillis,
    int commitRestMillis,
    long idleTickMillis,
    long cacheBytes,
    double threadRestartSeconds,
    int maxPools,
    int maxAssignmentBytes) {
  /** True when engines are static members of a classic group. */
  public boolean classicGroup() {
    return groupProtocol.equals("classic");
  }

  /** True when the guarantee is exactly-once. */
  public boolean exactlyOnce() {
    return guarantee.equals("exactly_once_v2");
  }
}
