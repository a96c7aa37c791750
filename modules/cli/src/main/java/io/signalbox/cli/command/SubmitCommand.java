package io.signalbox.cli.command;

import io.signalbox.cli.cluster.DeviceClassNames;
import io.signalbox.cli.output.CommandFailure;
import io.signalbox.cli.output.Console;
import io.signalbox.cli.output.Output;
import io.signalbox.cli.output.Table;
import io.signalbox.cli.settings.ClusterOptions;
import io.signalbox.cli.settings.CommonOptions;
import io.signalbox.cli.settings.WorkloadOptions;
import io.signalbox.cli.submission.JobRecords;
import io.signalbox.cli.watch.Following;
import io.signalbox.cli.watch.JobFeed;
import io.signalbox.cli.watch.JobWatch;
import io.signalbox.cli.watch.Verdict;
import io.signalbox.client.Job;
import io.signalbox.client.SignalboxClient;
import io.signalbox.client.Submission;
import io.signalbox.events.JobEvent;
import io.signalbox.events.connection.Connection;
import io.signalbox.simulator.workload.InvalidFileException;
import io.signalbox.simulator.workload.JobPlan;
import io.signalbox.simulator.workload.Speeds;
import io.signalbox.simulator.workload.TimeScale;
import io.signalbox.simulator.workload.Workload;
import io.signalbox.simulator.workload.Workloads;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;

/** Submits the jobs of a file. */
@Command(
    name = "submit",
    description =
        "Submits the jobs of a file: the project's own job format in YAML or JSON, or WfFormat 1.5"
            + " (WfCommons). Waits until the engine has accepted them.%n",
    footer = {
      "",
      "Examples:",
      "  signalbox submit config/jobs/multimodal-qa.yaml --follow",
      "  signalbox submit workflow.json --job nightly-7 --speeds speeds.json",
      "",
      "A job's name is its identity within its pool: the same job sent again changes nothing, and",
      "to run it again it needs another name.",
      "",
      "Exit code 2 for a bad file, 1 when no broker answers, a job is rejected or, with --follow,",
      "doesn't succeed."
    })
public final class SubmitCommand implements Callable<Integer> {
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

  /** Jobs that are on their way at once. */
  private static final int AT_ONCE = 16;

  @Mixin private final CommonOptions common;
  @Mixin private final ClusterOptions cluster = new ClusterOptions();
  @Mixin private final WorkloadOptions workload = new WorkloadOptions();

  @Parameters(index = "0", paramLabel = "FILE", description = "The file.")
  private Path file = Path.of("");

  @Option(
      names = "--pool",
      paramLabel = "POOL",
      defaultValue = "default",
      description = "The fleet that shall run them. Default: default.")
  private String pool = "default";

  @Option(
      names = "--job",
      paramLabel = "NAME",
      description =
          "Name of the job; default: the one in the file. Of a set: what stands before each name.")
  private @Nullable String name;

  @Option(names = "--follow", description = "Follow the jobs to their end, as watch does.")
  private boolean follow;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description =
          "How long to wait for the engine's verdict; 0 doesn't wait. Default: 10. A job is kept in"
              + " Kafka in any case.")
  private double waitSeconds = 10;

  /** A command that writes to the console. */
  public SubmitCommand(Console console) {
    this.common = new CommonOptions(console);
  }

  @Override
  public Integer call() throws InvalidFileException {
    Output output = common.begin();
    Workloads.read(file);
    Connection connection = cluster.reachableBriefly();
    Set<String> classes = DeviceClassNames.on(connection);
    // Read again with the classes that are served: an unknown one is named with its place.
    List<Job> jobs = jobs(Workloads.read(file, Optional.of(classes)), classes);
    try (SignalboxClient client = SignalboxClient.connect(connection)) {
      List<Submission> sent =
          Flux.fromIterable(jobs).flatMapSequential(client::submit, AT_ONCE).collectList().block();
      if (sent == null) {
        throw CommandFailure.failed("nothing was sent");
      }
      return follow ? followed(output, connection, sent) : judged(output, connection, sent);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(file + ": " + e.getMessage(), e);
    }
  }

  private List<Job> jobs(Workload read, Set<String> classes) throws InvalidFileException {
    TimeScale scale = workload.timeScale();
    Path speedsFile = workload.speeds().file();
    Speeds speeds = speedsFile == null ? null : Speeds.read(speedsFile);
    double now = System.currentTimeMillis() / 1e3;
    List<Job> jobs = new ArrayList<>();
    for (JobPlan plan : scale.workload(read).jobs()) {
      JobPlan known =
          speeds == null
              ? plan
              : Workloads.withEstimates(
                  plan, speeds, classes.stream().filter(speeds.classes()::contains).toList());
      jobs.add(JobRecords.of(renamed(known, read.jobs().size() > 1).submittedAt(now), pool));
    }
    return jobs;
  }

  private JobPlan renamed(JobPlan plan, boolean several) {
    String given = name;
    if (given == null) {
      return plan;
    }
    return new JobPlan(
        several ? given + "-" + plan.job() : given,
        plan.header(),
        plan.tasks(),
        plan.deadlineAfterSeconds());
  }

  private int followed(Output output, Connection connection, List<Submission> sent) {
    JobWatch watch = new JobWatch(output, output.resultTerminal());
    Following.untilEnd(events(connection, sent), watch, 0, output::note, file.toString());
    List<String> jobs = sent.stream().map(Submission::job).toList();
    return watch.allSucceeded(jobs) ? CommandFailure.OK : CommandFailure.FAILED;
  }

  private Flux<JobEvent> events(Connection connection, List<Submission> sent) {
    Instant since = sent.getFirst().submittedAt().minus(CLOCK_SKEW);
    return JobFeed.of(connection, pool, sent.stream().map(Submission::job).toList(), since);
  }

  private int judged(Output output, Connection connection, List<Submission> sent) {
    List<Verdict> verdicts =
        waitSeconds <= 0
            ? sent.stream().map(Verdict::open).toList()
            : Verdict.of(
                events(connection, sent), sent, Duration.ofMillis(Math.round(waitSeconds * 1e3)));
    Table table = Table.of("job", "pool", "tasks", "state", "reasons", "admission");
    verdicts.forEach(verdict ->
        table.row(
            verdict.submission().job(),
            verdict.submission().pool(),
            verdict.submission().tasks(),
            verdict.state().name(),
            verdict.reasons(),
            verdict.admission()));
    if (output.isJson()) {
      output.json(table.objects());
    } else {
      verdicts.forEach(verdict -> output.line(verdict.line()));
    }
    return verdicts.stream().anyMatch(verdict -> verdict.state() == Verdict.State.REJECTED)
        ? CommandFailure.FAILED
        : CommandFailure.OK;
  }
}
