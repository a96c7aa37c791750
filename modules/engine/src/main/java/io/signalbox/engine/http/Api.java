package io.signalbox.engine.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.core.job.TaskRef;
import io.signalbox.engine.board.HotspotBoard;
import io.signalbox.engine.board.PoolBoard;
import io.signalbox.engine.board.PoolQuestions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** The routes. Lists are gathered from all instances unless {@code scope=local}. */
final class Api {
  private static final int JOBS = 100;
  private static final Set<String> STATES =
      Set.of("RUNNING", "SUCCEEDED", "FAILED", "CANCELLED", "REJECTED");

  private final Listings listings;
  private final Explanations explanations;
  private final Peers peers;
  private final TopicListing topics;
  private final EngineHealth health;

  Api(
      PoolBoard board,
      PoolQuestions questions,
      HotspotBoard hotspots,
      Peers peers,
      TopicListing topics,
      EngineHealth health) {
    this.listings = new Listings(board, hotspots);
    this.explanations = new Explanations(questions);
    this.peers = peers;
    this.topics = topics;
    this.health = health;
  }

  Mono<Answer> answer(Question question) {
    return switch (question.path()) {
      case List<String> path when path.equals(List.of("health")) -> Mono.just(health.answer());
      case List<String> path when path.equals(List.of("metrics")) -> Mono.just(health.metrics());
      case List<String> path when path.size() >= 2 && path.getFirst().equals("v1") ->
          versioned(question, path.subList(1, path.size()));
      default -> Mono.just(notFound(question));
    };
  }

  private Mono<Answer> versioned(Question question, List<String> path) {
    if (path.size() > 1 && path.getFirst().equals("jobs")) {
      return ofJob(question, path);
    }
    if (path.size() == 3 && path.getFirst().equals("pools") && path.get(2).equals("placement")) {
      return placement(question, path.get(1));
    }
    if (path.size() != 1) {
      return Mono.just(notFound(question));
    }
    return switch (path.getFirst()) {
      case "jobs" -> jobs(question);
      case "devices" -> devices(question);
      case "hotspots" -> hotspots(question);
      case "pools" -> pools(question);
      case "topics" -> topics(question);
      default -> Mono.just(notFound(question));
    };
  }

  private Mono<Answer> ofJob(Question question, List<String> path) {
    String job = path.get(1);
    if (path.size() == 2) {
      return job(question, job);
    }
    if (path.size() == 3 && path.get(2).equals("paths")) {
      return paths(question, job);
    }
    return path.size() == 4 && path.get(2).equals("tasks")
        ? task(question, new TaskRef(job, path.get(3)))
        : Mono.just(notFound(question));
  }

  private Mono<Answer> jobs(Question question) {
    question.allow("pool", "state", "limit");
    int limit = question.limit(JOBS);
    Optional<String> state = question.parameter("state");
    if (state.isPresent() && !STATES.contains(state.get().toUpperCase(Locale.ROOT))) {
      throw new BadRequestException(
          "state is '" + state.get() + "'",
          "use one of " + String.join(", ", STATES.stream().sorted().toList()));
    }
    return gather(question, "jobs", listings.jobs(question.parameter("pool"), state, limit))
        .map(all -> newest(all, limit))
        .map(all -> list("jobs", all));
  }

  private static List<JsonNode> newest(List<JsonNode> jobs, int limit) {
    return jobs.stream()
        .sorted(Comparator.comparing((JsonNode job) -> job.path("acceptedAt").asText()).reversed())
        .limit(limit)
        .toList();
  }

  private Mono<Answer> job(Question question, String job) {
    question.allow("pool");
    List<ObjectNode> here = listings.job(question.parameter("pool"), job);
    return only(question, "jobs", here, job, Answer::json);
  }

  private Mono<Answer> task(Question question, TaskRef task) {
    question.allow("pool");
    return explanations
        .of(question.parameter("pool"), task)
        .flatMap(here -> only(question, "explanations", here, task.job(), ExplanationJson::answer));
  }

  private Mono<Answer> paths(Question question, String job) {
    question.allow("pool");
    return explanations
        .paths(question.parameter("pool"), job)
        .flatMap(here -> only(question, "paths", here, job, Answer::json));
  }

  /** What is known of a job, which must be in one pool, here or at another instance. */
  private Mono<Answer> only(
      Question question,
      String field,
      List<ObjectNode> here,
      String job,
      Function<JsonNode, Answer> answer) {
    if (question.local()) {
      return Mono.just(list(field, List.copyOf(here)));
    }
    return gather(question, field, here)
        .map(found ->
            switch (found.size()) {
              case 0 ->
                  Answer.error(
                      404,
                      "no job '" + job + "'",
                      "GET /v1/jobs lists the jobs that are known; ended ones are forgotten"
                          + " after a day");
              case 1 -> answer.apply(found.getFirst());
              default ->
                  Answer.error(
                      400,
                      "job '" + job + "' is in " + found.size() + " pools",
                      "add ?pool=" + found.getFirst().path("pool").asText());
            });
  }

  private Mono<Answer> devices(Question question) {
    question.allow("pool");
    return gather(question, "devices", listings.devices(question.parameter("pool")))
        .map(all -> list("devices", all));
  }

  private Mono<Answer> hotspots(Question question) {
    question.allow("pool");
    return gather(question, "operations", listings.operations(question.parameter("pool")))
        .map(all -> list("operations", all));
  }

  private Mono<Answer> pools(Question question) {
    question.allow();
    return gather(question, "pools", listings.pools()).map(all -> list("pools", all));
  }

  private Mono<Answer> placement(Question question, String pool) {
    question.allow();
    return explanations
        .placement(pool)
        .flatMap(here ->
            question.local()
                ? Mono.just(list("placements", here))
                : gather(question, "placements", here)
                    .map(found -> found.isEmpty() ? noPool(pool) : Answer.json(found.getFirst())));
  }

  private static Answer noPool(String pool) {
    return Answer.error(
        404,
        "no pool '" + pool + "'",
        "GET /v1/pools lists those there are; a pool begins with the first record that names it");
  }

  private Mono<Answer> topics(Question question) {
    question.allow();
    return topics.all().map(all -> list("topics", List.copyOf(all)));
  }

  /** What is known here and, unless only that was asked for, at the other instances. */
  private Mono<List<JsonNode>> gather(
      Question question, String field, List<? extends JsonNode> here) {
    if (question.local()) {
      return Mono.just(List.copyOf(here));
    }
    return peers
        .ask(question.uri())
        .flatMapIterable(answer -> answer.path(field))
        .collectList()
        .map(others -> {
          List<JsonNode> all = new ArrayList<>(here);
          all.addAll(others);
          return all;
        });
  }

  private static Answer list(String field, List<? extends JsonNode> entries) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode list = body.putArray(field);
    entries.forEach(list::add);
    return Answer.json(body);
  }

  private static Answer notFound(Question question) {
    return Answer.error(
        404,
        "there is nothing at /" + String.join("/", question.path()),
        "see /v1/jobs, /v1/jobs/JOB, /v1/jobs/JOB/paths, /v1/jobs/JOB/tasks/TASK, /v1/devices, /v1/hotspots, /v1/pools, /v1/pools/POOL/placement, /v1/topics, /health, /metrics");
  }
}
