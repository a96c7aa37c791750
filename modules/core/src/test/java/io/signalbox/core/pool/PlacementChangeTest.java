package io.signalbox.core.pool;

import static io.signalbox.core.pool.Story.A100;
import static io.signalbox.core.pool.Story.SETTINGS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.job.Admission;
import io.signalbox.core.job.JobHeader;
import io.signalbox.core.placement.Placements;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How tasks are placed changes while a pool runs. */
class PlacementChangeTest {
  private final Story story = new Story();

  private static Input change(String... pairs) {
    return new Input.ChangePlacement(
        IntStream.range(0, pairs.length / 2)
            .boxed()
            .collect(Collectors.toMap(i -> pairs[2 * i], i -> pairs[2 * i + 1])));
  }

  private Map<String, String> changed() {
    return story.pool.placement().changed();
  }

  @Test
  void runningTasksGoOnAndQueuedOnesAreTakenByTheNewPolicy() {
    story.device("gpu-1", A100).submit("j", "a", "b", "c", "after->a").tick();
    var first = story.expectOffer("a@gpu-1");
    story.start(first).on(change("policy", "fifo")).tick();
    assertEquals("fifo", story.pool.placement().policy());
    story.complete(first).tick();
    var second = story.expectOffer("b@gpu-1");
    assertEquals("fifo", second.decision().policy());
    story.complete(second).tick();
    story.complete(story.expectOffer("c@gpu-1")).tick();
    story.complete(story.expectOffer("after@gpu-1")).tick();
    assertEquals(JobEvent.Type.JOB_SUCCEEDED, story.events.getLast().type());
    story.end();
  }

  @Test
  void tasksKeepTheOrderInWhichTheyBecameReady() {
    story.submit("early", "a").tick().after(1);
    story.submit("late", "b").on(change("policy", "fifo")).after(1);
    story.device("gpu-1", A100).tick();
    story.expectOffer("a@gpu-1");
  }

  @Test
  void tenantsGetTheirNewSharesFromTheChangeOn() {
    String[] tasks = IntStream.range(0, 60).mapToObj(i -> "t" + i).toArray(String[]::new);
    for (String tenant : List.of("a", "b")) {
      JobHeader header = new JobHeader(tenant, null, Admission.WARN, Map.of(), null);
      story.on(new Input.TasksSubmitted(tenant, header, Story.tasks(tasks), true));
    }
    story.device("gpu-1", A100).tick();
    assertEquals(20, servedOf("b", 40), 3, "half of it");
    story.on(change("fairness.weights.b", "3"));
    assertEquals(30, servedOf("b", 40), 3, "three of four");
  }

  private int servedOf(String job, int tasks) {
    int served = 0;
    for (int i = 0; i < tasks; i++) {
      var offer = story.takeOffers().getFirst();
      served += offer.attempt().job().equals(job) ? 1 : 0;
      story.start(offer).heartbeats(offer.attempt()).after(1).complete(offer).tick();
    }
    return served;
  }

  @Test
  void changeIsKeptOverARestart() {
    story.on(change("policy", "late", "fairness.weights.team", "3")).restart();
    assertEquals("late", story.pool.placement().policy());
    assertEquals("3", story.pool.placement().options().get("fairness.weights.team"));
    story.on(new Input.PausePool()).restart();
    assertEquals(Map.of("policy", "late", "fairness.weights.team", "3"), changed());
    story.on(change("policy", "")).restart();
    assertEquals("plb", story.pool.placement().policy());
    assertEquals(Map.of("fairness.weights.team", "3"), changed());
  }

  @Test
  void replayChangesNothing() {
    story.on(change("stealRatio", "0.5"));
    Row row = story.rows.remove(new Row.PoolRow(false, Map.of()).key());
    assertEquals(new Row.PoolRow(false, Map.of("stealRatio", "0.5")), row);
    story.on(change("stealRatio", " 0.5 "));
    assertTrue(story.rows.isEmpty(), "nothing is stored anew");
    story.end();
  }

  @Test
  void wrongOptionIsRefusedAndNothingOfTheOrderHolds() {
    story.on(change("policy", "late", "stealRatio", "2"));
    story.expectRefusal("pool 'test': stealRatio must be a number from 0 to 1, is '2'");
    story.on(change("polcy", "late")).expectRefusal("there is no placement option 'polcy'");
    story.on(change("polcy", "")).expectRefusal("there is no placement option 'polcy'");
    story.on(change()).expectRefusal("no option is named");
    assertEquals(Map.of(), changed());
    assertEquals("plb", story.pool.placement().policy());
    assertTrue(story.rows.isEmpty());
  }

  @Test
  void changesAreBounded() {
    String[] weights =
        IntStream.range(0, 1_001)
            .boxed()
            .flatMap(i -> Stream.of("fairness.weights.t" + i, "2"))
            .toArray(String[]::new);
    story.on(change(weights)).expectRefusal("at most 1000 options");
    assertEquals(Map.of(), changed());
  }

  @Test
  void policyOfItsOwnCantBeChanged() {
    Story own = new Story(SETTINGS, Placements.named("min-min"));
    own.on(change("policy", "late")).expectRefusal("policy 'min-min' of its own");
    assertEquals("min-min", own.pool.placement().policy());
  }

  @Test
  void damagedRowIsNamed() {
    List<Row> rows = List.of(new Row.PoolRow(false, Map.of("policy", "best")));
    String error =
        assertThrows(IllegalStateException.class, () -> Pool.restore("test", SETTINGS, rows, 1_000))
            .getMessage();
    assertTrue(error.contains("policy must be one of"), error);
  }

  /** Jobs of a random fleet come to their ends whatever is changed at random meanwhile. */
  @Test
  void everyJobEndsWhateverIsChangedMeanwhile() {
    long first = Long.getLong("signalbox.seed", 1);
    for (long seed = first; seed < first + 20; seed++) {
      Random random = new Random(seed);
      Story any = new Story();
      any.device("gpu-1", A100, 2, 1).device("cpu-1", Story.CPU, 1, 0);
      any.submit("j", "a", "b", "c->a", "d->a,b", "e->c", "f", "g", "h->g", "i", "k->i,d");
      for (int step = 0; step < 60; step++) {
        String policy = Placements.names().get(random.nextInt(Placements.names().size()));
        if (random.nextInt(3) == 0) {
          any.on(change("policy", policy, "priority.weights.rank", "" + random.nextInt(3)));
        }
        if (random.nextInt(8) == 0) {
          any.restart();
        }
        any.after(0.1);
        any.takeOffers().forEach(offer -> any.start(offer).after(0.1).complete(offer));
      }
      assertEquals(
          JobEvent.Type.JOB_SUCCEEDED, any.events.getLast().type(), "-Dsignalbox.seed=" + seed);
    }
  }
}
