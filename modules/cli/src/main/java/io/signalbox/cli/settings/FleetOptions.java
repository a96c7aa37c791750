package io.signalbox.cli.settings;

import io.signalbox.simulator.workload.Fleet;
import io.signalbox.simulator.workload.InvalidFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names a fleet. */
public final class FleetOptions {
  @Option(
      names = "--fleet",
      paramLabel = "FILE",
      description = "Devices and the network between them. Default: config/fleets/default.yaml.")
  private @Nullable Path file;

  /** The file that was named, or the one that comes with the program. */
  public Path file() {
    return Home.given(file, "fleets", "default.yaml");
  }

  /**
   * The fleet.
   *
   * @param knownClasses the device classes there are
   */
  public Fleet fleet(Set<String> knownClasses) throws InvalidFileException {
    return Fleet.read(file(), Optional.of(knownClasses));
  }
}
