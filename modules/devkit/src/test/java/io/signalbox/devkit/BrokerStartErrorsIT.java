package io.signalbox.devkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerStartErrorsIT {
  @Test
  void portInUseIsNamedAndNothingIsLeftBehind(@TempDir Path folder) throws Exception {
    try (EmbeddedBroker first = EmbeddedBroker.start()) {
      EmbeddedBroker.Builder second =
          EmbeddedBroker.builder().port(first.port()).dataFolder(folder);
      String message = assertThrows(DevkitException.class, second::start).getMessage();
      assertTrue(message.startsWith("Port " + first.port() + " on 127.0.0.1 is not free"), message);
    }
    EmbeddedBroker.builder().dataFolder(folder).start().close();
  }

  @Test
  void folderInUseByThisProcessIsRefused(@TempDir Path folder) {
    try (EmbeddedBroker holder = EmbeddedBroker.builder().dataFolder(folder).start()) {
      String message = refusal(holder.dataFolder());
      assertTrue(message.contains(folder + " is in use by another broker"), message);
    }
  }

  @Test
  void folderInUseByAnotherProcessIsRefused(@TempDir Path folder) throws Exception {
    EmbeddedBroker.builder().dataFolder(folder).start().close();
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process other =
        new ProcessBuilder(
                java.toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                FolderHolder.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertEquals("held " + folder, other.inputReader().readLine());
      String message = refusal(folder);
      assertTrue(message.contains("in use by another broker"), message);
    } finally {
      other.destroyForcibly().waitFor();
    }
    EmbeddedBroker.builder().dataFolder(folder).start().close();
  }

  @Test
  void folderOfAnotherClusterIsRefused(@TempDir Path folder) {
    String held;
    try (EmbeddedBroker broker = EmbeddedBroker.builder().dataFolder(folder).start()) {
      held = broker.clusterId();
    }
    String other = "AAAAAAAAAAAAAAAAAAAAAQ";
    EmbeddedBroker.Builder wrong = EmbeddedBroker.builder().dataFolder(folder).clusterId(other);
    String message = assertThrows(DevkitException.class, wrong::start).getMessage();
    assertTrue(
        message.contains("holds the data of cluster " + held + ", not of " + other), message);
  }

  @Test
  void folderOfARealBrokerIsNotTouched(@TempDir Path folder) throws Exception {
    Files.writeString(
        folder.resolve("meta.properties"), "version=1\nnode.id=7\ncluster.id=production\n");
    String message = refusal(folder);
    assertTrue(message.contains("another Kafka cluster (production)"), message);
    assertEquals(List.of("meta.properties"), List.of(names(folder)));
  }

  @Test
  void folderWithOtherFilesIsNotTouched(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("thesis.txt"), "precious");
    String message = refusal(folder);
    assertTrue(message.contains("is not empty and was not made by"), message);
    assertEquals(List.of("thesis.txt"), List.of(names(folder)));
  }

  @Test
  void fileInPlaceOfAFolderIsRefused(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("data"), "");
    String message = refusal(file);
    assertEquals("The data folder " + file + " is a file; give a folder.", message);
  }

  @Test
  void wrongPropertyIsNamed() {
    EmbeddedBroker.Builder wrong = EmbeddedBroker.builder().property("num.io.threads", "many");
    String message = assertThrows(DevkitException.class, wrong::start).getMessage();
    assertTrue(message.contains("num.io.threads"), message);
    assertFalse(message.contains("\n"), message);
  }

  private static String refusal(Path folder) {
    EmbeddedBroker.Builder builder = EmbeddedBroker.builder().dataFolder(folder);
    return assertThrows(DevkitException.class, builder::start).getMessage();
  }

  private static String[] names(Path folder) {
    String[] names = new File(folder.toString()).list();
    return names == null ? new String[0] : names;
  }
}
