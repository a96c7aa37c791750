package io.signalbox.engine.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.core.pool.JobView;
import io.signalbox.engine.board.HotspotBoard;
import io.signalbox.engine.board.PoolBoard;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;

/** Whether the engine runs, and a few numbers of it in Prometheus' text format. */
final class EngineHealth {
  private final String instance;
  private final Supplier<KafkaStreams.State> state;
  private final Supplier<Map<String, Long>> lag;
  private final PoolBoard board;
  private final HotspotBoard hotspots;

  /**
   * @param instance the engine's name in its group
   */
  EngineHealth(
      String instance,
      Supplier<KafkaStreams.State> state,
      Supplier<Map<String, Long>> lag,
      PoolBoard board,
      HotspotBoard hotspots) {
    this.instance = instance;
    this.state = state;
    this.lag = lag;
    this.board = board;
    this.hotspots = hotspots;
  }

  Answer answer() {
    KafkaStreams.State now = state.get();
    ObjectNode json =
        JsonNodeFactory.instance.objectNode().put("state", now.name()).put("instance", instance);
    ObjectNode records = json.putObject("inputLag");
    lag.get().forEach(records::put);
    return Answer.json(now == KafkaStreams.State.RUNNING ? 200 : 503, json);
  }

  Answer metrics() {
    StringBuilder text = new StringBuilder(512);
    gauge(text, "signalbox_engine_running", "1 while the engine schedules.");
    text.append("signalbox_engine_running ")
        .append(state.get() == KafkaStreams.State.RUNNING ? 1 : 0)
        .append('\n');
    gauge(text, "signalbox_input_lag_records", "Records of a topic that aren't read yet.");
    lag.get()
        .forEach((topic, records) ->
            text.append(
                "signalbox_input_lag_records{topic=\"%s\"} %d\n".formatted(topic, records)));
    gauge(text, "signalbox_tasks", "Tasks of unfinished jobs by pool and state.");
    board.pools().forEach(pool -> tasks(text, pool));
    gauge(text, "signalbox_jobs", "Unfinished jobs by pool.");
    board.pools().forEach(pool -> line(text, "signalbox_jobs", pool, "", live(pool)));
    gauge(text, "signalbox_devices", "Devices by pool.");
    board
        .pools()
        .forEach(pool -> line(text, "signalbox_devices", pool, "", board.devices(pool).size()));
    counter(text, "signalbox_traces_late_total", "Traces after their window.", hotspots.late());
    counter(
        text,
        "signalbox_traces_pooled_total",
        "Traces of operations that are one too many.",
        hotspots.pooled());
    return new Answer(200, "text/plain; version=0.0.4; charset=utf-8", text.toString());
  }

  private void tasks(StringBuilder text, String pool) {
    long ready = 0;
    long running = 0;
    long unfinished = 0;
    for (JobView job : board.jobs(pool)) {
      if (job.outcome() == null) {
        ready += job.ready();
        running += job.counts().running();
        unfinished += job.counts().total() - job.counts().succeeded() - job.counts().failed();
      }
    }
    line(text, "signalbox_tasks", pool, ",state=\"ready\"", ready);
    line(text, "signalbox_tasks", pool, ",state=\"running\"", running);
    line(text, "signalbox_tasks", pool, ",state=\"unfinished\"", unfinished);
  }

  private long live(String pool) {
    return board.jobs(pool).stream().filter(job -> job.outcome() == null).count();
  }

  private static void counter(StringBuilder text, String name, String help, long value) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(" counter\n");
    text.append(name).append(' ').append(value).append('\n');
  }

  private static void gauge(StringBuilder text, String name, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(" gauge\n");
  }

  /** Names of pools hold no character that would need escaping. */
  private static void line(
      StringBuilder text, String name, String pool, String labels, long value) {
    text.append(String.format(Locale.ROOT, "%s{pool=\"%s\"%s} %d\n", name, pool, labels, value));
  }
}
