package io.signalbox.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The name under which an engine is a static member of its consumer group (KIP-345): an engine that
 * was killed takes its own partitions up again at once, instead of waiting for the session of its
 * former life to end. It lies in the state folder, which only one engine can use at a time.
 */
final class InstanceId {
  private static final String FILE = "instance-id";

  private InstanceId() {}

  /**
   * The name of the engine with that state folder, made with the first use.
   *
   * @throws EngineException when it can be neither read nor written, or isn't one
   */
  static String of(Path stateFolder) {
    Path file = stateFolder.resolve(FILE);
    try {
      return read(file);
    } catch (NoSuchFileException none) {
      return create(file);
    } catch (IOException | IllegalArgumentException e) {
      throw new EngineException(
          "the engine's name in " + file + " can't be read: " + e.getMessage() + "; remove it", e);
    }
  }

  private static String read(Path file) throws IOException {
    return UUID.fromString(Files.readString(file).strip()).toString();
  }

  private static String create(Path file) {
    String id = UUID.randomUUID().toString();
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, id + "\n");
      return id;
    } catch (IOException e) {
      throw new EngineException("the state folder can't be written: " + e, e);
    }
  }
}
