package io.signalbox.engine.delivery;

import io.signalbox.engine.delivery.SharedLog.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The consumer group of a device class: hands the lanes out to the processes that are members,
 * takes them away from those that have been silent for a session, and keeps how far each lane was
 * read. Lanes move as few at a time as can be, as the cooperative assignors do it.
 */
final class LaneGroup {
  static final double SESSION_SECONDS = 6;
  private static final double COMMIT_SECONDS = 0.05;

  /** A lane as one process reads it. What it acknowledges out of order isn't committed yet. */
  private static final class Reading {
    final WorkerProcess process;
    int position;
    final Set<Integer> delivered = new TreeSet<>();

    Reading(WorkerProcess process, int from) {
      this.process = process;
      this.position = from;
    }

    /** The offset behind everything that was acknowledged without a gap. */
    int progress() {
      return delivered.isEmpty() ? position : delivered.iterator().next();
    }
  }

  private final World world;
  private final String topic;
  private final Set<WorkerProcess> members = new LinkedHashSet<>();
  private final List<@Nullable Reading> lanes = new ArrayList<>();
  private final Map<Integer, Integer> committed = new HashMap<>();

  LaneGroup(World world, String deviceClass, int lanes) {
    this.world = world;
    this.topic = Wire.TOPICS.assignments(deviceClass);
    grow(lanes);
    world.log.listen(place -> {
      if (place.topic().equals(topic)) {
        poll(place.partition(), world.between(0.001, 0.02));
      }
    });
  }

  int size() {
    return lanes.size();
  }

  /** The topic gets more partitions; the group notices. */
  void grow(int count) {
    while (lanes.size() < count) {
      lanes.add(null);
    }
    rebalance();
  }

  void join(WorkerProcess process) {
    members.add(process);
    rebalance();
  }

  boolean has(WorkerProcess process) {
    return members.contains(process);
  }

  void leave(WorkerProcess process) {
    if (members.remove(process)) {
      lanes.replaceAll(reading -> reading != null && reading.process == process ? null : reading);
      rebalance();
    }
  }

  /** Gives a lane to another member. */
  void move(int lane) {
    Reading reading = lanes.get(lane % lanes.size());
    for (WorkerProcess member : members) {
      if (reading == null || (member != reading.process && reading.process.responds())) {
        give(lane % lanes.size(), member);
        return;
      }
    }
  }

  /** Somebody resets a lane's offset by some records. */
  void readAgain(int lane, int records) {
    int number = lane % lanes.size();
    Reading reading = lanes.get(number);
    if (reading != null) {
      committed.put(number, Math.max(0, reading.progress() - records));
      lanes.set(number, null);
      reading.process.revoked(List.of(number));
      give(number, reading.process);
    }
  }

  private void rebalance() {
    if (members.isEmpty()) {
      return;
    }
    int fair = (lanes.size() + members.size() - 1) / members.size();
    Map<WorkerProcess, Integer> load = new HashMap<>();
    List<Integer> free = new ArrayList<>();
    for (int lane = 0; lane < lanes.size(); lane++) {
      Reading reading = lanes.get(lane);
      boolean stays =
          reading != null
              && members.contains(reading.process)
              && (load.getOrDefault(reading.process, 0) < fair || !reading.process.responds());
      if (stays) {
        load.merge(reading.process, 1, Integer::sum);
      } else {
        free.add(lane);
      }
    }
    for (int lane : free) {
      WorkerProcess least = members.iterator().next();
      for (WorkerProcess member : members) {
        least = load.getOrDefault(member, 0) < load.getOrDefault(least, 0) ? member : least;
      }
      load.merge(least, 1, Integer::sum);
      give(lane, least);
    }
  }

  private void give(int lane, WorkerProcess next) {
    Reading before = lanes.get(lane);
    if (before != null && before.process == next) {
      return;
    }
    if (before != null && before.process.responds()) {
      // It commits what it has finished before it lets go.
      before.process.revoked(List.of(lane));
      committed.merge(lane, before.progress(), Math::max);
    }
    lanes.set(lane, new Reading(next, committed.getOrDefault(lane, 0)));
    next.assigned(List.of(lane));
    poll(lane, world.between(0.005, 0.1));
  }

  /** The lane's reader fetches soon. */
  void poll(int lane, double inSeconds) {
    Reading reading = lane < lanes.size() ? lanes.get(lane) : null;
    if (reading != null) {
      world.time.after(inSeconds, () -> reading.process.step(() -> fetch(lane, reading)));
    }
  }

  private void fetch(int lane, Reading reading) {
    Place place = new Place(topic, lane);
    for (int next = world.log.next(place, reading.position);
        next >= 0 && lanes.get(lane) == reading;
        next = world.log.next(place, reading.position)) {
      int offset = next;
      reading.position = offset + 1;
      reading.delivered.add(offset);
      SharedLog.Entry entry = world.log.read(place, offset);
      reading.process.deliver(
          Wire.assignment(topic, entry.value()),
          lane,
          entry.headers(),
          () -> acknowledged(lane, reading, offset));
    }
  }

  private void acknowledged(int lane, Reading reading, int offset) {
    reading.delivered.remove(offset);
    world.time.after(
        COMMIT_SECONDS,
        () -> {
          // A reader that was thrown out commits in vain.
          if (lanes.get(lane) == reading && reading.process.responds()) {
            committed.merge(lane, reading.progress(), Math::max);
          }
        });
  }
}
