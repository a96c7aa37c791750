package io.signalbox.cli.watch;

import io.signalbox.client.SignalboxClient;
import io.signalbox.client.Submission;
import io.signalbox.events.AdmissionProof;
import io.signalbox.events.JobEvent;
import io.signalbox.events.JobEventType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

  /** Waits for what the engine says of jobs, at most for the limit, and keeps their order. */
  public static List<Verdict> of(
      SignalboxClient client, List<Submission> submissions, Duration limit) {
    List<Verdict> verdicts =
        Flux.fromIterable(submissions)
            .flatMapSequential(
                each ->
                    client
                        .follow(each)
                        .next()
                        .map(event -> of(each, event))
                        .timeout(limit, Mono.just(open(each)))
                        .defaultIfEmpty(open(each)),
                Math.max(1, submissions.size()))
            .collectList()
            .block();
    return verdicts == null ? List.of() : verdicts;
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

  private static Verdict of(Submission submission, JobEvent event) {
    return event.getType() == JobEventType.REJECTED
        ? new Verdict(submission, State.REJECTED, event.getReasons(), event.getProof())
        : new Verdict(submission, State.ACCEPTED, List.of(), event.getProof());
  }
}
