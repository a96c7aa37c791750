package io.signalbox.core.job;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tasks in the order in which they came. A task knows its neighbours, so that it can be taken out
 * without being looked for; it is in one such list at most.
 */
public final class Arrivals {
  private @Nullable Task first;
  private @Nullable Task last;

  /** The task that came first, or null. */
  public @Nullable Task first() {
    return first;
  }

  /** Adds a task behind all others; nothing happens when it is in. */
  public void add(Task task) {
    Task.Place place = task.madePlace();
    if (place.arrivals == this) {
      return;
    }
    if (place.arrivals != null) {
      throw new IllegalStateException(task + " is in another list");
    }
    place.arrivals = this;
    place.before = last;
    if (last == null) {
      first = task;
    } else {
      last.madePlace().behind = task;
    }
    last = task;
  }

  /** Takes a task out; nothing happens when it isn't in. */
  public void remove(Task task) {
    Task.Place place = task.madePlace();
    if (place.arrivals != this) {
      return;
    }
    Task before = place.before;
    Task behind = place.behind;
    if (before == null) {
      first = behind;
    } else {
      before.madePlace().behind = behind;
    }
    if (behind == null) {
      last = before;
    } else {
      behind.madePlace().before = before;
    }
    place.arrivals = null;
    place.before = null;
    place.behind = null;
  }

  /** All of them, in their order. */
  public List<Task> all() {
    List<Task> all = new ArrayList<>();
    for (Task task = first; task != null; task = task.madePlace().behind) {
      all.add(task);
    }
    return all;
  }
}
