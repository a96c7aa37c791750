package io.signalbox.events.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** The schemas of the project as files. */
public final class SchemaFiles {
  /** The folder of the schemas. */
  static final Path FOLDER = Path.of(System.getProperty("signalbox.root"), "schemas");

  // The others refer to these.
  private static final List<String> FIRST = List.of("Content.avsc", "TaskSpec.avsc");

  private SchemaFiles() {}

  /** The records that the files of a folder define, by the files' names without {@code .avsc}. */
  static Map<String, Schema> read(Path folder) {
    Schema.Parser parser = new Schema.Parser();
    Map<String, Schema> schemas = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(n -> n.endsWith(".avsc"))
              .toList();
      for (String name : Stream.concat(FIRST.stream(), names.stream()).distinct().toList()) {
        schemas.put(name.replace(".avsc", ""), parser.parse(folder.resolve(name).toFile()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return schemas;
  }

  /** The folders of the released versions, the oldest first. */
  static List<Path> released() {
    try (Stream<Path> folders = Files.list(FOLDER.resolve("released"))) {
      return folders
          .sorted(
              java.util.Comparator.comparing(
                  folder -> Runtime.Version.parse(folder.getFileName().toString())))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
