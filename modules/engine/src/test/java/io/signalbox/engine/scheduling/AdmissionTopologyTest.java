package io.signalbox.engine.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.events.Admission;
import io.signalbox.events.AdmissionMethod;
import io.signalbox.events.AdmissionProof;
import io.signalbox.events.AdmissionVerdict;
import io.signalbox.events.JobEvent;
import io.signalbox.events.JobEventType;
import io.signalbox.events.JobHeader;
import io.signalbox.events.TasksSubmitted;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What followers are told of deadlines. */
class AdmissionTopologyTest {
  private static final String POOL = "p";

  @TempDir Path folder;

  private static void submit(Scheduler scheduler, String job, double seconds, Admission admission) {
    JobHeader header =
        JobHeader.newBuilder()
            .setDeadline(scheduler.now().plusMillis(Math.round(seconds * 1e3)))
            .setAdmission(admission)
            .build();
    TasksSubmitted record =
        TasksSubmitted.newBuilder(Records.job(POOL, job, scheduler.now(), "a", "b->a"))
            .setHeader(header)
            .build();
    scheduler.send(Scheduler.TOPICS.taskSubmitted(), POOL, record);
    scheduler.tick();
  }

  private static void device(Scheduler scheduler) {
    scheduler.send(
        Scheduler.TOPICS.deviceTelemetry(),
        POOL,
        Records.heartbeat(POOL, "gpu-1", 0, scheduler.now()));
  }

  private static List<JobEvent> events(Scheduler scheduler, String job) {
    return scheduler.jobEvents().stream().filter(event -> event.getJob().equals(job)).toList();
  }

  @Test
  void acceptedJobCarriesItsProof() {
    try (Scheduler scheduler = Scheduler.on(folder)) {
      device(scheduler);
      submit(scheduler, "j", 3_600, Admission.ENFORCE);
      JobEvent accepted = events(scheduler, "j").getFirst();
      assertEquals(JobEventType.ACCEPTED, accepted.getType());
      AdmissionProof proof = accepted.getProof();
      assertEquals(AdmissionVerdict.ACCEPTED, proof.getVerdict());
      assertEquals(AdmissionMethod.TYPED_BOUND, proof.getMethod());
      assertTrue(proof.getPredictedFinish().isBefore(proof.getDeadline()));
      assertEquals(Records.GPU, proof.getBottleneckClass());
    }
  }

  @Test
  void enforcedJobIsRejectedWithItsProofAndIsNoDeadLetter() {
    try (Scheduler scheduler = Scheduler.on(folder)) {
      device(scheduler);
      submit(scheduler, "j", 0.1, Admission.ENFORCE);
      List<JobEvent> events = events(scheduler, "j");
      assertEquals(1, events.size(), events::toString);
      assertEquals(JobEventType.REJECTED, events.getFirst().getType());
      assertEquals(AdmissionMethod.LOWER_BOUND, events.getFirst().getProof().getMethod());
      assertTrue(events.getFirst().getReasons().getFirst().contains("earliest feasible deadline"));
      assertEquals(List.of(), scheduler.deadLetters());
      assertEquals(List.of(), scheduler.assignments());
    }
  }

  @Test
  void warnedJobIsAnnouncedToBeAtRiskAndRuns() {
    try (Scheduler scheduler = Scheduler.on(folder)) {
      device(scheduler);
      submit(scheduler, "j", 0.1, Admission.WARN);
      List<JobEvent> events = events(scheduler, "j");
      assertEquals(
          List.of(JobEventType.ACCEPTED, JobEventType.AT_RISK),
          events.stream().map(JobEvent::getType).toList());
      assertEquals(AdmissionVerdict.AT_RISK, events.getLast().getProof().getVerdict());
      assertEquals(1, scheduler.assignments().size());
    }
  }

  @Test
  void jobWhoseTestIsOffHasNoProof() {
    try (Scheduler scheduler = Scheduler.on(folder)) {
      device(scheduler);
      submit(scheduler, "j", 0.1, Admission.OFF);
      assertNull(events(scheduler, "j").getFirst().getProof());
    }
  }
}
