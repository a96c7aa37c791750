package io.signalbox.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceIdTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void eachStateFolderHasOneThatStays() {
    String first = InstanceId.of(folder.resolve("a/state"));
    assertEquals(first, InstanceId.of(folder.resolve("a/state")));
    assertNotEquals(first, InstanceId.of(folder.resolve("b")));
  }

  @Test
  void damagedOneIsNamedWithItsFile() throws IOException {
    Path file = Files.writeString(folder.resolve("instance-id"), "not one");
    EngineException e = assertThrows(EngineException.class, () -> InstanceId.of(folder));
    assertTrue(e.getMessage().contains(file.toString()), e::getMessage);
  }

  @Test
  void folderThatCanNotBeMadeIsAnError() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThrows(EngineException.class, () -> InstanceId.of(file.resolve("state")));
  }
}
