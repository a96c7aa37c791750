package io.signalbox.client;

import io.signalbox.events.Admission;
import io.signalbox.events.CancelJob;
import io.signalbox.events.ChangePlacement;
import io.signalbox.events.Control;
import io.signalbox.events.JobEvent;
import io.signalbox.events.JobHeader;
import io.signalbox.events.TaskSpec;
import io.signalbox.events.TasksSubmitted;
import io.signalbox.events.connection.Connection;
import io.signalbox.reactive.EventSerializer;
import io.signalbox.reactive.RecordSender;
import io.signalbox.reactive.Start;
import io.signalbox.reactive.TaskBatches;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Submits jobs to a pool and follows what becomes of them.
 *
 * <p>Nothing happens before a Mono or Flux is subscribed to, and each subscription does it anew.
 * Signals come on Reactor's parallel scheduler.
 */
public final class SignalboxClient implements AutoCloseable {
  /** How far the clocks of producers, brokers and this process may differ. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

  /** Records of one submission that may be on their way at once. */
  private static final int AHEAD = 8;

  private final Connection connection;
  private final RecordSender<String, SpecificRecord> sender;

  private SignalboxClient(Connection connection) {
    this.connection = connection;
    // A pool's records keep their order, whatever the producer has to send again.
    Map<String, Object> config =
        Map.of(
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "lz4");
    sender = new RecordSender<>(EventSerializer.producer(connection, config), "signalbox-client");
  }

  /** A client for a cluster; connects with the first use. */
  public static SignalboxClient connect(Connection connection) {
    return new SignalboxClient(connection);
  }

  /**
   * Submits a job.
   *
   * @return completes when every record is durable; whether the job is accepted is told by {@link
   *     #follow}
   */
  public Mono<Submission> submit(Job job) {
    JobHeader header = new JobHeader(job.tenant(), job.deadline(), job.labels(), job.admission());
    return submit(job.pool(), job.name(), header, Flux.fromIterable(job.tasks()));
  }

  /**
   * Submits a job of any size without holding it: tasks are asked for as they can be sent. They
   * leave in batches of up to 1,000; the last one seals the job. When the stream fails the job
   * stays unsealed; {@link #cancel} ends it.
   *
   * @param tasks in any order, parents may follow their children
   * @return completes when every record is durable; fails with IllegalArgumentException when there
   *     is no task or one is too large for a record
   */
  public Mono<Submission> submit(String pool, String job, Flux<TaskSpec> tasks) {
    return submit(
        Name.check("pool", pool),
        Name.check("job", job),
        new JobHeader("default", null, Map.of(), Admission.WARN),
        tasks);
  }

  private Mono<Submission> submit(String pool, String job, JobHeader header, Flux<TaskSpec> tasks) {
    return Mono.defer(() -> new Upload(pool, job, header).send(tasks));
  }

  /** Submits a job and follows it to its end. */
  public Flux<JobEvent> run(Job job) {
    return submit(job).flatMapMany(this::follow);
  }

  /** Follows a job that was just submitted, see {@link #follow(String, String)}. */
  public Flux<JobEvent> follow(Submission submission) {
    Instant since = submission.submittedAt().minus(CLOCK_SKEW);
    return follow(submission.pool(), submission.job(), Start.at(since));
  }

  /**
   * Follows a job from its beginning, as far back as events are kept.
   *
   * @return the job's events in order; completes behind its last one: REJECTED, JOB_SUCCEEDED,
   *     JOB_FAILED or JOB_CANCELLED. For a job that nobody submits it waits
   */
  public Flux<JobEvent> follow(String pool, String job) {
    return follow(Name.check("pool", pool), Name.check("job", job), Start.beginning());
  }

  private Flux<JobEvent> follow(String pool, String job, Start start) {
    return JobEvents.follow(connection, pool, job, start);
  }

  /**
   * Asks for the end of a job.
   *
   * @param reason shown in the job's last event
   * @return completes when the order is durable
   */
  public Mono<Void> cancel(String pool, String job, String reason) {
    return Mono.defer(() -> order(pool, new CancelJob(Name.check("job", job), reason)))
        .publishOn(Schedulers.parallel())
        .then();
  }

  /**
   * Asks for another way of placing tasks, from now on. An order that can't be followed goes to the
   * dead letters as a whole.
   *
   * @param options values by the names that follow {@code pool.} in config/engine.yaml, such as
   *     {@code policy}; an empty one takes an earlier change back, what isn't named stays
   * @return completes when the order is durable
   */
  public Mono<Void> changePlacement(String pool, Map<String, String> options) {
    return Mono.defer(
            () -> order(Name.check("pool", pool), new ChangePlacement(Map.copyOf(options))))
        .publishOn(Schedulers.parallel())
        .then();
  }

  private Mono<RecordMetadata> order(String pool, Object command) {
    return send(
        connection.topics().control(),
        pool,
        new Control(pool, now(), "client", command),
        TraceParent.random());
  }

  private Mono<RecordMetadata> send(
      String topic, String pool, SpecificRecord value, TraceParent trace) {
    return sender.send(new ProducerRecord<>(topic, null, pool, value, List.of(trace.header())));
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }

  /** Sends what waits and closes the producer; at most ten seconds. Followers go on. */
  @Override
  public void close() {
    sender.close();
  }

  /** One submission on its way. */
  private final class Upload {
    private final String pool;
    private final String job;
    private final JobHeader header;
    private final TraceParent trace = TraceParent.random();
    private final Instant submittedAt = now();
    private int records;
    private long sent;

    Upload(String pool, String job, JobHeader header) {
      this.pool = pool;
      this.job = job;
      this.header = header;
    }

    Mono<Submission> send(Flux<TaskSpec> tasks) {
      // Each batch is paired with the next one, because the last has to seal the job.
      return TaskBatches.of(tasks)
          .buffer(2, 1)
          .map(pair -> record(pair.get(0), pair.size() == 1))
          .flatMapSequential(
              record ->
                  SignalboxClient.this.send(
                      connection.topics().taskSubmitted(), pool, record, trace),
              AHEAD,
              1)
          .publishOn(Schedulers.parallel())
          .then(Mono.fromSupplier(this::submission));
    }

    private TasksSubmitted record(List<TaskSpec> batch, boolean last) {
      @Nullable JobHeader once = records == 0 ? header : null;
      records++;
      sent += batch.size();
      return new TasksSubmitted(pool, job, once, batch, last, now());
    }

    private Submission submission() {
      if (records == 0) {
        throw new IllegalArgumentException("Job " + job + " has no tasks; it needs at least 1");
      }
      return new Submission(pool, job, sent, records, submittedAt, trace.traceId());
    }
  }
}
