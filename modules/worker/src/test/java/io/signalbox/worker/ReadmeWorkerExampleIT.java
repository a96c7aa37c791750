package io.signalbox.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.signalbox.events.Assignment;
import io.signalbox.events.AssignmentType;
import io.signalbox.events.Content;
import io.signalbox.events.Input;
import io.signalbox.events.TaskEventType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadmeWorkerExampleIT {
  @Test
  void theReadmesWorkerRunsBothOperations() throws Exception {
    try (EngineStandIn engine = new EngineStandIn()) {
      engine.lanes("nvidia-a100", 1);
      try (SignalboxWorker worker = ReadmeWorkerExample.start(engine.connection())) {
        assertNotNull(worker);
        engine.write(assignment("detect", "vision.detect", content("42.jpg"), List.of()));
        Input cat = new Input("detect", "gpu-1", Instant.now(), 0L, content("a cat"));
        engine.write(assignment("caption", "llm.caption", null, List.of(cat)));
        var events = engine.taskEvents();
        var caption =
            events.await(
                "caption",
                event ->
                    event.getTaskId().equals("caption")
                        && event.getType() == TaskEventType.COMPLETED);
        assertEquals("A picture of a cat", TaskData.of(caption.getResult()).text());
        var detected =
            events.await(
                "detection",
                event ->
                    event.getTaskId().equals("detect")
                        && event.getType() == TaskEventType.COMPLETED);
        assertEquals("application/json", detected.getResult().getContentType());
      }
    }
  }

  private static Content content(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Content("text/plain", ByteBuffer.wrap(bytes), null, (long) bytes.length);
  }

  private static Assignment assignment(
      String task, String operation, Content payload, List<Input> inputs) {
    Instant now = Instant.now();
    return Assignment.newBuilder()
        .setPool("default")
        .setJob("caption-42")
        .setTaskId(task)
        .setAttempt(1)
        .setType(AssignmentType.RUN)
        .setDeviceId("gpu-1")
        .setDeviceClass("nvidia-a100")
        .setLane(0)
        .setOperation(operation)
        .setPayload(payload)
        .setInputs(inputs)
        .setOfferedAt(now)
        .setAcceptBy(now.plusSeconds(60))
        .build();
  }
}
