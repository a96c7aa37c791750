package io.signalbox.simulator.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What isn't even JSON or YAML. */
class DocumentTest {
  @TempDir Path folder;

  @Test
  void theFileIsThere() throws IOException {
    assertEquals(
        "j.yaml: no such file; check the path",
        new FileUnderTest(folder.resolve("j.yaml")).workloadError());
    assertEquals(
        "sub: is a folder; name a file in it",
        new FileUnderTest(Files.createDirectory(folder.resolve("sub"))).workloadError());
  }

  @Test
  void theFileHoldsSomething() {
    for (String nothing : new String[] {"", " \n\t\n"}) {
      assertEquals(
          "j.yaml: the file is empty; it should hold JSON or YAML", error("j.yaml", nothing));
    }
    assertEquals(
        "j.yaml: the file is empty; it should hold JSON or YAML", error("j.yaml", "# nothing\n"));
  }

  @Test
  void theFileIsText() {
    byte[] garbage = {'a', '\n', 'b', (byte) 0xFE, (byte) 0xFF, 0};
    assertEquals(
        "j.yaml:2:2: byte 0xFE isn't UTF-8; the file should be text, JSON or YAML in UTF-8",
        FileUnderTest.in(folder, "j.yaml", garbage).workloadError());
    byte[] truncated = {'a', ':', ' ', (byte) 0xC3};
    assertEquals(
        "j.yaml:1:4: byte 0xC3 isn't UTF-8; the file should be text, JSON or YAML in UTF-8",
        FileUnderTest.in(folder, "j.yaml", truncated).workloadError());
    assertEquals(
        "j.yaml:1:3: control character 0x00; the file should be text, JSON or YAML in UTF-8",
        error("j.yaml", "PK\0\3"));
  }

  @Test
  void aByteOrderMarkAndAReplacementCharacterAreText() {
    String text = "\uFEFFtasks: [{id: a, operation: o, payload: \"\uFFFD\"}]";
    assertEquals(1, FileUnderTest.in(folder, "j.yaml", text).workload().taskCount());
  }

  @Test
  void theFileIsNotTooLong() throws IOException {
    Path file = folder.resolve("j.json");
    try (RandomAccessFile long101 = new RandomAccessFile(file.toFile(), "rw")) {
      long101.setLength(101L << 20);
    }
    assertEquals(
        "j.json: has 105906176 bytes; at most 104857600 are read, split it",
        new FileUnderTest(file).workloadError());
  }

  @Test
  void brokenJsonIsLocated() {
    assertEquals(
        "j.json:2:13: not valid JSON: Unexpected character (',' (code 44)): was expecting"
            + " double-quote to start field name",
        error("j.json", "{\n  \"tasks\": {,}}"));
    assertEquals(
        "j.json:1:3: something follows the end of the JSON value; a file holds one value",
        error("j.json", "{}{}"));
    assertEquals(
        "j.json:1:8: key \"a\" stands here a second time, first on line 1; remove one",
        error("j.json", "{\"a\":1,\"a\":2}"));
    assertTrue(error("j.json", "{\"tasks\": [").startsWith("j.json:1:12: not valid JSON: "));
  }

  @Test
  void brokenYamlIsLocated() {
    assertEquals(
        "j.yaml:2:7: not valid YAML: mapping values are not allowed here; check indentation and"
            + " quotes",
        error("j.yaml", "tasks: a\n  work: 1"));
    assertEquals(
        "j.yaml:3:1: key \"job\" stands here a second time, first on line 1; remove one",
        error("j.yaml", "job: a\ntasks: []\njob: b"));
    assertEquals(
        "j.yaml:2:1: a second YAML document begins; a file holds one",
        error("j.yaml", "a: 1\n---\nb: 2"));
    assertEquals(
        "j.yaml:1:4: the tag tag:yaml.org,2002:java.lang.Object has no meaning here; remove it",
        error("j.yaml", "a: !!java.lang.Object {}"));
    assertEquals("j.yaml:1:4: no anchor &x stands before this alias", error("j.yaml", "a: *x"));
  }

  @Test
  void deepNestingIsRefused() {
    String problem = "values are nested more than 64 deep; flatten them";
    assertEquals("j.json:1:65: " + problem, error("j.json", "[".repeat(70) + "]".repeat(70)));
    assertEquals("j.yaml:1:67: " + problem, error("j.yaml", "a: " + "[".repeat(70)));
  }

  @Test
  void aliasesCountAsWhatTheyStandFor() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      String alias = "*a" + (i - 1);
      laughs.append("a%d: &a%d [%s]\n".formatted(i, i, (alias + ", ").repeat(9) + alias));
    }
    assertTrue(
        error("j.yaml", laughs.toString())
            .contains(": the file holds more than 10000000 values; split it into several"));
  }

  private String error(String name, String text) {
    return FileUnderTest.in(folder, name, text).workloadError();
  }
}
