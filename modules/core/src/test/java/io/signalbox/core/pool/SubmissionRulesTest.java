package io.signalbox.core.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.job.Content;
import io.signalbox.core.job.Dependency;
import io.signalbox.core.job.JobHeader;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.core.placement.PlacementSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SubmissionRulesTest {
  private static final PoolSettings SMALL =
      new PoolSettings(
          Story.SETTINGS.deviceClasses(),
          5,
          1,
          3,
          3,
          1,
          60,
          100,
          16,
          new PoolSettings.Limits(5, 3, 2, 16, 20, 6, 4, 100),
          PlacementSettings.of("fifo"),
          PoolSettings.Speculation.OFF);

  private final SubmissionRules rules = new SubmissionRules(SMALL);

  /** A task that keeps to the rules, but for what a test changes. */
  private record Draft(
      String id, String operation, List<Dependency> parents, double work, int attempts) {
    static final Draft SOUND = new Draft("a", "op", List.of(), 1, 0);

    TaskSpec spec(Map<String, Double> estimates, List<String> classes, Content payload) {
      return new TaskSpec(
          id, operation, "", parents, work, estimates, classes, 0, payload, 0, attempts);
    }

    TaskSpec spec() {
      return spec(Map.of(), List.of(), null);
    }
  }

  private void expect(String part, TaskSpec... specs) {
    String breach = rules.breach(List.of(specs));
    assertNotNull(breach);
    assertTrue(breach.contains(part), breach);
  }

  @Test
  void soundTaskPasses() {
    assertNull(rules.breach(List.of(Draft.SOUND.spec())));
  }

  @Test
  void nameIsBoundedInLengthAndCharacters() {
    expect("task id ''", new Draft("", "op", List.of(), 1, 0).spec());
    expect("task id 'a b'", new Draft("a b", "op", List.of(), 1, 0).spec());
    expect("operation of task 'a'", new Draft("a", "größe", List.of(), 1, 0).spec());
    expect("1 to 20 characters", new Draft("a".repeat(21), "op", List.of(), 1, 0).spec());
    assertNull(rules.breach(List.of(new Draft("A.z_0:9-", "op", List.of(), 1, 0).spec())));
  }

  @Test
  void recordHasALimitedNumberOfTasks() {
    TaskSpec spec = Draft.SOUND.spec();
    expect("4 tasks in one record; 3 are allowed", spec, spec, spec, spec);
  }

  @Test
  void dependenciesAreLimitedDistinctAndNotTheTaskItself() {
    List<Dependency> three =
        List.of(new Dependency("x", 0), new Dependency("y", 0), new Dependency("z", 0));
    expect("has 3 dependencies; 2 are allowed", new Draft("a", "op", three, 1, 0).spec());
    List<Dependency> twice = List.of(new Dependency("x", 0), new Dependency("x", 0));
    expect("names its dependency 'x' twice", new Draft("a", "op", twice, 1, 0).spec());
    List<Dependency> itself = List.of(new Dependency("a", 0));
    expect("cycle a -> a", new Draft("a", "op", itself, 1, 0).spec());
    List<Dependency> negative = List.of(new Dependency("x", -1));
    expect("a dependency of -1 bytes", new Draft("a", "op", negative, 1, 0).spec());
  }

  @Test
  void amountsAreNumbersThatMeanSomething() {
    expect("work 0.0", new Draft("a", "op", List.of(), 0, 0).spec());
    expect("work NaN", new Draft("a", "op", List.of(), Double.NaN, 0).spec());
    expect("asks for 5 attempts; 1 to 4", new Draft("a", "op", List.of(), 1, 5).spec());
    expect("estimate of -2.0 s on cpu", Draft.SOUND.spec(Map.of("cpu", -2.0), List.of(), null));
  }

  @Test
  void inlinePayloadIsLimited() {
    Content large = Content.inline("text/plain", new byte[17]);
    expect("payload of 17 bytes; up to 16", Draft.SOUND.spec(Map.of(), List.of(), large));
  }

  @Test
  void unknownClassIsNamedWithTheKnownOnes() {
    expect(
        "'tpu', which isn't served; served are a100, cpu",
        Draft.SOUND.spec(Map.of(), List.of("tpu"), null));
  }

  @Test
  void jobAndPoolAreLimitedInTasks() {
    Story story = new Story(SMALL);
    story.submit("j", Story.tasks("a", "b", "c"), false);
    story.submit("j", Story.tasks("d", "e", "f"), true);
    story.expectRefusal("job 'j' has more than 5 tasks").expectEvents("ACCEPTED", "REJECTED");
    story.submit("k", Story.tasks("a", "b", "c"), true);
    story.submit("l", Story.tasks("a", "b", "c"), true);
    story.events.clear();
    story.submit("m", Story.tasks("a"), true);
    story.expectRefusal("holds 6 live tasks").expectEvents("REJECTED");
  }

  @Test
  void recordThatSaysNothingIsRefused() {
    Story story = new Story();
    story.submit("j", List.of(), false).expectRefusal("has no tasks and doesn't seal it");
    story.submit("k", List.of(), true).expectRefusal("was sealed without a task");
  }

  @Test
  void unusableJobIdIsRefusedWithoutAJob() {
    Story story = new Story();
    story.submit("no good", Story.tasks("a"), true).expectRefusal("job id 'no good'");
    assertEquals(List.of(), new ArrayList<>(story.pool.jobs()));
  }

  @Test
  void tenantIsAName() {
    Story story = new Story();
    JobHeader header = new JobHeader("", null, Map.of(), null);
    story.on(new Input.TasksSubmitted("j", header, Story.tasks("a"), true));
    story.expectRefusal("tenant ''");
  }
}
