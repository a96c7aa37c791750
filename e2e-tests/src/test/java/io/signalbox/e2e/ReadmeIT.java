package io.signalbox.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What the README shows is code that is compiled and run. A block of Java there follows a comment
 * {@code <!-- source: PATH#REGION -->}; the region stands in that file between lines with {@code
 * // @start region=REGION} and {@code // @end}, as in Java's own snippets.
 */
final class ReadmeIT {
  private static final Path ROOT = Project.root();
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?:<!-- source: (\\S+)#(\\S+) -->\\s*\\n)?```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");

  @TestFactory
  Stream<DynamicTest> blocksOfJavaAreRegionsOfTestedFiles() throws IOException {
    List<Block> blocks = blocks();
    assertFalse(blocks.isEmpty(), "the README shows a producer and a worker in Java");
    return blocks.stream().map(block -> DynamicTest.dynamicTest(block.name(), block::check));
  }

  @Test
  void linksLeadToFilesOfTheProject() throws IOException {
    Matcher links = LINK.matcher(Files.readString(ROOT.resolve("README.md")));
    List<String> dead = new ArrayList<>();
    while (links.find()) {
      if (!Files.exists(ROOT.resolve(links.group(1)))) {
        dead.add(links.group(1));
      }
    }
    assertEquals(List.of(), dead, "links of the README to nothing");
  }

  private static List<Block> blocks() throws IOException {
    List<Block> blocks = new ArrayList<>();
    Matcher found = BLOCK.matcher(Files.readString(ROOT.resolve("README.md")));
    while (found.find()) {
      blocks.add(new Block(found.group(1), found.group(2), found.group(3)));
    }
    return blocks;
  }

  private record Block(String file, String region, String text) {
    String name() {
      return file == null ? "a block without source" : Path.of(file).getFileName() + "#" + region;
    }

    void check() throws IOException {
      assertTrue(
          file != null, "no <!-- source: PATH#REGION --> above the block that begins\n" + text);
      List<String> lines = Files.readAllLines(ROOT.resolve(file));
      int start = indexOf(lines, 0, "@start region=" + region);
      int end = indexOf(lines, start, "@end");
      assertEquals(
          String.join("\n", lines.subList(start + 1, end)).stripIndent().strip(), text.strip());
    }

    private int indexOf(List<String> lines, int from, String mark) {
      for (int i = from; i < lines.size(); i++) {
        if (lines.get(i).strip().equals("// " + mark)) {
          return i;
        }
      }
      throw new AssertionError(file + " has no line '// " + mark + "' from line " + (from + 1));
    }
  }
}
