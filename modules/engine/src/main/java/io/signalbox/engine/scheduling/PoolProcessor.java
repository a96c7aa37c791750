package io.signalbox.engine.scheduling;

import io.signalbox.core.pool.Input;
import io.signalbox.engine.translate.Inputs;
import io.signalbox.engine.translate.UnusableRecordException;
import io.signalbox.events.ModelStatistics;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The shell of the pools of one partition: it reads, translates, tells the pool, and writes what
 * the pool wants. Placement is done once for each batch of records: after the last one that a poll
 * brought, and by a punctuator where time alone gives cause or a batch is long.
 */
@SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
final class PoolProcessor implements Processor<byte[], Received, Object, Object> {
  private static final Duration TICK = Duration.ofMillis(1);

  /** Within a long batch pools are ticked that often. */
  private static final double LONG_BATCH_SECONDS = 0.02;

  private final Shell shell;
  private final Deserializer<ModelStatistics> told;
  private final Inputs inputs;
  private final CommitPace commits;
  private ProcessorContext<Object, Object> context;
  private Pools pools;
  private boolean reading;
  private double batchBegan;
  private SharedModels models;

  PoolProcessor(Shell shell, Deserializer<ModelStatistics> told) {
    this.told = told;
    this.shell = shell;
    this.inputs = new Inputs(shell.lanes());
    this.commits = new CommitPace(shell.streams());
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    this.context = context;
    PoolRows rows = new PoolRows(context.getStateStore(SchedulingTopology.STORE));
    KeyValueStore<Bytes, byte[]> all = context.getStateStore(SchedulingTopology.MODELS);
    models = new SharedModels(shell.topics().models(), all, told);
    pools = new Pools(shell, rows, now());
    // From now on the engine counts as running, and whoever asks expects to find them.
    pools.all().forEach(pool -> show(pool, now()));
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, time -> punctuate());
  }

  @Override
  public void process(Record<byte[], Received> record) {
    commits.resume(now());
    Origin origin = Origin.of(context.recordMetadata().orElseThrow(), record);
    String refusal;
    try {
      refusal = take(record, origin);
    } catch (UnusableRecordException e) {
      refusal = e.getMessage();
    }
    if (refusal != null) {
      send(Outgoing.deadLetter(record, origin, refusal));
    }
    batch(shell.batches().read(origin.partition()));
  }

  /** Places what is ready when a batch is over, unless more is at hand. */
  private void batch(int left) {
    double now = now();
    if (left > 0 && !reading) {
      batchBegan = now;
    }
    double began = reading ? batchBegan : now;
    reading = left > 0;
    if (left == 0 && !commits.readsOn(now, now - began)) {
      place(now);
    }
  }

  private void punctuate() {
    double now = now();
    commits.resume(now);
    if (reading && (now - batchBegan >= LONG_BATCH_SECONDS || now < batchBegan)) {
      batchBegan = now;
      if (!commits.readsOn(now, LONG_BATCH_SECONDS)) {
        place(now);
      }
    } else if (!reading && !commits.readsOn(now)) {
      place(now);
    }
  }

  private void place(double now) {
    tick(now);
    if (commits.isDue(now())) {
      context.commit();
    }
  }

  private @Nullable String take(Record<byte[], Received> record, Origin origin) {
    String name = Inputs.pool(record.value().value());
    boolean here =
        PoolPartition.fits(name, record.key(), origin.partition(), shell.poolPartitions());
    if (!here && !origin.rerouted()) {
      send(Outgoing.reroute(name, record, origin, shell.topics()));
      return null;
    }
    LivePool pool = pools.get(name, now());
    if (pool == null) {
      return "pool '" + name + "' is one too many: a partition holds " + shell.streams().maxPools();
    }
    return pool.on(input(record, origin), origin, now(), this::send);
  }

  /** What the record says, or that what it says can't be used by those who wait for it. */
  private Input input(Record<byte[], Received> record, Origin origin) {
    SpecificRecord value = record.value().value();
    try {
      return inputs.read(value, origin.header("traceparent"));
    } catch (UnusableRecordException e) {
      Input instead = Inputs.unusable(value, String.valueOf(e.getMessage()));
      if (instead == null) {
        throw e;
      }
      return instead;
    }
  }

  private void tick(double now) {
    for (LivePool pool : pools.all()) {
      pool.share(models, now, this::send);
      if (pool.due(now, shell.streams().idleTickMillis() / 1e3)) {
        pool.tick(now, this::send);
        show(pool, now);
      }
      shell.questions().answer(pool.name(), pool.pool(), now);
    }
  }

  private void show(LivePool pool, double now) {
    shell.board().update(pool.name(), pool.pool(), now);
    shell.questions().open(pool.name());
  }

  private void send(Outgoing outgoing) {
    context.forward(outgoing.record(), outgoing.sink());
    commits.wrote();
  }

  private double now() {
    return context.currentSystemTimeMs() / 1e3;
  }

  private void forget(String pool) {
    shell.board().forget(pool);
    shell.questions().forget(pool);
  }

  @Override
  public void close() {
    if (pools != null) {
      pools.all().forEach(pool -> forget(pool.name()));
    }
  }
}
