package io.signalbox.engine.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.signalbox.core.pool.PoolSettings;
import io.signalbox.engine.board.PoolBoard;
import io.signalbox.engine.board.PoolQuestions;
import io.signalbox.engine.identity.Identities;
import io.signalbox.engine.translate.Lanes;
import io.signalbox.events.connection.Connection;
import io.signalbox.events.topic.Topics;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchedulingTopologyTest {
  @Test
  void itsNodesStoresAndTopicsArePinned() {
    Shell shell =
        new Shell(
            Topics.DEFAULT,
            8,
            Scheduler.settings(1),
            PoolSettings.of(List.of()),
            new NoLanes(),
            new PoolBoard(),
            new PoolQuestions(),
            new Batches(8),
            Identities.BELIEVED);
    assertEquals(
        """
        Topologies:
           Sub-topology: 0
            Source: from-control (topics: [signalbox.control])
              --> pool
            Source: from-device-telemetry (topics: [signalbox.device-telemetry])
              --> pool
            Source: from-hotspots (topics: [signalbox.hotspots])
              --> pool
            Source: from-task-events (topics: [signalbox.task-events])
              --> pool
            Source: from-task-submitted (topics: [signalbox.task-submitted])
              --> pool
            Processor: pool (stores: [pool-rows])
              --> reroute-control, reroute-device-telemetry, reroute-hotspots, reroute-task-events, reroute-task-submitted, to-assignments, to-dead-letters, to-job-events, to-models
              <-- from-task-submitted, from-task-events, from-device-telemetry, from-control, from-hotspots
            Sink: reroute-control (topic: signalbox.control)
              <-- pool
            Sink: reroute-device-telemetry (topic: signalbox.device-telemetry)
              <-- pool
            Sink: reroute-hotspots (topic: signalbox.hotspots)
              <-- pool
            Sink: reroute-task-events (topic: signalbox.task-events)
              <-- pool
            Sink: reroute-task-submitted (topic: signalbox.task-submitted)
              <-- pool
            Sink: to-assignments (extractor class: AssignmentTopic[topics=Topics[prefix=signalbox.]])
              <-- pool
            Sink: to-dead-letters (topic: signalbox.dead-letters)
              <-- pool
            Sink: to-job-events (topic: signalbox.job-events)
              <-- pool
            Sink: to-models (topic: signalbox.models)
              <-- pool

          Sub-topology: 1 for global store (will not generate tasks)
            Source: from-models (topics: [signalbox.models])
              --> keep-models
            Processor: keep-models (stores: [models])
              --> none
              <-- from-models
        """,
        SchedulingTopology.of(Connection.of("none:1", "mock://describe"), shell)
            .describe()
            .toString());
  }

  /** A cluster without assignment topics. */
  private static final class NoLanes implements Lanes {
    @Override
    public List<Integer> existing(String deviceClass, List<Integer> lanes) {
      return List.of();
    }

    @Override
    public void need(String deviceClass, int lanes) {}
  }
}
