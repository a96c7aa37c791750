package io.signalbox.core.pool;

import static io.signalbox.core.pool.Story.A100;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Jobs that nothing starts of are said to be queued, once. */
class BacklogTest {
  private final Story story = new Story();

  @Test
  void jobThatWaitsForADeviceIsSaidToBeQueuedOnce() {
    story.device("gpu-1", A100).submit("first", "a").tick();
    var runs = story.expectOffer("a@gpu-1");
    story.start(runs).submit("next", "a", "b", "c->a").submit("last", "a").events.clear();
    story.after(2.5).heartbeats(runs.attempt()).after(2.4);
    assertEquals(0, story.events.size());
    story.heartbeats(runs.attempt()).after(0.1);
    assertEquals(2, story.events.stream().filter(BacklogTest::queued).count());
    JobEvent event = story.events.stream().filter(BacklogTest::queued).findFirst().orElseThrow();
    assertEquals("next", event.job());
    assertTrue(
        event.reasons().getFirst().contains("2 of its tasks are ready, 3 in the whole pool"),
        event.reasons()::toString);
    story.events.clear();
    story.after(60);
    assertEquals(0, story.events.stream().filter(BacklogTest::queued).count());
  }

  @Test
  void jobThatStartsInTimeIsNot() {
    story.device("gpu-1", A100).submit("first", "a", "b").tick();
    story.start(story.expectOffer("a@gpu-1"));
    // Its device is lost, and it runs again some day: it has had its turn.
    story.submit("unsealed", Story.tasks("x->later"), false);
    story.submit("gone", "a").on(new Input.CancelJob("gone", "")).after(20);
    assertEquals(0, story.events.stream().filter(BacklogTest::queued).count());
  }

  @Test
  void pausedPoolIsNamedAndARestartForgetsNothing() {
    story.on(new Input.PausePool()).submit("j", "a").after(3).restart().after(3);
    JobEvent event = story.events.getLast();
    assertEquals(JobEvent.Type.QUEUED, event.type());
    assertTrue(event.reasons().getFirst().endsWith("which is paused"), event.reasons()::toString);
    story.events.clear();
    story.restart().after(10);
    assertEquals(0, story.events.size());
  }

  private static boolean queued(JobEvent event) {
    return event.type() == JobEvent.Type.QUEUED;
  }
}
