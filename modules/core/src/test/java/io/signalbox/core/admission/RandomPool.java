package io.signalbox.core.admission;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A few jobs with random DAGs on a few devices of some classes, some of whose slots are taken, and
 * a scheduler that is as wayward as the typed bound allows: in any order, onto any fitting slot,
 * and leaving a ready task waiting whenever some class that it may run on has no idle slot.
 */
final class RandomPool {
  private record Event(double at, int job, int task, int slot) {}

  final SplittableRandom random;
  final FleetLoad fleet;
  final List<JobLoad> jobs = new ArrayList<>();
  private final List<double[][]> seconds = new ArrayList<>();
  private final List<double[]> shares = new ArrayList<>();

  RandomPool(long seed) {
    random = new SplittableRandom(seed);
    fleet = fleet();
    int count = 1 + random.nextInt(3);
    for (int job = 0; job < count; job++) {
      jobs.add(job(job));
    }
  }

  private FleetLoad fleet() {
    int classes = 1 + random.nextInt(4);
    int[] slotClass = new int[32];
    int[] slotDevice = new int[32];
    double[] freeAt = new double[32];
    int[] back = new int[classes];
    int slots = 0;
    int device = 0;
    for (int k = 0; k < classes; k++) {
      for (int i = random.nextInt(1, 4); i > 0; i--, device++) {
        for (int slot = random.nextInt(1, 3); slot > 0; slot--, slots++) {
          slotClass[slots] = k;
          slotDevice[slots] = device;
          freeAt[slots] = random.nextInt(4) == 0 ? random.nextDouble(5) : 0;
          back[k]++;
        }
      }
    }
    return new FleetLoad(
        IntStream.range(0, classes).mapToObj(k -> "class-" + k).toList(),
        Arrays.copyOf(slotClass, slots),
        Arrays.copyOf(slotDevice, slots),
        Arrays.copyOf(freeAt, slots),
        back);
  }

  private JobLoad job(int number) {
    int classes = fleet.classes().size();
    int tasks = 1 + random.nextInt(25);
    double density = random.nextDouble(0.4);
    boolean isTyped = random.nextBoolean();
    boolean moves = random.nextBoolean();
    double[][] times = new double[tasks][classes];
    double[] share = new double[tasks];
    int[][] parents = new int[tasks][];
    double[][] transfers = new double[tasks][];
    boolean exact = random.nextBoolean();
    for (int task = 0; task < tasks; task++) {
      int sure = random.nextInt(classes);
      for (int k = 0; k < classes; k++) {
        boolean isAllowed = k == sure || (!isTyped && random.nextInt(3) > 0);
        times[task][k] = isAllowed ? 0.1 + random.nextDouble(10) : Double.POSITIVE_INFINITY;
      }
      share[task] = exact ? 1 : 0.2 + random.nextDouble(0.8);
      parents[task] =
          IntStream.range(0, task).filter(parent -> random.nextDouble() < density).toArray();
      transfers[task] =
          IntStream.of(parents[task]).mapToDouble(p -> moves ? random.nextDouble(3) : 0).toArray();
    }
    seconds.add(times);
    shares.add(share);
    double deadline = random.nextDouble(60);
    JobLoad load =
        new JobLoad(
            "job-" + number,
            deadline,
            classes,
            (task, k, care) -> times[task][k],
            parents,
            transfers);
    load.rankByPaths();
    return load;
  }

  /** The typed bound of a job beside all the others. */
  double bound(JobLoad job) {
    int[] slots = fleet.slotsByClass();
    double others = TypedBound.volume(fleet);
    for (JobLoad other : jobs) {
      others += other == job ? 0 : TypedBound.volume(other, slots);
    }
    return TypedBound.seconds(job, slots, others);
  }

  /** Times of a job as the bounds want them. */
  double[][] seconds(int job) {
    return seconds.get(job);
  }

  /** When each job is done under the wayward scheduler. */
  double[] run() {
    return new Run().finishes();
  }

  private final class Run {
    private final PriorityQueue<Event> events =
        new PriorityQueue<>(Comparator.comparingDouble(Event::at));
    private final boolean[] taken = new boolean[fleet.slotClass().length];
    private final int[][] pending = new int[jobs.size()][];
    private final double[][] finish = new double[jobs.size()][];
    private final int[][] device = new int[jobs.size()][];
    private final List<int[]> ready = new ArrayList<>();
    private final double waywardness = random.nextDouble();

    double[] finishes() {
      for (int slot = 0; slot < taken.length; slot++) {
        taken[slot] = fleet.slotFreeAt()[slot] > 0;
        if (taken[slot]) {
          events.add(new Event(fleet.slotFreeAt()[slot], -1, -1, slot));
        }
      }
      for (int job = 0; job < jobs.size(); job++) {
        JobLoad load = jobs.get(job);
        pending[job] = new int[load.size];
        finish[job] = new double[load.size];
        device[job] = new int[load.size];
        for (int task = 0; task < load.size; task++) {
          pending[job][task] = load.parentStart[task + 1] - load.parentStart[task];
          if (pending[job][task] == 0) {
            ready.add(new int[] {job, task});
          }
        }
      }
      double now = 0;
      dispatch(now);
      while (!events.isEmpty()) {
        now = events.peek().at();
        while (!events.isEmpty() && events.peek().at() <= now) {
          end(events.remove());
        }
        dispatch(now);
      }
      return Arrays.stream(finish)
          .mapToDouble(each -> Arrays.stream(each).max().orElse(0))
          .toArray();
    }

    private void end(Event event) {
      taken[event.slot()] = false;
      if (event.job() < 0) {
        return;
      }
      JobLoad load = jobs.get(event.job());
      for (int task = event.task() + 1; task < load.size; task++) {
        for (int i = load.parentStart[task]; i < load.parentStart[task + 1]; i++) {
          if (load.parents[i] == event.task() && --pending[event.job()][task] == 0) {
            ready.add(new int[] {event.job(), task});
          }
        }
      }
    }

    private void dispatch(double now) {
      for (int i = ready.size() - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int[] swapped = ready.set(i, ready.get(j));
        ready.set(j, swapped);
      }
      // What waits for a full class goes on waiting: starting others frees nothing.
      ready.removeIf(each -> starts(each[0], each[1], now));
    }

    private boolean starts(int job, int task, double now) {
      List<Integer> idle = new ArrayList<>();
      boolean mayWait = false;
      for (int k = 0; k < fleet.classes().size(); k++) {
        if (seconds.get(job)[task][k] < Double.POSITIVE_INFINITY) {
          int before = idle.size();
          for (int slot = 0; slot < taken.length; slot++) {
            if (fleet.slotClass()[slot] == k && !taken[slot]) {
              idle.add(slot);
            }
          }
          mayWait |= idle.size() == before;
        }
      }
      if (idle.isEmpty() || (mayWait && random.nextDouble() < waywardness)) {
        return false;
      }
      start(job, task, idle.get(random.nextInt(idle.size())), now);
      return true;
    }

    private void start(int job, int task, int slot, double now) {
      JobLoad load = jobs.get(job);
      double start = now;
      device[job][task] = fleet.slotDevice()[slot];
      for (int i = load.parentStart[task]; i < load.parentStart[task + 1]; i++) {
        boolean near = device[job][load.parents[i]] == device[job][task];
        double there = finish[job][load.parents[i]] + (near ? 0 : load.transfers[i]);
        start = Math.max(start, there);
      }
      double run = seconds.get(job)[task][fleet.slotClass()[slot]] * shares.get(job)[task];
      finish[job][task] = start + run;
      taken[slot] = true;
      events.add(new Event(start + run, job, task, slot));
    }
  }
}
