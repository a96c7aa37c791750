package io.signalbox.cli.watch;

import io.signalbox.client.Submission;
import io.signalbox.events.AdmissionProof;
import io.signalbox.events.JobEvent;
import io.signalbox.events.JobEventType;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What the engine said of a submitted job.
 *
 * @param submission the job
 * @param state what it said
 * @param reasons why, of a rejection
 * @param proof what the test of its deadline found; null when nothing was tested yet
 */
public record Verdict(
    Submission submission, State state, List<String> reasons, @Nullable AdmissionProof proof) {
  /** What the engine said. */
  public enum State {
    /** It will run. */
    ACCEPTED,
    /** It won't. */
    REJECTED,
    /** Nothing yet. */
    SUBMITTED
  }

  /** Nothing was said yet. */
  public static Verdict open(Submission submission) {
    return new Verdict(submission, State.SUBMITTED, List.of(), null);
  }

  /**
   * What the engine says of submitted jobs, in their order; of a job that it says nothing of within
   * the limit, that it is submitted.
   *
   * @param events of these jobs and no others, each job's in order
   */
  public static List<Verdict> of(
      Flux<JobEvent> events, List<Submission> submissions, Duration limit) {
    Set<String> silent =
        submissions.stream().map(Submission::job).collect(Collectors.toCollection(HashSet::new));
    Map<String, JobEvent> first =
        events
            .filter(event -> silent.remove(event.getJob()))
            .takeUntil(event -> silent.isEmpty())
            .takeUntilOther(Mono.delay(limit))
            .collectMap(JobEvent::getJob)
            .blockOptional()
            .orElse(Map.of());
    return submissions.stream().map(each -> of(each, first.get(each.job()))).toList();
  }

  /** What the test found, for programs; null when nothing was tested yet. */
  public @Nullable Map<String, Object> admission() {
    return proof == null ? null : ProofText.fields(proof);
  }

  /** For people. */
  public String line() {
    return switch (state) {
      case ACCEPTED ->
          "%s: accepted, %,d tasks in pool %s%s; follow it with ./signalbox watch %s"
              .formatted(
                  submission.job(),
                  submission.tasks(),
                  submission.pool(),
                  proof == null ? "" : "; " + ProofText.line(proof),
                  submission.job());
      case REJECTED -> submission.job() + ": rejected: " + String.join("; ", reasons);
      case SUBMITTED ->
          "%s: submitted, %,d tasks in pool %s; no engine has taken it up yet"
              .formatted(submission.job(), submission.tasks(), submission.pool());
    };
  }

  private static Verdict of(Submission submission, @Nullable JobEvent event) {
    if (event == null) {
      return open(submission);
    }
    return event.getType() == JobEventType.REJECTED
        ? new Verdict(submission, State.REJECTED, event.getReasons(), event.getProof())
        : new Verdict(submission, State.ACCEPTED, List.of(), event.getProof());
  }
}
