package io.signalbox.core.pool;

import static io.signalbox.core.pool.Story.A100;

import io.signalbox.core.job.JobHeader;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A job's header may come after its first tasks, which are in their tenant's queue by then. */
class LateHeaderTest {
  private final Story story = new Story();

  @Test
  void tasksThatAreQueuedGoToTheQueueOfTheTenantThatTheHeaderNames() {
    story.device("gpu-1", A100);
    story.on(new Input.TasksSubmitted("a", null, Story.tasks("x", "y"), false));
    JobHeader header = new JobHeader("shop", 2_000.0, Map.of(), null);
    story.on(new Input.TasksSubmitted("b", header, Story.tasks("z"), true));
    story.on(new Input.TasksSubmitted("a", header, Story.tasks("last->x,y"), true));
    story.on(new Input.CancelJob("b", "")).tick();
    story.complete(story.expectOffer("x@gpu-1")).tick();
    story.complete(story.expectOffer("y@gpu-1")).tick();
    story.complete(story.expectOffer("last@gpu-1"));
    story.end();
  }
}
