package io.signalbox.devkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NothingLeakedIT {
  @Test
  void closingEndsEveryThread() throws Exception {
    // The first run starts what a JVM starts once and keeps (timers of the metrics library).
    EmbeddedBroker.start().close();
    Set<Thread> before = threads();
    EmbeddedBroker.start().close();
    Set<Thread> left = threads();
    left.removeAll(before);
    for (Thread thread : left) {
      thread.join(10_000);
    }
    left.removeIf(thread -> !thread.isAlive());
    assertEquals(Set.of(), left.stream().map(Thread::getName).collect(Collectors.toSet()));
  }

  @Test
  void closingReleasesEveryFile(@TempDir Path folder) throws Exception {
    Path open = Path.of("/proc/self/fd");
    Assumptions.assumeTrue(Files.isDirectory(open), "needs /proc/self/fd to see open files");
    EmbeddedBroker broker = EmbeddedBroker.builder().dataFolder(folder).start();
    new Records(broker.bootstrapServers()).createTopic("some", 3);
    broker.close();
    Set<String> left =
        openFiles(open).stream()
            .filter(file -> file.startsWith(folder.toString()))
            .collect(Collectors.toSet());
    assertEquals(Set.of(), left);
  }

  private static Set<String> openFiles(Path open) throws IOException {
    Set<String> targets = new HashSet<>();
    try (var descriptors = Files.list(open)) {
      for (Path descriptor : descriptors.toList()) {
        try {
          targets.add(Files.readSymbolicLink(descriptor).toString());
        } catch (NoSuchFileException e) {
          // The listing's own descriptor, closed by now.
        }
      }
    }
    return targets;
  }

  private static Set<Thread> threads() {
    return new HashSet<>(Thread.getAllStackTraces().keySet());
  }
}
