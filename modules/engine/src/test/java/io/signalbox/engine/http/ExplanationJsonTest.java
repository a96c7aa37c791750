package io.signalbox.engine.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.core.device.Availability;
import io.signalbox.core.explanation.Explanation;
import io.signalbox.core.explanation.TaskFacts;
import io.signalbox.core.job.TaskRef;
import io.signalbox.core.placement.Candidate;
import io.signalbox.core.placement.ClassState;
import io.signalbox.core.placement.QueueState;
import io.signalbox.core.placement.WaitReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ExplanationJsonTest {
  private static final double NOW = 1_000;
  private static final TaskRef TASK = new TaskRef("j", "a");
  private static final Candidate GPU = new Candidate("gpu-1", "gpu", 1_002, 3, 1_005, 1_006);

  private static JsonNode json(Explanation explanation) {
    return ExplanationJson.of("p", explanation, NOW);
  }

  private static JsonNode queued(WaitReason... reasons) {
    TaskFacts.PathPlace place = new TaskFacts.PathPlace(1.5, false);
    TaskFacts facts = new TaskFacts("op", 1, 1, 3, Optional.of("broke"), 2, 7, Optional.of(place));
    ClassState state =
        new ClassState(
            "gpu",
            Map.of(Availability.FULL, 2, Availability.QUARANTINED, 1),
            Optional.of(GPU),
            OptionalDouble.of(1_030));
    QueueState queue = new QueueState("late", 4, List.of(state), List.of(reasons));
    return json(new Explanation.Queued(TASK, facts, 990, false, queue));
  }

  @Test
  void readyTaskTellsItsFactsItsPlaceInTheQueueAndTheDevices() {
    JsonNode json = queued(new WaitReason.DevicesFull(GPU));
    assertEquals("READY", json.path("state").asText());
    assertEquals("1970-01-01T00:16:40Z", json.path("askedAt").asText());
    assertEquals("1970-01-01T00:16:30Z", json.path("readyAt").asText());
    assertEquals("broke", json.path("lastProblem").asText());
    assertEquals(1.5, json.path("slackSeconds").asDouble());
    assertEquals(4, json.path("before").asInt());
    assertEquals(2, json.at("/classes/0/devices/FULL").asInt());
    assertEquals("1970-01-01T00:17:10Z", json.at("/classes/0/probeAt").asText());
    assertEquals("gpu-1", json.at("/classes/0/first/device").asText());
    assertEquals("DEVICES_FULL", json.at("/reasons/0/type").asText());
    assertEquals(6, json.at("/reasons/0/first/scoreSeconds").asDouble());
    assertTrue(json.path("text").size() > 3, json::toString);
  }

  @Test
  void everyReasonHasATypeOfItsOwn() {
    JsonNode json =
        queued(
            new WaitReason.NoDevice(),
            new WaitReason.DevicesFull(GPU),
            new WaitReason.Reserved(GPU),
            new WaitReason.Bound("gpu-1", 2),
            new WaitReason.Scheduled("gpu-1", new TaskRef("j", "b"), 1),
            new WaitReason.OutOfSight(12),
            new WaitReason.TenantAhead("red", 5),
            new WaitReason.NextLook());
    List<String> types = new ArrayList<>();
    json.path("reasons").forEach(reason -> types.add(reason.path("type").asText()));
    assertEquals(
        List.of(
            "NO_DEVICE",
            "DEVICES_FULL",
            "RESERVED",
            "BOUND",
            "SCHEDULED",
            "OUT_OF_SIGHT",
            "TENANT_AHEAD",
            "NEXT_LOOK"),
        types);
    assertEquals("j/b", json.at("/reasons/4/next").asText());
  }

  @Test
  void endedJobIsNoError() {
    JsonNode json = json(new Explanation.JobEnded(TASK, "FAILED", 999, List.of("broke")));
    assertEquals("JOB_ENDED", json.path("state").asText());
    assertEquals("broke", json.at("/reasons/0").asText());
    assertEquals(200, ExplanationJson.answer(json).status());
  }

  @Test
  void taskThatIsNotThereIsAnError() {
    Answer answer = ExplanationJson.answer(json(new Explanation.UnknownTask(TASK, "no task 'a'")));
    assertEquals(404, answer.status());
    assertTrue(answer.body().contains("no task 'a'"), answer.body());
  }
}
