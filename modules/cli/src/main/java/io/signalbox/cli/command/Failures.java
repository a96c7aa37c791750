package io.signalbox.cli.command;

import io.signalbox.cli.output.CommandFailure;
import io.signalbox.devkit.DevkitException;
import io.signalbox.engine.EngineException;
import io.signalbox.engine.settings.SettingsException;
import io.signalbox.simulator.workload.InvalidFileException;
import org.jspecify.annotations.Nullable;

/** Which errors are a user's to mend, and what the program exits with. */
public final class Failures {
  private Failures() {}

  /** The failure that an exception means for the user; null when nobody expected it. */
  public static @Nullable CommandFailure of(Throwable e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    return switch (e) {
      case CommandFailure failure -> failure;
      case InvalidFileException invalid -> CommandFailure.usage(message, invalid);
      case SettingsException wrong -> CommandFailure.usage(message, wrong);
      case EngineException failed -> CommandFailure.failed(message, failed);
      case DevkitException failed -> CommandFailure.failed(message, failed);
      default -> null;
    };
  }
}
