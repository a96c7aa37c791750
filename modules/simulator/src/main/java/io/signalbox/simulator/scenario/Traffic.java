package io.signalbox.simulator.scenario;

import io.signalbox.core.job.Dependency;
import io.signalbox.core.job.JobHeader;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.simulator.workload.ArrivalTrace;
import io.signalbox.simulator.workload.JobPlan;
import io.signalbox.simulator.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes the many jobs that arrive over time, out of a few or out of a trace's requests. */
public final class Traffic {
  /** Tasks that all arrivals together may have. */
  public static final int MOST_TASKS = 2_000_000;

  /**
   * What a token takes, in the unit of the shipped speeds, seconds on an NVIDIA A100: about a model
   * of 13 billion parameters in FP16, whose prefill is bound by arithmetic (26 GFLOP a token) and
   * whose decode by reading the weights (26 GB).
   */
  private static final double PREFILL_SECONDS_PER_TOKEN = 0.0002;

  private static final double DECODE_SECONDS_PER_TOKEN = 0.02;

  /** Keys and values of 40 layers of 5,120 numbers, two bytes each. */
  private static final long CACHE_BYTES_PER_TOKEN = 2L * 40 * 5_120 * 2;

  private Traffic() {}

  /**
   * Each arrival submits the next job of the workloads; after the last comes the first again. Job
   * {@code x} of the fifth arrival is called {@code x-5}.
   *
   * @param workloads at least one
   * @param arrivals how many jobs arrive
   * @throws IllegalArgumentException when they would have more than {@link #MOST_TASKS} tasks
   */
  public static Workload roundRobin(List<Workload> workloads, int arrivals) {
    List<JobPlan> plans = workloads.stream().flatMap(workload -> workload.jobs().stream()).toList();
    List<JobPlan> jobs = new ArrayList<>();
    long tasks = 0;
    for (int arrival = 0; arrival < arrivals; arrival++) {
      JobPlan plan = plans.get(arrival % plans.size());
      tasks += plan.tasks().size();
      if (tasks > MOST_TASKS) {
        throw new IllegalArgumentException(
            "%d arrivals have more than %d tasks; let fewer jobs arrive"
                .formatted(arrivals, MOST_TASKS));
      }
      jobs.add(plan.named(plan.job() + "-" + (arrival + 1)));
    }
    String name =
        workloads.stream().map(Workload::name).distinct().collect(Collectors.joining("+"));
    return new Workload(name, jobs);
  }

  /**
   * Each request of a trace is a job of two tasks: {@code llm-prefill} of its context, and, with
   * the context's keys and values as input, {@code llm-decode} of its answer.
   */
  public static Workload requests(ArrivalTrace trace) {
    List<JobPlan> jobs = new ArrayList<>();
    for (ArrivalTrace.Request request : trace.requests()) {
      int context = Math.max(1, request.contextTokens());
      int generated = Math.max(1, request.generatedTokens());
      TaskSpec prefill = task("prefill", List.of(), context * PREFILL_SECONDS_PER_TOKEN);
      Dependency cache = new Dependency("prefill", context * CACHE_BYTES_PER_TOKEN);
      TaskSpec decode = task("decode", List.of(cache), generated * DECODE_SECONDS_PER_TOKEN);
      String name = "request-" + (jobs.size() + 1);
      jobs.add(new JobPlan(name, JobHeader.DEFAULT, List.of(prefill, decode)));
    }
    return new Workload(trace.name(), jobs);
  }

  private static TaskSpec task(String id, List<Dependency> parents, double work) {
    return new TaskSpec(id, "llm-" + id, "", parents, work, Map.of(), List.of(), 0, null, 0, 0);
  }
}
