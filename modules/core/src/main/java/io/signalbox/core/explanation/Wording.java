package io.signalbox.core.explanation;

import io.signalbox.core.job.TaskRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Says explanations in plain sentences: where the task stands, why, and, last, what would start it.
 * Times are told as seen from the moment of the question. Lines that begin with a dash are the
 * items of a list.
 */
public final class Wording {
  private final double now;
  private final List<String> sentences = new ArrayList<>();

  private Wording(double now) {
    this.now = now;
  }

  /**
   * The sentences, at least one.
   *
   * @param now when the explanation was made, in seconds since the epoch
   */
  public static List<String> of(Explanation explanation, double now) {
    Wording wording = new Wording(now);
    wording.tell(explanation);
    return List.copyOf(wording.sentences);
  }

  private void tell(Explanation explanation) {
    switch (explanation) {
      case Explanation.UnknownJob unknown -> say(capital(unknown.problem()) + ".");
      case Explanation.UnknownTask unknown -> say(capital(unknown.problem()) + ".");
      case Explanation.JobEnded ended -> ended(ended);
      case Explanation.Undescribed undescribed -> undescribed(undescribed);
      case Explanation.Waiting waiting -> waiting(waiting);
      case Explanation.Queued queued -> queued(queued);
      case Explanation.BackingOff backingOff -> backingOff(backingOff);
      case Explanation.Placed placed -> placed(placed);
      case Explanation.Succeeded done ->
          say(
              "Task '%s' succeeded on %s %s, on attempt %d."
                  .formatted(
                      name(done.task()),
                      done.device(),
                      Spoken.ago(done.finishedAt(), now),
                      done.attempt()));
      case Explanation.Failed failed ->
          say(
              "Task '%s' failed after %s: %s."
                  .formatted(
                      name(failed.task()),
                      Spoken.count(failed.facts().attempts(), "attempt"),
                      failed.error()));
    }
  }

  private void ended(Explanation.JobEnded ended) {
    String reasons =
        ended.reasons().isEmpty() ? "" : " (" + String.join("; ", ended.reasons()) + ")";
    say(
        "Job '%s' ended %s: %s%s."
            .formatted(
                ended.task().job(), Spoken.ago(ended.endedAt(), now), ended.outcome(), reasons));
    say("Where its tasks stood is forgotten then; the job's events tell what became of each.");
  }

  private void undescribed(Explanation.Undescribed undescribed) {
    say(
        "Task '%s' is only known as a parent of %s; no record has described it yet."
            .formatted(
                name(undescribed.task()),
                Spoken.list(undescribed.children(), undescribed.children().size())));
    say("It can start once the job's producer submits it, and the job can't be sealed before.");
  }

  private void waiting(Explanation.Waiting waiting) {
    ParentWording parents = new ParentWording(now);
    say(
        "Task '%s' waits for %s: %s."
            .formatted(
                name(waiting.task()),
                waiting.missing() == 1 ? "a parent" : Spoken.count(waiting.missing(), "parent"),
                parents.each(waiting.parents(), waiting.missing())));
    parents.chain(waiting.critical()).ifPresent(sentences::add);
    about(waiting.facts());
    sentences.add(parents.start(waiting));
  }

  private void queued(Explanation.Queued queued) {
    QueueWording queue = new QueueWording(queued.queue(), now);
    say(
        "Task '%s' became ready %s and waits for a device."
            .formatted(name(queued.task()), Spoken.ago(queued.since(), now)));
    troubles(queued.facts());
    if (queued.paused()) {
      say("Its pool is paused: no task is offered to any device.");
    } else {
      sentences.addAll(queue.reasons());
    }
    sentences.addAll(queue.classes());
    about(queued.facts());
    say(queued.paused() ? "It can start once an operator resumes the pool." : queue.start());
  }

  private void backingOff(Explanation.BackingOff backingOff) {
    TaskFacts facts = backingOff.facts();
    say(
        "Task '%s' waits after a failure, the %s of at most %d%s."
            .formatted(
                name(backingOff.task()),
                ordinal(facts.failures()),
                facts.maxFailures(),
                facts.lastProblem().map(problem -> ": " + problem).orElse("")));
    about(facts);
    say("It is queued again %s.".formatted(Spoken.ahead(backingOff.until(), now)));
  }

  private void placed(Explanation.Placed placed) {
    PlacedWording wording = new PlacedWording(now);
    for (LiveAttempt attempt : placed.attempts()) {
      sentences.add(wording.stands(name(placed.task()), attempt));
      sentences.addAll(wording.choice(attempt));
    }
    troubles(placed.facts());
    about(placed.facts());
    sentences.add(wording.next(placed.attempts()));
  }

  private void troubles(TaskFacts facts) {
    facts.lastProblem().ifPresent(problem -> say("What went wrong last: " + problem + "."));
  }

  private void about(TaskFacts facts) {
    facts.hot().ifPresent(hot -> say(hot(facts.operation(), hot)));
    String remains = Spoken.span(facts.upwardRankSeconds());
    if (facts.path().isEmpty()) {
      say("From its start to the end of the job it takes at least " + remains + ".");
      return;
    }
    TaskFacts.PathPlace place = facts.path().get();
    String urgency;
    if (place.critical()) {
      urgency = "It is on the job's critical path";
    } else if (place.slackSeconds() < 0.005) {
      urgency = "Any delay of its start delays the job";
    } else {
      urgency =
          "With enough devices its start may come %s later without the job taking longer"
              .formatted(Spoken.span(place.slackSeconds()));
    }
    say(urgency + "; from its start to the end of the job it takes at least " + remains + ".");
  }

  private static String hot(String operation, TaskFacts.Hot hot) {
    List<String> done = new ArrayList<>();
    if (hot.weight() > 0) {
      done.add(String.format(Locale.ROOT, "%.2f is added to its priority", hot.weight()));
    }
    new TreeMap<>(hot.keptSlots())
        .forEach((name, slots) ->
            done.add(
                "%s of %s %s kept for it"
                    .formatted(Spoken.count(slots, "slot"), name, slots == 1 ? "is" : "are")));
    if (hot.splitFiner()) {
      done.add("it is marked to be split finer");
    }
    return "Its operation '%s' is hot: %s."
        .formatted(operation, done.isEmpty() ? "nothing is done for it" : String.join(", ", done));
  }

  private static String name(TaskRef task) {
    return task.job() + "/" + task.task();
  }

  private static String ordinal(int number) {
    return switch (number) {
      case 1 -> "first";
      case 2 -> "second";
      case 3 -> "third";
      default -> number + "th";
    };
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private void say(String sentence) {
    sentences.add(sentence);
  }
}
