package io.signalbox.core.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.signalbox.core.job.Job;
import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskSpec;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Held against a sorted set. Takes a second. */
class OrderedTasksPropertyTest {
  private static final int TASKS = 600;

  @Test
  void theyAreASortedSet() {
    for (long seed = 1; seed <= 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      // Few keys: many are equal, and places decide. One: a queue in the order of arrival.
      int keys = List.of(1, 3, 1_000).get(random.nextInt(3));
      List<Task> tasks = tasks();
      OrderedTasks ordered = new OrderedTasks(mostSorted(random));
      TreeSet<Task> expected = new TreeSet<>(ReadyTasks.ORDER);
      long sequence = 0;
      // Grows, then shrinks to nothing.
      for (int step = 0; step < 4 * TASKS; step++) {
        Task task = tasks.get(random.nextInt(TASKS));
        boolean isIn = expected.contains(task);
        assertEquals(isIn, ordered.contains(task), "seed " + seed);
        if (isIn) {
          expected.remove(task);
          assertEquals(true, ordered.remove(task), "seed " + seed);
        }
        if (step < 2 * TASKS ? random.nextInt(4) > 0 : !isIn && random.nextInt(9) == 0) {
          task.queueAs(random.nextInt(keys), ++sequence);
          expected.add(task);
          ordered.add(task);
        }
        // Another one gets another place.
        Task moved = tasks.get(random.nextInt(TASKS));
        boolean stays = expected.remove(moved);
        assertEquals(
            stays, ordered.move(moved, random.nextInt(keys), sequence + 1), "seed " + seed);
        if (stays) {
          sequence++;
          expected.add(moved);
        }
        assertEquals(expected.size(), ordered.size(), "seed " + seed);
        if (step % 100 == 0) {
          assertEquals(List.copyOf(expected), list(ordered), "seed " + seed);
        }
      }
    }
  }

  @Test
  void aWalkGoesOnWhateverIsTakenOut() {
    for (long seed = 1; seed <= 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Task> tasks = tasks();
      OrderedTasks ordered = new OrderedTasks(mostSorted(random));
      for (int i = 0; i < TASKS; i++) {
        tasks.get(i).queueAs(random.nextInt(20), i);
        ordered.add(tasks.get(i));
      }
      List<Task> expected = list(ordered);
      Iterator<Task> walk = ordered.iterator();
      List<Task> left = new ArrayList<>();
      while (walk.hasNext()) {
        Task task = walk.next();
        assertEquals(expected.removeFirst(), task, "seed " + seed);
        if (random.nextBoolean()) {
          walk.remove();
        } else {
          left.add(task);
        }
        // One ahead of the walk goes, and one that it has passed.
        if (!expected.isEmpty() && random.nextInt(3) == 0) {
          ordered.remove(expected.remove(random.nextInt(expected.size())));
        }
        if (!left.isEmpty() && random.nextInt(4) == 0) {
          ordered.remove(left.remove(random.nextInt(left.size())));
        }
      }
      assertEquals(List.of(), expected, "seed " + seed);
      assertEquals(left, list(ordered), "seed " + seed);
    }
  }

  /** Few enough to leave most of them in no order, or enough for all. */
  private static int mostSorted(SplittableRandom random) {
    return List.of(130, 300, TASKS).get(random.nextInt(3));
  }

  private static List<Task> tasks() {
    Job job = new Job("job", null, 0);
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < TASKS; i++) {
      tasks.add(job.define(TaskSpec.of("task-" + i, "operation")));
    }
    return tasks;
  }

  private static List<Task> list(OrderedTasks ordered) {
    List<Task> all = new ArrayList<>();
    ordered.forEach(all::add);
    return all;
  }
}
