package io.signalbox.cli.settings;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Folders of the program. */
public final class Home {
  private Home() {}

  /** The folder in which the program was installed or checked out; holds {@code config}. */
  public static Path root() {
    return Path.of(System.getProperty("signalbox.root", ".")).toAbsolutePath().normalize();
  }

  /** The folder for state and logs, {@code .signalbox} unless SIGNALBOX_HOME names another. */
  public static Path state() {
    String named = System.getProperty("signalbox.home");
    return named == null ? root().resolve(".signalbox") : Path.of(named).toAbsolutePath();
  }

  /** The file that was named, or the one that comes with the program. */
  public static Path given(@Nullable Path named, String first, String... more) {
    return named == null ? config(first, more) : named;
  }

  /** A file that comes with the program. */
  public static Path config(String first, String... more) {
    return root().resolve("config").resolve(Path.of(first, more));
  }
}
