package io.signalbox.core.admission;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What dispatch would do from now on with the tasks that are known: list scheduling by earliest
 * finish over all slots, with the slot bound late. At each event the ready tasks are looked at in
 * the order of their ranks; one whose best slot is free starts, one whose best slot is taken
 * reserves it until the next event, so that lower tasks plan around it.
 */
final class ForwardSimulation {
  /** Tasks that are looked at after one event, at most for each slot; 8 at the least. */
  private static final int SCAN_PER_SLOT = 2;

  private static final int MOST_SCANNED = 64;

  private final List<JobLoad> jobs;
  private final SimulatedSlots slots;
  private final int[] firstTask;
  private final int[] jobOf;
  private final int[] children;
  private final int[] childStart;
  private final double[] childTransfers;
  private final int[] pending;
  private final double[][] seconds;
  private final double[] dataThere;
  private final double[] dataElsewhere;
  private final int[] dataOn;
  private final KeyedHeap events;
  private final Map<Long, KeyedHeap> ready = new HashMap<>();
  private final List<KeyedHeap> queues = new ArrayList<>();
  private final List<Long> masks = new ArrayList<>();
  private final int[] scanned = new int[MOST_SCANNED];
  private final double[] finishes;
  private int unstarted;

  private ForwardSimulation(FleetLoad fleet, List<JobLoad> jobs) {
    this.jobs = jobs;
    this.slots = new SimulatedSlots(fleet);
    firstTask = new int[jobs.size() + 1];
    for (int job = 0; job < jobs.size(); job++) {
      firstTask[job + 1] = firstTask[job] + jobs.get(job).size;
    }
    int tasks = firstTask[jobs.size()];
    jobOf = new int[tasks];
    pending = new int[tasks];
    dataThere = new double[tasks];
    dataElsewhere = new double[tasks];
    dataOn = new int[tasks];
    seconds = new double[jobs.size()][];
    childStart = new int[tasks + 1];
    events = new KeyedHeap(tasks + fleet.slotFreeAt().length);
    finishes = new double[jobs.size()];
    unstarted = tasks;
    countChildren();
    children = new int[childStart[tasks]];
    childTransfers = new double[childStart[tasks]];
    fillChildren();
    fleetEvents(fleet, tasks);
  }

  /**
   * When each job should be done, in seconds from now; positive infinity for one that has a task
   * which no slot can run.
   */
  static double[] finishes(FleetLoad fleet, List<JobLoad> jobs) {
    return new ForwardSimulation(fleet, jobs).run();
  }

  private void countChildren() {
    for (int job = 0; job < jobs.size(); job++) {
      JobLoad load = jobs.get(job);
      seconds[job] = load.seconds(Times.Care.LIKELY);
      int first = firstTask[job];
      for (int task = 0; task < load.size; task++) {
        jobOf[first + task] = job;
        pending[first + task] = load.parentStart[task + 1] - load.parentStart[task];
      }
      System.arraycopy(load.dataThere, 0, dataThere, first, load.size);
      System.arraycopy(load.dataElsewhere, 0, dataElsewhere, first, load.size);
      System.arraycopy(load.dataOn, 0, dataOn, first, load.size);
      for (int parent : load.parents) {
        childStart[first + parent + 1]++;
      }
    }
    for (int task = 0; task < jobOf.length; task++) {
      childStart[task + 1] += childStart[task];
    }
  }

  private void fillChildren() {
    int[] at = Arrays.copyOf(childStart, jobOf.length);
    for (int job = 0; job < jobs.size(); job++) {
      JobLoad load = jobs.get(job);
      int first = firstTask[job];
      for (int task = 0; task < load.size; task++) {
        for (int i = load.parentStart[task]; i < load.parentStart[task + 1]; i++) {
          int place = at[first + load.parents[i]]++;
          children[place] = first + task;
          childTransfers[place] = load.transfers[i];
        }
      }
    }
  }

  /** Something happens when a slot becomes free, and when what a device holds is done. */
  private void fleetEvents(FleetLoad fleet, int tasks) {
    for (int slot = 0; slot < fleet.slotFreeAt().length; slot++) {
      if (fleet.slotFreeAt()[slot] > 0) {
        events.put(tasks + slot, fleet.slotFreeAt()[slot]);
      }
    }
  }

  private double[] run() {
    for (int job = 0; job < jobs.size(); job++) {
      JobLoad load = jobs.get(job);
      for (int task = 0; task < load.size; task++) {
        int number = firstTask[job] + task;
        if (load.isPlaced(task)) {
          unstarted--;
          dataOn[number] = load.placedOn[task];
          events.put(number, load.likelyEnd[task]);
        } else if (pending[number] == 0) {
          queue(job, number);
        }
      }
    }
    double now = 0;
    dispatch(now);
    while (!events.isEmpty()) {
      now = events.firstKey();
      while (events.firstKey() <= now) {
        int event = events.poll();
        if (event < jobOf.length) {
          finish(event, now);
        }
      }
      dispatch(now);
    }
    if (unstarted > 0) {
      stranded();
    }
    return finishes;
  }

  private void stranded() {
    for (int job = 0; job < jobs.size(); job++) {
      for (int task = firstTask[job]; task < firstTask[job + 1]; task++) {
        if (pending[task] >= 0) {
          finishes[job] = Double.POSITIVE_INFINITY;
        }
      }
    }
  }

  private void finish(int task, double now) {
    int job = jobOf[task];
    pending[task] = -1;
    finishes[job] = Math.max(finishes[job], now);
    for (int i = childStart[task]; i < childStart[task + 1]; i++) {
      int child = children[i];
      locate(child, dataOn[task], now, now + childTransfers[i]);
      pending[child]--;
      if (pending[child] == 0 && !jobs.get(job).isPlaced(child - firstTask[job])) {
        queue(job, child);
      }
    }
  }

  /** One more parent's data: {@link io.signalbox.core.job.DataLocation#with}, on arrays. */
  private void locate(int task, int device, double there, double elsewhere) {
    if (device == dataOn[task]) {
      dataThere[task] = Math.max(dataThere[task], there);
      dataElsewhere[task] = Math.max(dataElsewhere[task], elsewhere);
    } else if (elsewhere > dataElsewhere[task]) {
      dataThere[task] = Math.max(dataElsewhere[task], there);
      dataElsewhere[task] = elsewhere;
      dataOn[task] = device;
    } else {
      dataThere[task] = Math.max(dataThere[task], elsewhere);
    }
  }

  private void queue(int job, int task) {
    int row = (task - firstTask[job]) * slots.classes();
    long mask = slots.mask(seconds[job], row);
    KeyedHeap queue =
        ready.computeIfAbsent(
            mask,
            unseen -> {
              KeyedHeap added = new KeyedHeap(jobOf.length);
              queues.add(added);
              masks.add(unseen);
              return added;
            });
    queue.put(task, -jobs.get(job).ranks[task - firstTask[job]]);
  }

  private void dispatch(double now) {
    int count = 0;
    int most = Math.clamp((long) slots.size() * SCAN_PER_SLOT, 8, MOST_SCANNED);
    for (int from = next(now); from >= 0 && count < most; from = next(now)) {
      int task = queues.get(from).poll();
      scanned[count++] = task;
      int job = jobOf[task];
      int row = (task - firstTask[job]) * slots.classes();
      int slot =
          slots.best(seconds[job], row, dataOn[task], dataThere[task], dataElsewhere[task], now);
      double start = slots.startsAt(slot, dataOn[task], dataThere[task], dataElsewhere[task], now);
      double end = start + seconds[job][row + slots.classOf(slot)];
      if (slots.freeAt(slot) <= now) {
        slots.take(slot, end);
        dataOn[task] = slots.deviceOf(slot);
        events.put(task, end);
        unstarted--;
        count--;
      } else {
        slots.reserve(slot, end);
      }
    }
    slots.dropReservations();
    for (int i = 0; i < count; i++) {
      queue(jobOf[scanned[i]], scanned[i]);
    }
  }

  /** The queue with the highest task among those that a free slot is there for, or -1. */
  private int next(double now) {
    int best = -1;
    double highest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < queues.size(); i++) {
      double key = queues.get(i).firstKey();
      if (key < highest && slots.anyFree(masks.get(i), now)) {
        highest = key;
        best = i;
      }
    }
    return best;
  }
}
