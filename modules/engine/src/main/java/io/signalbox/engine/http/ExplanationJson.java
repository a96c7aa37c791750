package io.signalbox.engine.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.core.explanation.Explanation;
import io.signalbox.core.explanation.LiveAttempt;
import io.signalbox.core.explanation.Parent;
import io.signalbox.core.explanation.TaskFacts;
import io.signalbox.core.explanation.Wording;
import java.util.List;

/**
 * Where a task stands and why, as JSON: always pool, job, task, state, the moment it was asked, and
 * sentences for people; the other fields follow from the state. docs/HTTP-API.md describes them.
 */
final class ExplanationJson {
  private static final String UNKNOWN_TASK = "UNKNOWN_TASK";

  private ExplanationJson() {}

  static ObjectNode of(String pool, Explanation explanation, double now) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("pool", pool)
        .put("job", explanation.task().job())
        .put("task", explanation.task().task())
        .put("state", state(explanation))
        .put("askedAt", JobJson.time(now));
    Wording.of(explanation, now).forEach(json.putArray("text")::add);
    explanation.knownFacts().ifPresent(facts -> facts(json, facts));
    switch (explanation) {
      case Explanation.UnknownJob unknown -> json.put("problem", unknown.problem());
      case Explanation.UnknownTask unknown -> json.put("problem", unknown.problem());
      case Explanation.JobEnded ended -> ended(json, ended);
      case Explanation.Undescribed undescribed ->
          undescribed.children().forEach(json.putArray("children")::add);
      case Explanation.Waiting waiting -> waiting(json, waiting);
      case Explanation.Queued queued -> queued(json, queued, now);
      case Explanation.BackingOff backingOff -> json.put("until", JobJson.time(backingOff.until()));
      case Explanation.Placed placed -> placed(json, placed.attempts(), now);
      case Explanation.Succeeded done ->
          json.put("attempt", done.attempt())
              .put("device", done.device())
              .put("finishedAt", JobJson.time(done.finishedAt()));
      case Explanation.Failed failed -> json.put("error", failed.error());
    }
    return json;
  }

  /** The answer to who asked; a task that isn't there is an error. */
  static Answer answer(JsonNode found) {
    return found.path("state").asText().equals(UNKNOWN_TASK)
        ? Answer.error(404, found.path("problem").asText(), "check the task's id")
        : Answer.json(found);
  }

  private static String state(Explanation explanation) {
    return switch (explanation) {
      case Explanation.UnknownJob unknown -> "UNKNOWN_JOB";
      case Explanation.UnknownTask unknown -> UNKNOWN_TASK;
      case Explanation.JobEnded ended -> "JOB_ENDED";
      case Explanation.Undescribed undescribed -> "UNDESCRIBED";
      case Explanation.Waiting waiting -> "WAITING";
      case Explanation.Queued queued -> "READY";
      case Explanation.BackingOff backingOff -> "BACKING_OFF";
      case Explanation.Placed placed ->
          placed.attempts().stream().anyMatch(LiveAttempt::running) ? "RUNNING" : "OFFERED";
      case Explanation.Succeeded done -> "SUCCEEDED";
      case Explanation.Failed failed -> "FAILED";
    };
  }

  private static void facts(ObjectNode json, TaskFacts facts) {
    json.put("operation", facts.operation())
        .put("attempts", facts.attempts())
        .put("failures", facts.failures())
        .put("maxFailures", facts.maxFailures())
        .put("lastProblem", facts.lastProblem().orElse(null))
        .put("depth", facts.depth())
        .put("upwardRankSeconds", facts.upwardRankSeconds())
        .put("slackSeconds", facts.path().map(TaskFacts.PathPlace::slackSeconds).orElse(null))
        .put("critical", facts.path().map(TaskFacts.PathPlace::critical).orElse(null));
    facts
        .hot()
        .ifPresentOrElse(
            hot ->
                json.set("hot", HotspotJson.tilt(hot.weight(), hot.keptSlots(), hot.splitFiner())),
            () -> json.putNull("hot"));
  }

  private static void ended(ObjectNode json, Explanation.JobEnded ended) {
    json.put("outcome", ended.outcome()).put("endedAt", JobJson.time(ended.endedAt()));
    ended.reasons().forEach(json.putArray("reasons")::add);
  }

  private static void waiting(ObjectNode json, Explanation.Waiting waiting) {
    json.put("missingParents", waiting.missing()).put("linkedTo", waiting.linkedTo().orElse(null));
    parents(json.putArray("parents"), waiting.parents());
    parents(json.putArray("criticalParents"), waiting.critical());
  }

  private static void parents(ArrayNode list, List<Parent> parents) {
    for (Parent parent : parents) {
      list.addObject()
          .put("task", parent.task())
          .put("state", parent.stage().name())
          .put("device", parent.device().orElse(null))
          .put(
              "finishesAt",
              parent.finishesAt().isPresent()
                  ? JobJson.time(parent.finishesAt().getAsDouble())
                  : null);
    }
  }

  private static void queued(ObjectNode json, Explanation.Queued queued, double now) {
    json.put("readyAt", JobJson.time(queued.since())).put("paused", queued.paused());
    QueueJson.of(json, queued.queue(), now);
  }

  private static void placed(ObjectNode json, List<LiveAttempt> attempts, double now) {
    ArrayNode list = json.putArray("live");
    for (LiveAttempt attempt : attempts) {
      ObjectNode entry =
          list.addObject()
              .put("attempt", attempt.number())
              .put("device", attempt.device())
              .put("class", attempt.deviceClass())
              .put("running", attempt.running())
              .put("startsAt", JobJson.time(attempt.startsAt()))
              .put("predictedSeconds", attempt.predictedSeconds())
              .put("finishesAt", JobJson.time(attempt.finishesAt()))
              .put("overdueSeconds", attempt.overdueSeconds(now))
              .put(
                  "acceptBy",
                  attempt.acceptBy().isPresent()
                      ? JobJson.time(attempt.acceptBy().getAsDouble())
                      : null);
      attempt
          .choice()
          .ifPresentOrElse(choice -> decision(entry, choice), () -> entry.putNull("decision"));
    }
  }

  private static void decision(ObjectNode entry, LiveAttempt.Choice choice) {
    ObjectNode decision =
        entry
            .putObject("decision")
            .put("policy", choice.policy())
            .put("decidedAt", JobJson.time(choice.decidedAt()))
            .put("scoreSeconds", choice.score() - choice.decidedAt());
    ArrayNode candidates = decision.putArray("candidates");
    choice
        .candidates()
        .forEach(candidate -> candidates.add(QueueJson.candidate(candidate, choice.decidedAt())));
  }
}
