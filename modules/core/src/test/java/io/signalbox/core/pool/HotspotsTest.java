package io.signalbox.core.pool;

import static io.signalbox.core.pool.Story.A100;
import static io.signalbox.core.pool.Story.CPU;
import static io.signalbox.core.pool.Story.costing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.explanation.Wording;
import io.signalbox.core.hotspot.HotOperation;
import io.signalbox.core.hotspot.HotspotNews.Change;
import io.signalbox.core.job.TaskRef;
import io.signalbox.core.job.TaskSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a pool does for a hot operation, and that it ends. */
class HotspotsTest {
  private final Story story = new Story();

  private static TaskSpec task(String id, String operation, double gpu, double cpu) {
    return costing(TaskSpec.of(id, operation), Map.of("a100", gpu, "cpu", cpu));
  }

  private Input news(Change change, String operation, double share, double countShare) {
    return new Input.HotspotChanged(
        change, new HotOperation(operation, "a100", share, countShare, 5, 0.2, story.now));
  }

  private Story becomesHot(String operation, double share, double countShare) {
    return story.on(news(Change.ENTERED, operation, share, countShare));
  }

  private HotView only() {
    assertEquals(1, story.pool.hotOperations().size());
    return story.pool.hotOperations().iterator().next();
  }

  @Test
  void shortTasksOfAHotOperationGoBeforeLongerOnes() {
    story.device("gpu-1", A100);
    story.submit("j", List.of(task("long", "train", 50, 500), task("short", "look", 1, 10)), true);
    becomesHot("look", 0.1, 0.9).tick();
    story.expectOffer("short@gpu-1");
  }

  @Test
  void queuedTasksMoveWhenItBecomesHotAndBackWhenItIsNoMore() {
    story.device("gpu-1", A100);
    story.submit("first", List.of(task("runs", "train", 50, 500)), true).tick();
    story.start(story.expectOffer("runs@gpu-1"));
    story.submit("j", List.of(task("long", "train", 50, 500), task("short", "look", 1, 10)), true);
    becomesHot("look", 0.1, 0.9).tick();
    assertTrue(text("j", "long").contains("1 task stands in the queue"), text("j", "long"));
    story.on(news(Change.CLEARED, "look", 0, 0)).tick();
    assertTrue(text("j", "short").contains("1 task stands in the queue"), text("j", "short"));
    story.end();
  }

  private String text(String job, String task) {
    return String.join(
        "\n", Wording.of(story.pool.explain(new TaskRef(job, task), story.now), story.now));
  }

  @Test
  void weightGrowsTheShorterTheOperationIsBesideTheOthers() {
    becomesHot("look", 0.1, 0.5);
    assertEquals(2 * (1 - 0.1 / 0.5), only().weight(), 1e-9);
    story.on(news(Change.UPDATED, "look", 0.6, 0.5));
    assertEquals(0, only().weight(), 1e-9, "one that takes longer than the others");
  }

  @Test
  void slotsAreKeptInProportionToTheShareAsFarAsOthersCanSpareThem() {
    story.device("gpu-1", A100, 10, 0).device("cpu-1", CPU, 10, 0);
    becomesHot("look", 0.3, 0.9);
    assertEquals(Map.of(), only().keptSlots(), "no task of it was seen");
    story.submit("s", List.of(task("short", "look", 1, 50)), true).tick();
    story.expectOffer("short@gpu-1");
    assertEquals(Map.of("a100", 5, "cpu", 1), only().keptSlots());
    // A burst of others: all that is kept stays free, and the rest of them waits.
    List<TaskSpec> burst = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      burst.add(task("long" + i, "train", 50, 5_000));
    }
    story.submit("j", burst, true).tick();
    assertEquals(5, story.offers.size());
    story.offers.clear();
    String text = text("j", "long9");
    assertTrue(text.contains("kept for hot operations (look)"), text);
    story.submit("t", List.of(task("short", "look", 1, 50)), true).tick();
    story.expectOffer("short@gpu-1");
    assertTrue(text("t", "short").contains("Its operation 'look' is hot: 1."), text("t", "short"));
    story.on(news(Change.CLEARED, "look", 0, 0)).tick();
    assertFalse(story.offers.isEmpty(), "what waited for kept slots starts");
  }

  @Test
  void markForFinerSplittingLastsAsLongAsItIsHot() {
    becomesHot("look", 0.1, 0.9);
    assertTrue(story.pool.splitsFiner("look"));
    assertFalse(story.pool.splitsFiner("train"));
    story.on(news(Change.CLEARED, "look", 0, 0));
    assertFalse(story.pool.splitsFiner("look"));
    assertTrue(story.rows.keySet().stream().noneMatch(key -> key.kind() == RowKey.Kind.HOTSPOT));
  }

  @Test
  void restartChangesNothing() {
    becomesHot("look", 0.1, 0.9);
    HotView before = only();
    story.restart();
    assertEquals(before, only());
  }

  @Test
  void whatIsNoLongerHeardOfIsHotNoMore() {
    becomesHot("look", 0.1, 0.9);
    story.after(299);
    assertTrue(story.pool.splitsFiner("look"));
    story.after(1);
    assertFalse(story.pool.splitsFiner("look"));
    assertEquals(List.of(), List.copyOf(story.pool.hotOperations()));
  }

  @Test
  void oldNewsIsNoNews() {
    Input old = news(Change.ENTERED, "look", 0.1, 0.9);
    story.now += 301;
    story.on(old);
    assertFalse(story.pool.splitsFiner("look"));
  }

  @Test
  void onlyTheLargestShareTheSlotsWhenManyAreHot() {
    for (int i = 0; i < 300; i++) {
      becomesHot("op" + i, i / 300.0, 0.9);
    }
    assertEquals(256, story.pool.hotOperations().size());
    List<String> tilted =
        story.pool.hotOperations().stream()
            .filter(view -> view.weight() > 0)
            .map(HotView::operation)
            .toList();
    assertTrue(tilted.size() <= 8, tilted::toString);
    assertEquals("op299", story.pool.hotOperations().iterator().next().operation());
  }

  @Test
  void unusableNewsIsRefused() {
    becomesHot("no name", 0.1, 0.9);
    story.expectRefusal("operation 'no name' can't be hot in pool 'test': it is no name");
    story.on(
        new Input.HotspotChanged(
            Change.ENTERED, new HotOperation("look", "tpu", 0.1, 0.9, 5, 0.2, story.now)));
    story.expectRefusal("operation 'look' can't be hot on class 'tpu', which isn't served");
  }
}
