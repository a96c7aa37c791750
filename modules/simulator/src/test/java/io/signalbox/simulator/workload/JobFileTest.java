package io.signalbox.simulator.workload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.signalbox.core.job.Admission;
import io.signalbox.core.job.Content;
import io.signalbox.core.job.Dependency;
import io.signalbox.core.job.JobHeader;
import io.signalbox.core.job.TaskSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobFileTest {
  @TempDir Path folder;

  @Test
  void theShortestFileIsOneTaskNamedAfterItsFile() {
    Workload workload = yaml("my report.yaml", "tasks: [{id: a, operation: ocr}]").workload();
    TaskSpec task = TaskSpec.of("a", "ocr");
    JobPlan plan = new JobPlan("my_report", JobHeader.DEFAULT, List.of(task));
    assertEquals(new Workload("my_report", List.of(plan)), workload);
  }

  @Test
  void admissionMayBeOff() {
    JobPlan plan = yaml("off.yaml", "admission: off\ntasks: [{id: a, operation: ocr}]").onlyJob();
    assertEquals(Admission.OFF, plan.header().admission());
  }

  @Test
  void everyKeyIsRead() {
    JobPlan plan =
        yaml(
                "all.yaml",
                """
                job: report
                tenant: search
                deadline: 90s
                admission: enforce
                labels: {team: search, run: 7}
                tasks:
                  - id: a
                    operation: ocr
                    version: v2
                    work: 2.5
                    estimates: {cpu: 4, nvidia-h100: 250ms}
                    classes: [cpu, nvidia-h100]
                    memory: 16GiB
                    payload: hello
                    timeout: 5m
                    maxAttempts: 4
                  - id: b
                    operation: embed
                    after: [{task: a, sizeBytes: 2MB}]
                """)
            .onlyJob();
    assertEquals("report", plan.job());
    assertEquals(
        new JobHeader(
            "search", null, Admission.ENFORCE, Map.of("team", "search", "run", "7"), null),
        plan.header());
    assertEquals(90.0, plan.deadlineAfterSeconds());
    assertEquals(
        new TaskSpec(
            "a",
            "ocr",
            "v2",
            List.of(),
            2.5,
            Map.of("cpu", 4.0, "nvidia-h100", 0.25),
            List.of("cpu", "nvidia-h100"),
            16L << 30,
            Content.inline("text/plain; charset=utf-8", "hello".getBytes(UTF_8)),
            300,
            4),
        plan.tasks().getFirst());
    assertEquals(List.of(new Dependency("a", 2_000_000)), plan.tasks().get(1).dependencies());
  }

  @Test
  void jsonSaysTheSameAsYaml() {
    String json =
        "{\"job\": \"r\",\n\t\"tasks\": [{\"id\": \"a\", \"operation\": \"ocr\", \"work\": 2}]}";
    Workload fromJson = FileUnderTest.in(folder, "r.json", json).workload();
    Workload fromYaml =
        yaml("r.yaml", "job: r\ntasks:\n- {id: a, operation: ocr, work: 2}\n").workload();
    assertEquals(fromYaml, fromJson);
  }

  @Test
  void aNameThatEndsOtherwiseMakesNoDifference() {
    Workload json =
        FileUnderTest.in(folder, "r.yaml", "{\"tasks\": [{\"id\": \"a\", \"operation\": \"b\"}]}")
            .workload();
    assertEquals(json, yaml("r.txt", "tasks: [{id: a, operation: b}]").workload());
    assertEquals(json, yaml("r.yml", "{tasks: [{id: a, operation: b}]}").workload());
  }

  @Test
  void copiesAreNumberedFromOne() {
    Workload workload =
        yaml("c.yaml", "job: q\ncopies: 3\ntasks: [{id: a, operation: ocr}]").workload();
    assertEquals(List.of("q-1", "q-2", "q-3"), workload.jobs().stream().map(JobPlan::job).toList());
    assertEquals(3, workload.taskCount());
  }

  @Test
  void aTaskGoesBeforeTheJobsDefaultsAndThoseBeforeTheFiles() {
    List<TaskSpec> tasks =
        yaml(
                "d.yaml",
                """
                defaults:
                  ocr: {work: 1, memory: 1GB, maxAttempts: 2}
                jobs:
                  - job: q
                    defaults:
                      ocr: {work: 2, memory: 2GB}
                    tasks:
                      - {id: a, operation: ocr, work: 3}
                      - {id: b, operation: embed}
                """)
            .onlyJob()
            .tasks();
    TaskSpec task = tasks.getFirst();
    assertEquals(3, task.work());
    assertEquals(2_000_000_000L, task.memoryBytes());
    assertEquals(2, task.maxAttempts());
    assertEquals(TaskSpec.of("b", "embed"), tasks.get(1));
  }

  @Test
  void aDeadlineIsCountedFromSubmissionOrIsAnInstant() {
    JobPlan relative = yaml("r.yaml", "deadline: 2h\ntasks: [{id: a, operation: b}]").onlyJob();
    assertNull(relative.header().deadline());
    assertEquals(1_000 + 7_200.0, relative.submittedAt(1_000).header().deadline());
    JobPlan instant =
        yaml("i.yaml", "deadline: 2030-01-31T10:00:00.5+01:00\ntasks: [{id: a, operation: b}]")
            .onlyJob();
    assertEquals(1_896_080_400.5, instant.submittedAt(1_000).header().deadline());
  }

  @Test
  void aPayloadIsTextJsonBase64OrAUri() {
    List<Content> payloads =
        yaml(
                "p.yaml",
                """
                tasks:
                  - {id: a, operation: o, payload: {text: hi, contentType: text/markdown}}
                  - {id: b, operation: o, payload: {json: {n: 1.5, t: "1", l: [true, null, .5]}}}
                  - {id: c, operation: o, payload: {base64: AQID}}
                  - {id: d, operation: o, payload: {uri: "s3://bucket/key", sizeBytes: 3MB}}
                """)
            .onlyJob()
            .tasks()
            .stream()
            .map(TaskSpec::payload)
            .toList();
    assertEquals(Content.inline("text/markdown", "hi".getBytes(UTF_8)), payloads.get(0));
    byte[] json = payloads.get(1).bytes();
    assertNotNull(json);
    assertEquals("{\"n\":1.5,\"t\":\"1\",\"l\":[true,null,0.5]}", new String(json, UTF_8));
    assertEquals("application/json", payloads.get(1).contentType());
    assertArrayEquals(new byte[] {1, 2, 3}, payloads.get(2).bytes());
    assertEquals(
        new Content("application/octet-stream", null, "s3://bucket/key", 3_000_000),
        payloads.get(3));
  }

  @Test
  void yamlAnchorsCanBeUsedAgain() {
    Workload workload =
        yaml(
                "a.yaml",
                """
                jobs:
                  - {job: x, tasks: &steps [{id: a, operation: o}]}
                  - {job: y, tasks: *steps}
                """)
            .workload();
    assertEquals(workload.jobs().get(0).tasks(), workload.jobs().get(1).tasks());
  }

  @Test
  void parentsMayFollowTheirChildren() {
    JobPlan plan =
        yaml("o.yaml", "tasks: [{id: b, operation: o, after: [a]}, {id: a, operation: o}]")
            .onlyJob();
    assertEquals(TaskSpec.of("b", "o", "a"), plan.tasks().getFirst());
  }

  private FileUnderTest yaml(String name, String text) {
    return FileUnderTest.in(folder, name, text);
  }
}
