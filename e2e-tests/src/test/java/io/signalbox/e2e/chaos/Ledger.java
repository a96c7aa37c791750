package io.signalbox.e2e.chaos;

import io.signalbox.client.Job;
import io.signalbox.events.Assignment;
import io.signalbox.events.AssignmentType;
import io.signalbox.events.JobEvent;
import io.signalbox.events.TaskEvent;
import io.signalbox.events.TaskEventType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * What the topics say of the jobs that were submitted, as one who reads committed records sees it:
 * the judge of what must hold whatever happens.
 */
final class Ledger {
  /** An assignment: when the engine made it, and when it could be read. */
  private record Offer(Instant madeAt, long readNanos) {}

  private final Map<String, JobRecord> jobs = new LinkedHashMap<>();
  private final Map<String, JobRecord> background = new LinkedHashMap<>();
  private final Set<String> attempts = new HashSet<>();
  private final Set<String> completed = new HashSet<>();
  private final List<Offer> offers = new ArrayList<>();
  private final List<String> wrongs = new ArrayList<>();
  private int succeeded;

  /** Makes a job known; it counts as unended from now on. */
  synchronized void expect(Job job) {
    jobs.put(job.name(), new JobRecord(job));
  }

  /** Makes a job known that need not end. */
  synchronized void expectBackground(Job job) {
    background.put(job.name(), new JobRecord(job));
  }

  synchronized void read(Assignment assignment) {
    if (assignment.getType() == AssignmentType.RUN) {
      String attempt = name(assignment.getJob(), assignment.getTaskId(), assignment.getAttempt());
      if (!attempts.add(attempt)) {
        wrongs.add("offered twice: " + attempt);
      }
      offers.add(new Offer(assignment.getOfferedAt(), System.nanoTime()));
      notifyAll();
    }
  }

  synchronized void read(TaskEvent event) {
    if (event.getType() == TaskEventType.COMPLETED) {
      completed.add(name(event.getJob(), event.getTaskId(), event.getAttempt()));
      notifyAll();
    }
  }

  synchronized void read(JobEvent event) {
    JobRecord job = jobs.getOrDefault(event.getJob(), background.get(event.getJob()));
    if (job == null) {
      wrongs.add("nobody submitted the job of " + event);
      return;
    }
    succeeded += job.read(event, wrongs) ? 1 : 0;
    notifyAll();
  }

  synchronized void readDeadLetter(String reason) {
    wrongs.add("dead letter: " + reason);
  }

  /** Tasks whose completion was accepted. */
  synchronized int succeeded() {
    return succeeded;
  }

  synchronized int unended() {
    return (int) jobs.values().stream().filter(job -> !job.hasEnded()).count();
  }

  /** Waits until so many more tasks have succeeded. */
  void awaitSucceeded(int more) {
    int least = succeeded() + more;
    await(() -> succeeded >= least, () -> succeeded + " of " + least + " tasks have succeeded");
  }

  /** Waits until fewer jobs than that are unended, but not for long; returns whether it is so. */
  synchronized boolean isBelow(int limit, Duration patience) throws InterruptedException {
    if (unended() >= limit) {
      wait(patience.toMillis());
    }
    return unended() < limit;
  }

  /** Waits for an assignment that was made after that; returns when it was read. */
  synchronized long awaitOfferAfter(Instant fault) {
    await(() -> firstAfter(fault) >= 0, () -> "no task was assigned after " + fault);
    return firstAfter(fault);
  }

  private long firstAfter(Instant fault) {
    for (int i = offers.size() - 1; i >= 0; i--) {
      // Those of a dead engine come before those of the next one.
      if (!offers.get(i).madeAt().isAfter(fault)) {
        return i + 1 < offers.size() ? offers.get(i + 1).readNanos() : -1;
      }
    }
    return offers.isEmpty() ? -1 : offers.getFirst().readNanos();
  }

  /** The longest time in which no assignment came, in seconds, from a moment until now. */
  synchronized double longestStall(long sinceNanos) {
    long last = sinceNanos;
    long longest = 0;
    for (Offer offer : offers) {
      if (offer.readNanos() > sinceNanos) {
        longest = Math.max(longest, offer.readNanos() - last);
        last = offer.readNanos();
      }
    }
    return Math.max(longest, System.nanoTime() - last) / 1e9;
  }

  /** Waits until every job has ended and all that is said of them has been read. */
  void awaitSettled() {
    await(
        () -> jobs.values().stream().allMatch(job -> job.hasEnded() && job.isBackedBy(completed)),
        () -> "unsettled: " + jobs.values().stream().filter(job -> !job.hasEnded()).toList());
  }

  /** What doesn't hold and should. */
  synchronized List<String> violations() {
    List<String> all = new ArrayList<>(wrongs);
    jobs.values().forEach(job -> all.addAll(job.violations()));
    background.values().forEach(job -> all.addAll(job.doubled()));
    return all;
  }

  private synchronized void await(
      BooleanSupplier condition, java.util.function.Supplier<String> state) {
    long end = System.nanoTime() + Member.LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError(
            "after " + Member.LIMIT + ": " + state.get() + "; violations: " + violations());
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }

  static String name(String job, String task, int attempt) {
    return job + "/" + task + "#" + attempt;
  }
}
