package io.signalbox.core.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.signalbox.core.job.TaskSpec;
import io.signalbox.core.placement.PlacementSettings;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The limits that take a million tasks to reach, with smaller numbers; {@code LimitsTopologyTest}
 * in the engine has the others with the numbers that are documented.
 */
class LimitsTest {
  private final Story story =
      new Story(
          new PoolSettings(
              Story.SETTINGS.deviceClasses(),
              5,
              1,
              3,
              3,
              1,
              60,
              100,
              16,
              new PoolSettings.Limits(50, 30, 10, 16, 20, 80, 4, 3),
              PlacementSettings.DEFAULT,
              PoolSettings.Speculation.OFF));

  private static List<TaskSpec> tasks(int from, int to) {
    return Story.tasks(IntStream.range(from, to).mapToObj(i -> "t" + i).toArray(String[]::new));
  }

  @Test
  void defaultsAreTheDocumentedOnes() {
    assertEquals(
        new PoolSettings.Limits(1_000_000, 1_000, 10_000, 65_536, 200, 2_000_000, 10, 20_000),
        PoolSettings.Limits.DEFAULT);
    assertEquals(PoolSettings.Limits.DEFAULT, Story.SETTINGS.limits());
  }

  @Test
  void tasksOfAJob() {
    story.submit("j", tasks(0, 30), false).submit("j", tasks(30, 50), false);
    assertEquals(List.of(), story.refusals);
    story.submit("j", tasks(50, 51), true).expectRefusal("job 'j' has more than 50 tasks");
    story.expectEvents("ACCEPTED", "REJECTED");
  }

  @Test
  void liveTasksOfAPool() {
    story.submit("a", tasks(0, 30), true).submit("b", tasks(0, 30), true);
    story.submit("c", tasks(0, 20), true);
    assertEquals(List.of(), story.refusals);
    story.events.clear();
    story.submit("d", tasks(0, 1), true);
    story.expectRefusal("the pool holds 80 live tasks, more than that it doesn't take");
    story.expectEvents("REJECTED").on(new Input.CancelJob("c", "")).submit("e", tasks(0, 20), true);
    assertEquals(List.of(), story.refusals);
  }

  @Test
  void devicesOfAPool() {
    story.device("a", Story.CPU).device("b", Story.CPU).device("c", Story.CPU).tick();
    assertEquals(List.of(), story.refusals);
    story.device("d", Story.CPU);
    story.expectRefusal("device 'd' is one too many: pool 'test' knows 3");
    assertEquals(List.of("a", "b", "c"), devices());
    story.heartbeat("a").tick();
    assertEquals(List.of(), story.refusals);
  }

  @Test
  void silentDevicesMakeRoomButForDrainedOnes() {
    story.device("a", Story.CPU).device("b", Story.CPU).device("c", Story.CPU).tick();
    story.on(new Input.DrainDevice("a", true)).after(2).heartbeat("b").after(2);
    story.device("d", Story.CPU).restart().tick();
    assertEquals(List.of(), story.refusals);
    assertEquals(List.of("a", "b", "d"), devices());
    story.device("e", Story.CPU).expectRefusal("device 'e' is one too many");
  }

  /** As the pool knows them, and as they are stored. */
  private List<String> devices() {
    List<String> stored =
        story.rows.keySet().stream()
            .filter(key -> key.kind() == RowKey.Kind.DEVICE)
            .map(RowKey::owner)
            .toList();
    List<String> known =
        story.pool.devices().stream().map(device -> device.report().id()).sorted().toList();
    assertEquals(stored, known);
    return known;
  }

  /** A task that is taken twice counts once, so a producer may send a record again at the limit. */
  @Test
  void whatIsSentAgainDoesntCount() {
    for (int i = 0; i < 3; i++) {
      story.submit("j", tasks(0, 30), false).submit("j", tasks(20, 50), false);
    }
    story.submit("j", tasks(20, 50), true);
    assertEquals(List.of(), story.refusals);
  }
}
