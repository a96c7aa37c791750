package io.signalbox.cli.settings;

import io.signalbox.simulator.workload.InvalidFileException;
import io.signalbox.simulator.workload.Speeds;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says how fast device classes are. */
public final class SpeedsOptions {
  @Option(
      names = "--speeds",
      paramLabel = "FILE",
      description =
          "Speed of each operation on each device class, in units of work per second:"
              + " {\"default\": {class: speed}, \"operations\": {operation: {class: speed}}}.")
  private @Nullable Path file;

  /** The file that was named, or null. */
  public @Nullable Path file() {
    return file;
  }

  /**
   * The speeds of the file that was named, or of the one that comes with the program.
   *
   * @param classes device classes that they must cover
   */
  public Speeds speeds(Set<String> classes) throws InvalidFileException {
    return Speeds.read(Home.given(file, "speeds", "default.yaml"), classes);
  }
}
