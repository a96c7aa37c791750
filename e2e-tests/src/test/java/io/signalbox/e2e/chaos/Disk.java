package io.signalbox.e2e.chaos;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.signalbox.e2e.Launched;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A small disk in memory (tmpfs) that can be filled; mounting one takes the rights of root. */
final class Disk implements AutoCloseable {
  private static final int CHUNK_BYTES = 4_096;

  private final Path folder;

  private Disk(Path folder) {
    this.folder = folder;
  }

  /** Mounts one on a new folder; the test is skipped where that isn't permitted. */
  static Disk mount(Path folder, int megabytes) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int status =
        run(folder, "mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder + "");
    assumeTrue(status == 0, "a tmpfs can't be mounted here, so no disk can be filled");
    return new Disk(folder);
  }

  /** Writes until there is no room for another byte. */
  void fill() {
    byte[] chunk = new byte[CHUNK_BYTES];
    try (OutputStream out = Files.newOutputStream(filling())) {
      while (Files.getFileStore(folder).getUsableSpace() > 0) {
        out.write(chunk);
      }
    } catch (IOException e) {
      // It is full, which was wanted.
    }
  }

  /** Gives the room back. */
  void free() {
    try {
      Files.deleteIfExists(filling());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path filling() {
    return folder.resolve("filling");
  }

  private static int run(Path folder, String... command) {
    try (Launched launched =
        Launched.start(command[0], folder.getParent(), Map.of(), List.of(command))) {
      return launched.awaitExit(Member.LIMIT);
    }
  }

  /** Unmounts it; whoever uses it must have ended. */
  @Override
  public void close() {
    run(folder, "umount", folder.toString());
  }
}
