package io.signalbox.cli.settings;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says which device classes there are. */
public final class DeviceClassOptions {
  @Option(
      names = "--device-classes",
      paramLabel = "FILE",
      description = "The device classes. Default: config/device-classes.yaml.")
  private @Nullable Path file;

  /** The file that was named, or the one that comes with the program. */
  public Path file() {
    return Home.given(file, "device-classes.yaml");
  }
}
