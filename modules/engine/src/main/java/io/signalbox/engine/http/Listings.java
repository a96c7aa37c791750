package io.signalbox.engine.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.core.pool.HotView;
import io.signalbox.core.pool.JobView;
import io.signalbox.engine.board.HotspotBoard;
import io.signalbox.engine.board.PoolBoard;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What this instance knows, as JSON. */
final class Listings {
  private final PoolBoard board;
  private final HotspotBoard hotspots;

  Listings(PoolBoard board, HotspotBoard hotspots) {
    this.board = board;
    this.hotspots = hotspots;
  }

  /** The newest jobs first. */
  List<ObjectNode> jobs(Optional<String> pool, Optional<String> state, int limit) {
    List<ObjectNode> jobs = new ArrayList<>();
    for (String name : pools(pool)) {
      board.jobs(name).stream()
          .filter(job -> state.isEmpty() || state.get().equalsIgnoreCase(JobJson.state(job)))
          .sorted(Comparator.comparingDouble(JobView::acceptedAt).reversed())
          .limit(limit)
          .forEach(job -> jobs.add(JobJson.of(name, job)));
    }
    return jobs;
  }

  /** The jobs of one id; several pools may have one. */
  List<ObjectNode> job(Optional<String> pool, String job) {
    return pools(pool).stream()
        .flatMap(name -> board.job(name, job).map(view -> JobJson.of(name, view)).stream())
        .toList();
  }

  List<ObjectNode> devices(Optional<String> pool) {
    return pools(pool).stream()
        .flatMap(name -> board.devices(name).stream().map(device -> DeviceJson.of(name, device)))
        .toList();
  }

  List<ObjectNode> operations(Optional<String> pool) {
    List<ObjectNode> operations = new ArrayList<>();
    hotspots
        .operations(pool)
        .forEach(
            (name, views) -> views.forEach(view -> operations.add(HotspotJson.of(name, view))));
    return operations;
  }

  List<ObjectNode> pools() {
    return board.pools().stream().map(this::pool).toList();
  }

  private ObjectNode pool(String name) {
    long live = 0;
    long ready = 0;
    long running = 0;
    for (JobView job : board.jobs(name)) {
      if (job.outcome() == null) {
        live++;
        ready += job.ready();
        running += job.counts().running();
      }
    }
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("pool", name)
            .put("jobs", board.jobs(name).size())
            .put("liveJobs", live)
            .put("readyTasks", ready)
            .put("runningTasks", running)
            .put("devices", board.devices(name).size());
    ArrayNode hot = json.putArray("hotOperations");
    for (HotView view : board.hotOperations(name)) {
      hot.add(
          HotspotJson.tilt(view.weight(), view.keptSlots(), view.splitFiner())
              .put("operation", view.operation()));
    }
    return json;
  }

  private Collection<String> pools(Optional<String> pool) {
    return pool.<Collection<String>>map(List::of).orElseGet(board::pools);
  }
}
