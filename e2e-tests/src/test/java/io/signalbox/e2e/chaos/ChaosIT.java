package io.signalbox.e2e.chaos;

import io.signalbox.e2e.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Nothing is lost and nothing is done twice when processes die, stand still or lose their network:
 * brokers, a registry, engines and workers in processes of their own, under load.
 *
 * <p>No part of a build: {@code bin/reliability chaos}, the short scenario in 80 seconds.
 */
final class ChaosIT {
  /** Held, or its level would be forgotten: Kafka's clients say much between what is printed. */
  private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

  static {
    KAFKA.setLevel(Level.WARNING);
  }

  @TestFactory
  Stream<DynamicTest> everyTaskIsDoneOnceWhateverDies() {
    return Scenario.chosen()
        .map(scenario ->
            DynamicTest.dynamicTest(
                scenario.toString(), () -> Trial.run(scenario, newFolder(scenario))));
  }

  private static Path newFolder(Scenario scenario) throws IOException {
    Path target = Files.createDirectories(Project.target());
    return Files.createTempDirectory(target, "chaos-" + scenario + "-");
  }
}
