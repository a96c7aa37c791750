package io.signalbox.e2e.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Runs a scenario: under load each fault strikes and is repaired, and then every job must have
 * ended well, with each task's completion accepted once.
 */
final class Trial {
  /** Tasks that must have been done before a fault, behind it, and again when it is repaired. */
  private static final int SOME = 60;

  private final Scenario scenario;
  private final Deployment deployment;
  private final Ledger ledger;
  private final Load load;

  private Trial(Scenario scenario, Deployment deployment, Ledger ledger, Load load) {
    this.scenario = scenario;
    this.deployment = deployment;
    this.ledger = ledger;
    this.load = load;
  }

  /**
   * Runs it in processes of its own, of which none is left in the end.
   *
   * @throws AssertionError when something that must hold doesn't
   */
  static void run(Scenario scenario, Path folder) {
    long begin = System.nanoTime();
    Ledger ledger = new Ledger();
    int megabytes = scenario.diskMegabytes();
    Path disks = folder.resolve(Deployment.engineName(0));
    try (Disk disk = megabytes == 0 ? null : Disk.mount(disks, megabytes);
        Deployment deployment = Deployment.start(folder, scenario, disk);
        Reader reader = Reader.start(deployment.cluster().connection(), ledger);
        Load load = Load.start(deployment.cluster().connection(), ledger)) {
      say("%s: all processes run after %.1f s", scenario, Clock.secondsSince(begin));
      if (scenario.liveTasks() > 0) {
        load.background(scenario.liveTasks());
      }
      Trial trial = new Trial(scenario, deployment, ledger, load);
      scenario.faults().forEach(trial::strike);
      assertTrue(reader.isReading(), "what was written was read to the end");
      say("%s: pools were built from their rows in %s ms", scenario, deployment.poolBuilds());
    }
    say("%s: over after %.1f s", scenario, Clock.secondsSince(begin));
  }

  private void strike(Fault fault) {
    try {
      load.begin();
      ledger.awaitSucceeded(SOME);
      int before = ledger.succeeded();
      Moment struck = fault.strike().apply(deployment);
      double again = (ledger.awaitOfferAfter(struck.at()) - struck.nanos()) / 1e9;
      ledger.awaitSucceeded(SOME);
      fault.repair().accept(deployment);
      deployment.awaitEngines();
      ledger.awaitSucceeded(SOME);
      double stall = ledger.longestStall(struck.nanos());
      load.drain();
      assertEquals(List.of(), ledger.violations(), () -> "what must hold after " + fault.name());
      say(
          "%s: %s: assigns again after %.2f s, longest time without an assignment %.2f s,"
              + " %d tasks done, each once",
          scenario, fault.name(), again, stall, ledger.succeeded() - before);
    } catch (AssertionError e) {
      throw new AssertionError(
          scenario + ", " + fault.name() + ": " + e.getMessage() + "\n" + deployment.report(), e);
    }
  }

  private static void say(String format, Object... arguments) {
    System.out.println("chaos: " + String.format(Locale.ROOT, format, arguments));
  }
}
