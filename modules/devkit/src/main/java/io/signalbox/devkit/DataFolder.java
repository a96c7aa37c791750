package io.signalbox.devkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one embedded broker, held by a lock while it is in use: {@code devkit.lock} and
 * Kafka's own files under {@code broker/}.
 */
final class DataFolder implements AutoCloseable {
  private static final String LOCK = "devkit.lock";
  private static final String LOGS = "broker";
  private static final String META = "meta.properties";

  private final Path folder;
  private final boolean temporary;
  private final FileChannel lock;

  private DataFolder(Path folder, boolean temporary, FileChannel lock) {
    this.folder = folder;
    this.temporary = temporary;
    this.lock = lock;
  }

  /** A new folder among the system's temporary files, deleted when it is closed. */
  static DataFolder temporary() {
    try {
      Path folder = Files.createTempDirectory("signalbox-devkit-");
      return new DataFolder(folder, true, lock(folder));
    } catch (IOException e) {
      throw new DevkitException(
          "Cannot make a temporary folder for the broker's data: " + reason(e), e);
    }
  }

  /**
   * The folder at this path, made if it isn't there; kept when it is closed.
   *
   * @throws DevkitException if it is in use, can't be written, or holds something else
   */
  static DataFolder at(Path path) {
    Path folder = path.toAbsolutePath().normalize();
    try {
      if (Files.exists(folder) && !Files.isDirectory(folder)) {
        throw new DevkitException("The data folder %s is a file; give a folder.".formatted(folder));
      }
      refuseForeign(folder);
      Files.createDirectories(folder);
      return new DataFolder(folder, false, lock(folder));
    } catch (IOException e) {
      throw new DevkitException(
          "Cannot use the data folder %s: %s".formatted(folder, reason(e)), e);
    }
  }

  Path path() {
    return folder;
  }

  /** Where Kafka keeps its logs. */
  Path logs() {
    return folder.resolve(LOGS);
  }

  /**
   * The cluster whose data the folder holds, null when it is new.
   *
   * @param nodeId of the node that is to use it
   * @throws DevkitException if the data is another node's
   */
  @Nullable String clusterId(int nodeId) {
    Path meta = logs().resolve(META);
    if (!Files.exists(meta)) {
      return null;
    }
    Properties properties = read(meta);
    String node = properties.getProperty("node.id", "");
    if (!node.equals(Integer.toString(nodeId))) {
      throw new DevkitException(
          "The data folder %s belongs to node %s of a Kafka cluster, not to node %d of a devkit; give another folder."
              .formatted(folder, node, nodeId));
    }
    return properties.getProperty("cluster.id");
  }

  private static Properties read(Path file) {
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      properties.load(reader);
      return properties;
    } catch (IOException | IllegalArgumentException e) {
      throw new DevkitException("Cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** A folder with other people's files, above all a real broker's, must not be written into. */
  private static void refuseForeign(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Path foreignMeta = folder.resolve(META);
    if (Files.exists(foreignMeta)) {
      throw new DevkitException(
          "The folder %s holds the data of another Kafka cluster (%s); give an empty or a new folder."
              .formatted(folder, read(foreignMeta).getProperty("cluster.id", "id unknown")));
    }
    Set<String> names = names(folder);
    if (!names.isEmpty() && !names.contains(LOCK)) {
      throw new DevkitException(
          "The folder %s is not empty and was not made by Signalbox's devkit; give an empty or a new folder."
              .formatted(folder));
    }
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // Held by another broker in this very process: the same answer as for another process.
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new DevkitException(
        "The data folder %s is in use by another broker. Stop that one or give another folder."
            .formatted(folder));
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }

  /** Releases the folder, and deletes it if it is temporary. */
  @Override
  public void close() {
    Loopback.closeQuietly(lock);
    if (temporary) {
      deleteAll();
    }
  }

  private void deleteAll() {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(DataFolder::delete);
    } catch (IOException | UncheckedIOException e) {
      throw new DevkitException("Cannot delete the temporary folder " + folder, e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (NoSuchFileException e) {
      // Gone already, which is what was wanted.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
