package io.signalbox.simulator.workload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.signalbox.simulator.workload.ArrivalTrace.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrivalTraceTest {
  private static final Path DATA =
      Path.of(System.getProperty("signalbox.root")).resolveSibling("shared").resolve("data");

  @TempDir Path folder;

  @Test
  void timesCountFromTheFirstRequest() throws InvalidFileException {
    String csv =
        "TIMESTAMP,ContextTokens,GeneratedTokens\r\n"
            + "2023-11-16 23:59:59.5000000,374,44\r\n\r\n"
            + "2023-11-17T00:00:01, 396 ,0\r\n2023-11-17 00:00:01.25,1,2";
    ArrivalTrace trace = read(csv, 100);
    assertEquals("t", trace.name());
    assertArrayEquals(new double[] {0, 1.5, 1.75}, trace.seconds(), 1e-6);
    assertEquals(
        List.of(374, 396, 1), trace.requests().stream().map(Request::contextTokens).toList());
    assertEquals(
        List.of(44, 0, 2), trace.requests().stream().map(Request::generatedTokens).toList());
  }

  @Test
  void secondsWillDoAndWhatIsBeyondTheLimitIsLeftAside() throws InvalidFileException {
    ArrivalTrace trace = read("10,1,1\n12.5,1,1\nnonsense", 2);
    assertArrayEquals(new double[] {0, 2.5}, trace.seconds(), 1e-9);
  }

  @Test
  void whatIsWrongIsNamedWithItsLineAndColumn() {
    assertEquals(
        """
        t.csv:2:1: has 2 fields; give three, time,context tokens,generated tokens
        t.csv:3:1: the time is "yesterday1"; give seconds or a time such as 2023-11-16 18:15:46.68
        t.csv:4:3: the number of tokens is "-4"; give a whole number from 0 to 100000000
        t.csv:5:5: the number of tokens is "1.5"; give a whole number from 0 to 100000000
        t.csv:6:5: the number of tokens is "NaN"; give a whole number from 0 to 100000000
        t.csv:7:1: is earlier than the line above; sort the lines by time
        t.csv:8:1: the time is "Infinity"; give seconds or a time such as 2023-11-16 18:15:46.68\
        """,
        error("5,1,1\n6,1\nyesterday1,1,1\n7,-4,1\n7,1,1.5\n7,1,NaN\n4,1,1\nInfinity,1,1"));
    String rule = "t.csv: has no request; give lines of time,context tokens,generated tokens";
    assertEquals(rule, error(""));
    assertEquals(rule, error("time,context,generated\n"));
    assertEquals(
        "t.csv:1:2: control character 0x00; the file should be text, JSON or YAML in UTF-8",
        error("1\0"));
  }

  @Test
  void theAzureTraceIsReadWhole() throws InvalidFileException {
    Path file = DATA.resolve("traces/AzureLLMInferenceTrace_conv.csv");
    assumeTrue(Files.exists(file), () -> "skipped: no " + file);
    ArrivalTrace trace = ArrivalTrace.read(file, Integer.MAX_VALUE);
    assertEquals(19_366, trace.requests().size());
    assertEquals(new Request(0, 374, 44), trace.requests().getFirst());
    assertEquals(3_501.72, trace.requests().getLast().atSeconds(), 0.01);
  }

  private ArrivalTrace read(String text, int most) throws InvalidFileException {
    return ArrivalTrace.read(FileUnderTest.in(folder, "t.csv", text).path(), most);
  }

  private String error(String text) {
    return FileUnderTest.in(folder, "t.csv", text).error(file -> ArrivalTrace.read(file, 100));
  }
}
