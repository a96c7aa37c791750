package io.signalbox.core.pool;

import io.signalbox.core.fairness.Allowance;
import io.signalbox.core.fairness.Quotas;
import io.signalbox.core.job.Job;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What tenants have in the pool and what they may still submit, held against their quotas. A
 * tenant's allowance is kept and stored only while it isn't full; a full one is as if there was
 * none, so that neither memory nor rows grow with the tenants that there ever were.
 */
final class TenantUse {
  /** Allowances kept; beyond it those that were looked at longest ago count as full. */
  private static final int CAPACITY = 10_000;

  private final State state;
  private final Map<String, Integer> live = new HashMap<>();

  /** The one that was looked at longest ago first. */
  private final Map<String, Allowance> allowances = new LinkedHashMap<>();

  TenantUse(State state) {
    this.state = state;
  }

  /** Tasks of the tenant's live jobs. */
  int live(String tenant) {
    return live.getOrDefault(tenant, 0);
  }

  /** Tenants with live tasks. */
  int tenants() {
    return live.size();
  }

  int allowances() {
    return allowances.size();
  }

  /** The job has so many tasks more, or fewer. */
  void grown(Job job, int tasks) {
    add(job.header().tenant(), tasks);
  }

  /** The job turned out to be another tenant's. */
  void moved(Job job, String before) {
    add(before, -job.size());
    add(job.header().tenant(), job.size());
  }

  private void add(String tenant, int tasks) {
    if (tasks != 0) {
      live.merge(tenant, tasks, (old, more) -> old + more == 0 ? null : old + more);
    }
  }

  /**
   * What keeps the job from having these tasks, which {@link #grown} has counted; null when nothing
   * does, and then they are taken off the tenant's allowance.
   *
   * @param submitted by a producer; what running attempts ask for isn't held against the rate
   */
  @Nullable String breach(Job job, int tasks, boolean submitted, Turn turn) {
    Quotas quotas = state.governance.quotas();
    String tenant = job.header().tenant();
    int most = quotas.liveTasksOf(tenant);
    if (tasks == 0) {
      return null;
    }
    if (most > 0 && live(tenant) > most) {
      return ("tenant '%s' may have %d live tasks (quota liveTasks) and has %d; job '%s' brings %d"
              + " more: submit it under another id when some have ended, or have the quota raised"
              + " (signalbox policy --set quotas.liveTasks.%1$s=N)")
          .formatted(tenant, most, live(tenant) - tasks, job.id(), tasks);
    }
    double rate = quotas.tasksPerSecondOf(tenant);
    return submitted && rate > 0 ? take(job, tasks, rate, quotas.burstOf(tenant), turn) : null;
  }

  private @Nullable String take(Job job, int tasks, double rate, double burst, Turn turn) {
    String tenant = job.header().tenant();
    Allowance known = allowances.getOrDefault(tenant, new Allowance(burst, turn.now()));
    Allowance now = known.at(turn.now(), rate, burst);
    if (now.tokens() < tasks) {
      return tooFast(job, tasks, now, rate, burst);
    }
    keep(tenant, now.less(tasks));
    turn.save(new Row.AllowanceRow(tenant, now.less(tasks)));
    forgetFull(turn);
    return null;
  }

  private static String tooFast(Job job, int tasks, Allowance now, double rate, double burst) {
    String advice =
        tasks > burst
            ? "send smaller records, of another job"
            : String.format(
                Locale.ROOT, "submit it in %.1f s under another id", (tasks - now.tokens()) / rate);
    return String.format(
        Locale.ROOT,
        "tenant '%s' may submit %s tasks/s, %.0f at once (quota tasksPerSecond), and %.0f now; a"
            + " record of job '%s' brings %d: %s, or have the quota raised (signalbox policy --set"
            + " quotas.tasksPerSecond.%1$s=N)",
        job.header().tenant(),
        rate,
        Math.floor(burst),
        Math.floor(Math.max(0, now.tokens())),
        job.id(),
        tasks,
        advice);
  }

  private void keep(String tenant, Allowance allowance) {
    allowances.remove(tenant);
    allowances.put(tenant, allowance);
  }

  /** Looks at the two that were looked at longest ago, so that all are, sooner or later. */
  private void forgetFull(Turn turn) {
    Quotas quotas = state.governance.quotas();
    for (int i = 0; i < 2; i++) {
      Iterator<Map.Entry<String, Allowance>> oldest = allowances.entrySet().iterator();
      Map.Entry<String, Allowance> entry = oldest.next();
      String tenant = entry.getKey();
      double burst = quotas.burstOf(tenant);
      Allowance kept = entry.getValue();
      Allowance now = kept.at(turn.now(), quotas.tasksPerSecondOf(tenant), burst);
      if (now.tokens() >= burst || allowances.size() > CAPACITY) {
        oldest.remove();
        turn.delete(new Row.AllowanceRow(tenant, kept).key());
      } else {
        keep(tenant, kept);
      }
      if (allowances.isEmpty()) {
        return;
      }
    }
  }

  void restore(Row.AllowanceRow row) {
    allowances.put(row.tenant(), row.allowance());
  }
}
