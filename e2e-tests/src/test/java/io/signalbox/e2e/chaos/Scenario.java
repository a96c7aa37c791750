package io.signalbox.e2e.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Faults that strike one deployment, one after the other. */
enum Scenario {
  /** What every build runs. */
  SHORT(1, List.of(Faults.killActiveEngine(), Faults.killAndPauseWorkers()), List.of()),
  ENGINES(
      1,
      List.of(
          Faults.killActiveEngine(),
          Faults.killActiveEngine(),
          Faults.killStandby(),
          Faults.pauseActiveEngine()),
      List.of()),
  ROLLING(1, List.of(Faults.rollingRestart(), Faults.rollingRestart()), List.of()),
  /** With 100,000 live tasks, of which the other engine has a copy. */
  STANDBY(
      1,
      List.of(Faults.killActiveEngine(), Faults.killActiveEngine(), Faults.rollingRestart()),
      List.of()),
  /** The same without a copy: the state is read from its changelog. */
  CHANGELOG(
      1,
      List.of(Faults.killActiveEngine(), Faults.killActiveEngine()),
      List.of("streams.standbyReplicas=0")),
  WORKERS(1, List.of(Faults.killWorker(), Faults.pauseWorker()), List.of()),
  BROKER(1, List.of(Faults.restartOnlyBroker(), Faults.restartOnlyBroker()), List.of()),
  BROKERS(3, brokersInTurn(), List.of()),
  REGISTRY(1, List.of(Faults.killRegistry()), List.of()),
  EVERYTHING(1, List.of(Faults.killEverything()), List.of()),
  /** The state folder of the engine that has the pool is on a disk of its own. */
  DISK(1, List.of(Faults.fillDisk()), List.of("topics.poolPartitions=1")),
  NETWORK(1, List.of(Faults.cutNetwork()), List.of("topics.poolPartitions=1"));

  private static final int LIVE_TASKS = 100_000;
  private static final int DISK_MEGABYTES = 64;

  private final int brokers;
  private final List<Fault> faults;
  private final List<String> settings;

  Scenario(int brokers, List<Fault> faults, List<String> settings) {
    this.brokers = brokers;
    this.faults = faults;
    this.settings = settings;
  }

  private static List<Fault> brokersInTurn() {
    List<Fault> faults = new ArrayList<>();
    faults.add(Faults.killLeader());
    faults.addAll(Faults.killBrokersInTurn(3));
    return faults;
  }

  /** How many brokers there are. */
  int brokers() {
    return brokers;
  }

  List<Fault> faults() {
    return faults;
  }

  /** Megabytes of the first engine's disk; 0: no disk of its own. */
  int diskMegabytes() {
    return this == DISK ? DISK_MEGABYTES : 0;
  }

  /** Tasks that wait besides the load, about. */
  int liveTasks() {
    return this == STANDBY || this == CHANGELOG ? LIVE_TASKS : 0;
  }

  /** Of the engines. */
  List<String> settings() {
    return settings;
  }

  /** Its name as people write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Those that the property {@code signalbox.chaos} names; {@code all} are all but the short. */
  static Stream<Scenario> chosen() {
    String names = System.getProperty("signalbox.chaos", "short");
    return names.equals("all")
        ? Arrays.stream(values()).filter(each -> each != SHORT)
        : Arrays.stream(names.split(",")).map(name -> valueOf(name.toUpperCase(Locale.ROOT)));
  }
}
