package io.signalbox.simulator.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every message names the place and says what would be right. */
class JobFileErrorsTest {
  @TempDir Path folder;

  @Test
  void anUnknownKeyIsSuggestedItsNeighbour() {
    assertEquals(
        "j.yaml:2:29: tasks[0]: unknown key \"wrok\"; did you mean \"work\"?",
        error("tasks:\n  - {id: a, operation: ocr, wrok: 2}"));
    assertEquals(
        "j.yaml:2:1: unknown key \"colour\"; the keys here are job, copies, tenant, deadline,"
            + " admission, labels, defaults, tasks",
        error("tasks: [{id: a, operation: ocr}]\ncolour: red"));
  }

  @Test
  void missingKeysAreNamed() {
    assertEquals(
        "j.yaml:1:1: \"tasks\" is missing; give a list, such as"
            + " [{id: a, operation: ocr}, {id: b, operation: embed, after: [a]}]",
        error("job: a"));
    assertEquals(
        """
        j.yaml:1:9: tasks[0]: "operation" is missing; give the kind of the task
        j.yaml:1:18: tasks[1]: "id" is missing; give a name that no other task of the job has\
        """,
        error("tasks: [{id: a}, {operation: ocr}]"));
    assertEquals(
        "j.yaml:1:8: jobs[0]: \"job\" is missing; give a name",
        error("jobs: [{tasks: [{id: a, operation: o}]}]"));
  }

  @Test
  void unknownAdmissionIsNamed() {
    assertEquals(
        "j.yaml:1:12: admission: is \"strict\"; give enforce, warn or off",
        error("admission: strict\ntasks: [{id: a, operation: ocr}]"));
  }

  @Test
  void emptyListsAreRefused() {
    assertEquals("j.yaml:1:8: tasks: is empty; a job has at least one task", error("tasks: []"));
    assertEquals("j.yaml:1:7: jobs: is empty; give at least one job", error("jobs: []"));
  }

  @Test
  void wrongTypesAreNamed() {
    assertEquals(
        "j.yaml:1:8: tasks: is \"a\"; give a list, such as"
            + " [{id: a, operation: ocr}, {id: b, operation: embed, after: [a]}]",
        error("tasks: a"));
    assertEquals(
        "j.yaml:1:1: is a list; give a map, such as"
            + " {job: report, tasks: [{id: a, operation: ocr}]}",
        error("- a"));
    assertEquals(
        "j.yaml:1:38: tasks[0].after: is \"b\"; give a list, such as"
            + " [a, {task: b, sizeBytes: 2MB}]",
        error("tasks: [{id: a, operation: o, after: b}]"));
  }

  @Test
  void namesKeepToTheirCharactersAndLength() {
    assertEquals(
        "j.yaml:1:14: tasks[0].id: is \"a b\"; a name has 1 to 200 characters of"
            + " A-Z a-z 0-9 . _ : -",
        error("tasks: [{id: a b, operation: o}]"));
    assertTrue(
        error("tasks: [{id: " + "x".repeat(201) + ", operation: o}]")
            .contains("a name has 1 to 200 characters"));
  }

  @Test
  void idsDiffer() {
    assertEquals(
        "j.yaml:3:8: tasks[1].id: another task has the id \"a\" already; ids must differ",
        error("tasks:\n- {id: a, operation: o}\n- {id: a, operation: o}"));
    assertEquals(
        "j.yaml:3:9: jobs[1].job: another job is called \"a\" already; names must differ",
        error(
            """
            jobs:
            - {job: a, tasks: [{id: a, operation: o}]}
            - {job: a, tasks: [{id: a, operation: o}]}
            """));
  }

  @Test
  void parentsExist() {
    assertEquals(
        "j.yaml:2:1: tasks[1]: waits for \"detect-1\", which the job doesn't have;"
            + " did you mean \"detect-2\"?",
        error("tasks: [{id: detect-2, operation: o},\n{id: b, operation: o, after: [detect-1]}]"));
  }

  @Test
  void aCycleIsNamed() {
    assertEquals(
        "j.yaml:2:3: tasks[0]: is part of a cycle, a -> b -> c -> a;"
            + " remove one of these dependencies",
        error(
            """
            tasks:
            - {id: a, operation: o, after: [c]}
            - {id: b, operation: o, after: [a]}
            - {id: c, operation: o, after: [b]}
            """));
    assertEquals(
        "j.yaml:1:9: tasks[0]: is part of a cycle, a -> a; remove one of these dependencies",
        error("tasks: [{id: a, operation: o, after: [a]}]"));
  }

  @Test
  void numbersAreInRange() {
    String where = "j.yaml:1:37: tasks[0].work: is ";
    String rule = "; give a number greater than 0";
    for (String wrong : new String[] {"-1", "0", ".nan", ".inf", "1e999", "\"2\"", "much"}) {
      String shown = wrong.equals("much") ? "\"much\"" : wrong;
      assertEquals(
          where + shown + rule, error("tasks: [{id: a, operation: o, work: " + wrong + "}]"));
    }
    assertEquals(
        "j.yaml:1:44: tasks[0].maxAttempts: is 11; give a whole number from 1 to 10",
        error("tasks: [{id: a, operation: o, maxAttempts: 11}]"));
    assertEquals(
        "j.yaml:1:9: copies: is 1.5; give a whole number from 1 to 100000",
        error("copies: 1.5\ntasks: [{id: a, operation: o}]"));
  }

  @Test
  void nanInJsonIsRefusedByItsPlace() {
    assertEquals(
        "j.json:1:50: tasks[0].work: is NaN; give a number greater than 0",
        FileUnderTest.in(
                folder,
                "j.json",
                "{\"tasks\": [{\"id\": \"a\", \"operation\": \"o\", \"work\": NaN}]}")
            .workloadError());
  }

  @Test
  void unitsAreKnown() {
    assertEquals(
        "j.yaml:1:39: tasks[0].memory: is \"16 gigs\"; give bytes, such as 4096, 20MB or 16GiB",
        error("tasks: [{id: a, operation: o, memory: 16 gigs}]"));
    assertEquals(
        "j.yaml:1:40: tasks[0].timeout: is \"30 sec\"; give seconds greater than 0, such as 30,"
            + " 30s or 5m",
        error("tasks: [{id: a, operation: o, timeout: 30 sec}]"));
    String deadline =
        "; give seconds from submission, such as 90 or 2h, or an instant, such as"
            + " 2030-01-31T10:00:00Z";
    assertEquals(
        "j.yaml:1:11: deadline: is \"soon\"" + deadline,
        error("deadline: soon\ntasks: [{id: a, operation: o}]"));
    assertEquals(
        "j.yaml:1:11: deadline: is \"2030-13-01\"" + deadline,
        error("deadline: 2030-13-01\ntasks: [{id: a, operation: o}]"));
  }

  @Test
  void deviceClassesAreKnownWhereTheReaderKnowsThem() {
    String text =
        """
        tasks:
        - {id: a, operation: o, classes: [nvidia-h10]}
        - {id: b, operation: o, estimates: {tpu: 3}}
        """;
    assertEquals(
        """
        j.yaml:2:35: tasks[0].classes[0]: unknown device class "nvidia-h10"; did you mean "nvidia-h100"?
        j.yaml:3:37: tasks[1].estimates.tpu: unknown device class "tpu"; did you mean "cpu"?\
        """,
        file(text).workloadError("nvidia-h100", "cpu"));
    assertEquals(2, file(text).onlyJob().tasks().size());
    assertEquals(
        "j.yaml:2:35: tasks[0].classes[0]: unknown device class \"nvidia-h10\";"
            + " there are edge, npu",
        file("tasks:\n- {id: a, operation: o, classes: [nvidia-h10]}")
            .workloadError("npu", "edge"));
  }

  @Test
  void aDefaultThatNoTaskUsesIsAMisspelling() {
    assertEquals(
        "j.yaml:1:12: defaults.orc: no task has the operation \"orc\"; did you mean \"ocr\"?",
        error("defaults: {orc: {work: 2}}\ntasks: [{id: a, operation: ocr}]"));
  }

  @Test
  void payloadsAreOfOneForm() {
    assertEquals(
        "j.yaml:1:40: tasks[0].payload: give exactly one of text, json, base64 and uri",
        error("tasks: [{id: a, operation: o, payload: {text: a, uri: b}}]"));
    assertEquals(
        "j.yaml:1:46: tasks[0].payload.uri: is \"b\"; give a URI with its scheme, such as"
            + " s3://bucket/key",
        error("tasks: [{id: a, operation: o, payload: {uri: b}}]"));
    assertEquals(
        "j.yaml:1:49: tasks[0].payload.base64: isn't base64 (RFC 4648 with padding):"
            + " Illegal base64 character 2a",
        error("tasks: [{id: a, operation: o, payload: {base64: '***'}}]"));
    assertEquals(
        "j.yaml:1:47: tasks[0].payload.json: holds a number that JSON can't: NaN or an infinite"
            + " one",
        error("tasks: [{id: a, operation: o, payload: {json: .nan}}]"));
  }

  @Test
  void payloadsThatTravelInlineAreShort() {
    assertEquals(
        "j.yaml:1:40: tasks[0].payload: has 65537 bytes; at most 65536 travel inline,"
            + " give a uri instead",
        error("tasks: [{id: a, operation: o, payload: " + "x".repeat(65_537) + "}]"));
    String list = "[" + "x,".repeat(40_000) + "x]";
    assertEquals(
        "j.yaml:1:47: tasks[0].payload.json: has more than 65536 bytes; at most 65536 travel"
            + " inline, give a uri instead",
        error("tasks: [{id: a, operation: o, payload: {json: " + list + "}}]"));
  }

  @Test
  void aFleetIsNoWorkload() {
    assertEquals(
        "j.yaml:1:1: this is a fleet, not a workload; give a file with jobs or tasks",
        error("devices: [{id: a, class: cpu}]"));
  }

  @Test
  void twentyProblemsAreEnough() {
    String message = error("tasks: [" + "{id: a b, operation: o},".repeat(30) + "]");
    assertEquals(21, message.lines().count());
    assertTrue(message.endsWith("\nand more; these are the first 20"), message);
    assertFalse(message.contains("tasks[20]"), message);
  }

  @Test
  void copiesDontAddUpToMoreThanAPoolHolds() {
    StringBuilder tasks = new StringBuilder();
    for (int i = 0; i < 21; i++) {
      tasks.append("- {id: t").append(i).append(", operation: o}\n");
    }
    assertEquals(
        "j.yaml:1:1: the jobs so far have more than 2000000 tasks; split the file",
        error("copies: 100000\ntasks:\n" + tasks));
  }

  private String error(String text) {
    return file(text).workloadError();
  }

  private FileUnderTest file(String text) {
    return FileUnderTest.in(folder, "j.yaml", text);
  }
}
