package io.signalbox.simulator.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of any size and any damage are read or refused, and nothing else happens. */
class WorkloadsPropertyTest {
  private static final Path CONFIG = Path.of(System.getProperty("signalbox.root"), "config");
  private static final String SPLINTERS = "{}[]:,-\"'\n \t&*!|>#%@`\\0Ae.";

  @TempDir Path folder;

  @Test
  void aDamagedFileIsReadOrRefusedWithItsName() throws IOException {
    long seed = Long.getLong("signalbox.seed", 20_261_123L);
    Random random = new Random(seed);
    String[] files = {"jobs/multimodal-qa.yaml", "fleets/default.yaml", "speeds/default.yaml"};
    for (int i = 0; i < 600; i++) {
      byte[] bytes = Files.readAllBytes(CONFIG.resolve(files[i % files.length]));
      Path file = FileUnderTest.in(folder, "damaged.yaml", damaged(bytes, random)).path();
      try {
        Workloads.read(file, Optional.of(Set.of("cpu")));
      } catch (InvalidFileException e) {
        assertTrue(String.valueOf(e.getMessage()).startsWith(file.toString()), e.getMessage());
        assertFalse(e.problems().isEmpty());
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("replay with -Dsignalbox.seed=" + seed + ", round " + i, e);
      }
    }
  }

  @Test
  void aDamagedGraphOfAnyFormatIsReadOrRefusedWithItsName() {
    long seed = Long.getLong("signalbox.seed", 20_261_124L);
    Random random = new Random(seed);
    List<String> graphs = List.of(EsteeTest.TWO, EsteeTest.NAMED, DagBenchTest.GRAPH);
    for (int i = 0; i < 3_000; i++) {
      byte[] bytes = graphs.get(i % graphs.size()).getBytes(StandardCharsets.UTF_8);
      Path file = FileUnderTest.in(folder, "damaged.json", damaged(bytes, random)).path();
      try {
        Workloads.read(file);
      } catch (InvalidFileException e) {
        assertTrue(String.valueOf(e.getMessage()).startsWith(file.toString()), e.getMessage());
      } catch (RuntimeException e) {
        throw new AssertionError("replay with -Dsignalbox.seed=" + seed + ", round " + i, e);
      }
    }
  }

  @Test
  void aChainOfAHundredThousandTasksIsRead() {
    StringBuilder json = new StringBuilder("{\"tasks\": [{\"id\": \"t0\", \"operation\": \"o\"}");
    for (int i = 1; i < 100_000; i++) {
      json.append(
          ",\n{\"id\": \"t%d\", \"operation\": \"o\", \"after\": [\"t%d\"]}".formatted(i, i - 1));
    }
    String tasks = json.toString();
    assertEquals(100_000, file(tasks + "]}").workload().taskCount());
    assertEquals(
        "j.json:1:12: tasks[0]: is part of a cycle, t0 -> t1 -> t2 -> t3 -> t4 -> t5 -> t6 -> t7"
            + " -> t8 -> t9 -> ... -> t99998 -> t99999 -> t0; remove one of these dependencies",
        file(tasks.replaceFirst("\"o\"", "\"o\", \"after\": [\"t99999\"]") + "]}").workloadError());
  }

  @Test
  void aHundredThousandProblemsAreFoundWithoutDelay() {
    StringBuilder json = new StringBuilder("{\"tasks\": [{\"id\": \"t0\", \"operation\": \"o\"}");
    for (int i = 1; i < 100_000; i++) {
      json.append(
          ",\n{\"id\": \"t%d\", \"operation\": \"o\", \"after\": [\"x%d\"]}".formatted(i, i));
    }
    assertTrue(file(json + "]}").workloadError().endsWith("\nand more; these are the first 20"));
  }

  private FileUnderTest file(String text) {
    return FileUnderTest.in(folder, "j.json", text);
  }

  private static byte[] damaged(byte[] bytes, Random random) {
    byte[] damaged = bytes.clone();
    int hits = 1 + random.nextInt(4);
    for (int i = 0; i < hits; i++) {
      int at = random.nextInt(damaged.length);
      damaged[at] =
          random.nextInt(10) == 0
              ? (byte) random.nextInt(256)
              : (byte) SPLINTERS.charAt(random.nextInt(SPLINTERS.length()));
    }
    return random.nextInt(5) == 0
        ? Arrays.copyOf(damaged, random.nextInt(damaged.length))
        : damaged;
  }
}
