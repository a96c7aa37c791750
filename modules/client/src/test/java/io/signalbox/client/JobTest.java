package io.signalbox.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.events.Admission;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class JobTest {
  @Test
  void tasksKeepTheirSettingsAndTheirOrder() {
    Job job =
        Job.named("j")
            .inPool("p")
            .task("a", "op")
            .work(3)
            .timeout(Duration.ofSeconds(2))
            .task("b", "op2")
            .after("a", 512)
            .on("cpu")
            .build();
    assertEquals("p", job.pool());
    assertEquals(3, job.tasks().get(0).getWork());
    assertEquals(2_000, job.tasks().get(0).getTimeoutMillis());
    assertEquals(512, job.tasks().get(1).getDependencies().get(0).getSizeBytes());
  }

  @Test
  void deadlineIsOnlyWarnedOfUnlessTheJobSaysOtherwise() {
    Job warned = Job.named("j").deadline(Instant.EPOCH).task("a", "op").build();
    assertEquals(Admission.WARN, warned.admission());
    Job enforced = Job.named("j").admission(Admission.ENFORCE).task("a", "op").build();
    assertEquals(Admission.ENFORCE, enforced.admission());
  }

  @Test
  void parentsMayBeNamedBeforeTheyAreDescribed() {
    Job job = Job.named("j").task("b", "op").after("a").task("a", "op").build();
    assertEquals(2, job.tasks().size());
  }

  @Test
  void anUnknownParentIsNamed() {
    refuses("«x», which is no task", () -> Job.named("j").task("a", "op").after("x").build());
  }

  @Test
  void aDoubledTaskIsNamed() {
    refuses("two tasks «a»", () -> Job.named("j").task("a", "op").task("a", "op").build());
  }

  @Test
  void aNameOutOfFormIsRefusedAtOnce() {
    refuses("«a b» isn't a name", () -> Job.named("j").task("a b", "op"));
    refuses("The job «»", () -> Job.named(""));
  }

  @Test
  void aJobNeedsATask() {
    refuses("has 0 tasks", () -> Job.named("j").build());
  }

  @Test
  void aPayloadThatIsTooLargeSaysWhatToDo() {
    refuses(
        "store it and give its URI",
        () -> Job.named("j").task("a", "op").payload(new byte[TaskBuilder.MAX_INLINE_BYTES + 1]));
  }

  @Test
  void aTaskCantComeAfterItself() {
    refuses("after itself", () -> Job.named("j").task("a", "op").after("a"));
  }

  private static void refuses(String reason, Executable description) {
    String message = assertThrows(IllegalArgumentException.class, description).getMessage();
    assertTrue(message.contains(reason), message);
  }
}
