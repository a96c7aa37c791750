package io.signalbox.cli.demo;

import io.signalbox.cli.cluster.EngineApi;
import io.signalbox.cli.fleet.RunTimes;
import io.signalbox.cli.fleet.SimulatedFleet;
import io.signalbox.cli.output.CommandFailure;
import io.signalbox.cli.output.Output;
import io.signalbox.cli.station.Station;
import io.signalbox.cli.submission.JobRecords;
import io.signalbox.cli.watch.JobFeed;
import io.signalbox.cli.watch.Tally;
import io.signalbox.client.Job;
import io.signalbox.client.SignalboxClient;
import io.signalbox.events.JobEvent;
import io.signalbox.simulator.workload.JobPlan;
import io.signalbox.simulator.workload.Workload;
import io.signalbox.simulator.workload.Workloads;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Runs a workload on a simulated fleet through a real broker and a real engine. */
public final class Demo {
  private static final String POOL = "default";
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);
  private static final Duration FLEET_LIMIT = Duration.ofSeconds(90);

  private final DemoSettings settings;
  private final Output output;
  private final Workload scaled;
  private final Tally tally = new Tally();
  private final Schedule schedule;

  /**
   * A demo that hasn't begun.
   *
   * @param settings what it runs
   * @param output takes words about its progress
   */
  public Demo(DemoSettings settings, Output output) {
    this.settings = settings;
    this.output = output;
    this.scaled = settings.scale().workload(withEstimates(settings));
    this.schedule = new Schedule(settings.scale());
  }

  /**
   * Runs it to its end.
   *
   * @param station a broker and an engine for it alone
   * @throws CommandFailure when it isn't over in time, or engine or fleet break down
   */
  public Summary run(Station station) {
    try (SimulatedFleet fleet = startFleet(station);
        SignalboxClient client = SignalboxClient.connect(station.connection())) {
      fleet.ready().block(FLEET_LIMIT);
      FleetRegistration.await(
          new EngineApi(engineUrl(station)), settings.fleet().devices().size(), FLEET_LIMIT);
      if (settings.warmUpSeconds() > 0) {
        output.note(
            "%,d devices are ready; warming up".formatted(settings.fleet().devices().size()));
        WarmUp.run(client, POOL, settings.fleet(), settings.warmUpSeconds());
      }
      output.note(
          "%,d devices are ready; submitting %,d tasks in %,d jobs"
              .formatted(
                  settings.fleet().devices().size(), scaled.taskCount(), scaled.jobs().size()));
      double wallSeconds = follow(station, fleet, client);
      return Summaries.of(settings, scaled, schedule, tally, wallSeconds);
    }
  }

  /** What ran where and when. */
  public Schedule schedule() {
    return schedule;
  }

  private SimulatedFleet startFleet(Station station) {
    return SimulatedFleet.start(
        station.connection(),
        POOL,
        settings.fleet().devices(),
        settings.classes(),
        settings.scale().network(settings.fleet().network()),
        RunTimes.of(settings.speeds(), scaled));
  }

  /** Seconds from submission to the last event. */
  private double follow(Station station, SimulatedFleet fleet, SignalboxClient client) {
    DemoProgress progress = new DemoProgress(output, scaled.taskCount());
    long begin = System.nanoTime();
    double now = System.currentTimeMillis() / 1e3;
    List<Job> jobs =
        scaled.jobs().stream().map(plan -> JobRecords.of(plan.submittedAt(now), POOL)).toList();
    Flux<JobEvent> events =
        Flux.fromIterable(jobs)
            .concatMap(client::submit)
            .thenMany(
                JobFeed.of(
                    station.connection(),
                    POOL,
                    jobs.stream().map(Job::name).toList(),
                    Instant.now().minus(CLOCK_SKEW)));
    try {
      events
          .doOnNext(event -> {
            tally.add(event);
            schedule.add(event);
            progress.on(event, tally);
          })
          .then()
          .or(breakdown(station, fleet))
          .timeout(settings.timeout(), Mono.error(this::late))
          .block();
    } finally {
      progress.finish();
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  /** Fails when the engine or a device ends before the jobs do. */
  private static Mono<Void> breakdown(Station station, SimulatedFleet fleet) {
    Mono<Void> engine = Mono.fromFuture(station.terminated(), true);
    return Mono.firstWithSignal(engine, fleet.terminated())
        .onErrorMap(e -> CommandFailure.failed("the demo broke down: " + e.getMessage(), e))
        .then(Mono.error(() -> CommandFailure.failed("the engine or the fleet ended too early")));
  }

  private CommandFailure late() {
    return CommandFailure.failed(
        "the demo wasn't over after %d s: %,d of %,d tasks succeeded; --timeout gives it more"
            .formatted(settings.timeout().toSeconds(), tally.succeeded(), scaled.taskCount()));
  }

  private static String engineUrl(Station station) {
    String url = station.engineUrl();
    if (url == null) {
      throw new IllegalArgumentException("a demo needs an engine");
    }
    return url;
  }

  private static Workload withEstimates(DemoSettings settings) {
    List<JobPlan> plans =
        settings.workload().jobs().stream()
            .map(plan ->
                Workloads.withEstimates(plan, settings.speeds(), settings.fleet().classes()))
            .toList();
    return new Workload(settings.workload().name(), plans);
  }
}
