package io.signalbox.core.fairness;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Start-time fair queueing between tenants (Goyal, Vin, Cheng 1997): each has a virtual time that
 * grows by cost / weight with what is placed for it, and those whose virtual time is at most a
 * window ahead of the least may be served. A tenant that comes back after having had nothing to do
 * starts at the least virtual time: it is owed nothing for the time in which it asked for nothing.
 *
 * <p>With a window of W, between two tenants that always have work, what they have been given
 * differs by W plus the cost of one task each, in units of cost / weight. Not thread-safe.
 */
public final class FairShares {
  private static final double MEAN_RATE = 0.02;

  /** So many tenants without waiting tasks are kept before those that are even are looked for. */
  private static final int MOST_QUIET = 1_000;

  private static final class Tenant {
    private final String name;
    private final double weight;
    private double virtualTime;
    private int waiting;

    private Tenant(String name, double weight) {
      this.name = name;
      this.weight = weight;
    }
  }

  private final FairnessSettings settings;
  private final Map<String, Tenant> tenants = new HashMap<>();
  private final TreeSet<Tenant> active =
      new TreeSet<>(
          Comparator.<Tenant>comparingDouble(tenant -> tenant.virtualTime)
              .thenComparing(tenant -> tenant.name));
  private double meanCost;
  private double reached;
  private int mostQuiet = MOST_QUIET;

  public FairShares(FairnessSettings settings) {
    this.settings = settings;
  }

  /** A task of the tenant waits for a device. */
  public void waits(String name) {
    Tenant tenant = tenant(name);
    if (tenant.waiting++ == 0) {
      tenant.virtualTime = Math.max(tenant.virtualTime, least());
      active.add(tenant);
    }
  }

  /** A task of the tenant no longer waits: it was placed or given up. */
  public void waitsNoMore(String name) {
    Tenant tenant = tenants.get(name);
    if (tenant == null || tenant.waiting == 0) {
      throw new IllegalStateException("no task of tenant '" + name + "' waits");
    }
    if (--tenant.waiting == 0) {
      reached = least();
      active.remove(tenant);
      forgetIfEven(tenant);
    }
  }

  /** Something was placed for the tenant: its cost in priced seconds, at least 0. */
  public void charge(String name, double cost) {
    move(tenant(name), cost);
    meanCost = meanCost == 0 ? cost : meanCost + MEAN_RATE * (cost - meanCost);
  }

  /** What was charged proves to be so much more, or less if negative. */
  public void correct(String name, double cost) {
    Tenant tenant = tenants.get(name);
    if (tenant != null) {
      move(tenant, cost);
    }
  }

  /** True when the tenant may be served now. */
  public boolean eligible(String name) {
    return ahead(name) <= 0;
  }

  /** By how much the tenant is ahead of what is allowed; 0 or less when it may be served. */
  public double ahead(String name) {
    Tenant tenant = tenants.get(name);
    return tenant == null ? 0 : tenant.virtualTime - least() - window();
  }

  /** True when the tenant may be served now and another one, whose tasks wait too, may not. */
  public boolean owed(String name) {
    return !active.isEmpty() && active.last().virtualTime - least() > window() && eligible(name);
  }

  /** The tenant's virtual time. */
  public double virtualTime(String name) {
    Tenant tenant = tenants.get(name);
    return tenant == null ? least() : tenant.virtualTime;
  }

  private void move(Tenant tenant, double cost) {
    boolean isActive = active.remove(tenant);
    tenant.virtualTime += cost / tenant.weight;
    if (isActive) {
      active.add(tenant);
    }
  }

  private double window() {
    return settings.windowTasks() * meanCost;
  }

  /** The least virtual time of those with waiting tasks; where the last one stood when none has. */
  private double least() {
    return active.isEmpty() ? reached : active.first().virtualTime;
  }

  private Tenant tenant(String name) {
    return tenants.computeIfAbsent(name, key -> created(key));
  }

  private Tenant created(String name) {
    Tenant tenant = new Tenant(name, settings.weightOf(name));
    tenant.virtualTime = least();
    return tenant;
  }

  /** One that isn't ahead would come back at the least virtual time anyway. */
  private void forgetIfEven(@Nullable Tenant tenant) {
    if (tenant != null && tenant.virtualTime <= least()) {
      tenants.remove(tenant.name);
    } else if (tenants.size() - active.size() > mostQuiet) {
      double least = least();
      tenants.values().removeIf(each -> each.waiting == 0 && each.virtualTime <= least);
      // Twice what was left, so that looking costs each leaving tenant a constant.
      mostQuiet = MOST_QUIET + 2 * (tenants.size() - active.size());
    }
  }

  /** How many tenants are remembered. */
  int known() {
    return tenants.size();
  }
}
