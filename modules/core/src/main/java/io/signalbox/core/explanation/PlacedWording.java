package io.signalbox.core.explanation;

import io.signalbox.core.placement.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is said of attempts that are offered or run. */
final class PlacedWording {
  /** Offers that hold for longer, as in simulations, have no end worth telling. */
  private static final double ENDLESS_SECONDS = 1e9;

  private final double now;

  PlacedWording(double now) {
    this.now = now;
  }

  /** Where an attempt stands. */
  String stands(String task, LiveAttempt attempt) {
    return attempt.running() ? runs(task, attempt) : offered(task, attempt);
  }

  private String runs(String task, LiveAttempt attempt) {
    double overdue = attempt.overdueSeconds(now);
    String prediction =
        overdue > 0
            ? "%s longer than the %s that were predicted; it is expected to be done %s"
                .formatted(
                    Spoken.span(overdue),
                    Spoken.span(attempt.predictedSeconds()),
                    Spoken.ahead(attempt.finishesAt(), now))
            : "predicted to take %s and to be done %s"
                .formatted(
                    Spoken.span(attempt.predictedSeconds()),
                    Spoken.ahead(attempt.finishesAt(), now));
    String since =
        now - attempt.startsAt() < 0.005
            ? "has just started on %s".formatted(place(attempt))
            : "has been running on %s for %s"
                .formatted(place(attempt), Spoken.span(now - attempt.startsAt()));
    return "Task '%s' %s (attempt %d), %s.".formatted(task, since, attempt.number(), prediction);
  }

  private String offered(String task, LiveAttempt attempt) {
    return "Task '%s' is offered to %s (attempt %d); it should start %s and take %s."
        .formatted(
            task,
            place(attempt),
            attempt.number(),
            Spoken.ahead(attempt.startsAt(), now),
            Spoken.span(attempt.predictedSeconds()));
  }

  private static String place(LiveAttempt attempt) {
    return attempt.deviceClass().isEmpty()
        ? attempt.device()
        : attempt.device() + " (" + attempt.deviceClass() + ")";
  }

  /** Why it is there: a sentence, and an item for each device that was weighed. */
  List<String> choice(LiveAttempt attempt) {
    if (attempt.choice().isEmpty()) {
      return List.of(
          "Why it went to "
              + attempt.device()
              + " isn't known any more: the decision was made before a restart, or for another"
              + " device.");
    }
    LiveAttempt.Choice choice = attempt.choice().get();
    List<String> said = new ArrayList<>();
    said.add(
        "The policy %s chose %s %s%s:"
            .formatted(
                choice.policy(),
                attempt.device(),
                Spoken.ago(choice.decidedAt(), now),
                outOf(attempt, choice.candidates())));
    for (Candidate candidate : choice.candidates()) {
      said.add(weighed(candidate, choice.decidedAt()));
    }
    return said;
  }

  private static String outOf(LiveAttempt attempt, List<Candidate> candidates) {
    if (candidates.size() < 2) {
      return "";
    }
    boolean best = candidates.getFirst().device().equals(attempt.device());
    return (best ? ", the best score of " : ", one of ") + candidates.size();
  }

  /** A candidate, with times counted from the decision. */
  private static String weighed(Candidate candidate, double decidedAt) {
    return "- %s (%s): starts %s, takes %s, is done %s; score %s"
        .formatted(
            candidate.device(),
            candidate.deviceClass(),
            after(candidate.startsAt() - decidedAt),
            Spoken.span(candidate.predictedSeconds()),
            after(candidate.finishesAt() - decidedAt),
            String.format(Locale.ROOT, "%.2f", candidate.score() - decidedAt));
  }

  private static String after(double seconds) {
    return seconds < 0.005 ? "at once" : "after " + Spoken.span(seconds);
  }

  /** What happens next. */
  String next(List<LiveAttempt> attempts) {
    if (attempts.size() > 1) {
      return "The first of its %d attempts to complete wins; the others are cancelled then."
          .formatted(attempts.size());
    }
    LiveAttempt attempt = attempts.getFirst();
    if (attempt.running()) {
      return "It is over when %s reports it done, and starts anew elsewhere when that device is lost."
          .formatted(attempt.device());
    }
    double acceptBy = attempt.acceptBy().orElse(now);
    String limit =
        acceptBy - now > ENDLESS_SECONDS
            ? ""
            : "; when that hasn't happened %s, it is offered anew"
                .formatted(Spoken.ahead(acceptBy, now));
    return "It starts when %s takes the offer%s.".formatted(attempt.device(), limit);
  }
}
