package io.signalbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What commands make of an engine's answers; the engine is a table of them. */
class EngineAnswersTest {
  private record Answer(int status, String body) {}

  private final Map<String, Answer> answers = new HashMap<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    Answer answer =
        answers.getOrDefault(
            exchange.getRequestURI().toString(),
            new Answer(404, "{\"error\": \"nothing here\", \"hint\": \"look elsewhere\"}"));
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private Said ask(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--engine", "http://127.0.0.1:" + server.getAddress().getPort()));
    return Said.by(all.toArray(String[]::new));
  }

  @Test
  void explanationIsShownLineByLine() {
    answers.put(
        "/v1/jobs/j/tasks/a%3A1?pool=p",
        new Answer(200, "{\"state\": \"READY\", \"text\": [\"It waits.\", \"It starts soon.\"]}"));
    Said said = ask("explain", "j", "a:1", "--pool", "p");
    assertEquals(0, said.exitCode(), said::err);
    assertEquals(List.of("It waits.", "It starts soon."), said.out().lines().toList());
  }

  @Test
  void explanationAsJsonIsTheEngines() throws IOException {
    answers.put("/v1/jobs/j/tasks/a", new Answer(200, "{\"state\": \"READY\", \"before\": 3}"));
    Said said = ask("explain", "j", "a", "--format", "json");
    assertEquals(3, new ObjectMapper().readTree(said.out()).path("before").asInt(), said::err);
  }

  @Test
  void taskThatIsNotThereIsNamedInTheEnginesWords() {
    answers.put(
        "/v1/jobs/j/tasks/x",
        new Answer(404, "{\"error\": \"job 'j' has no task 'x'\", \"hint\": \"check it\"}"));
    ask("explain", "j", "x")
        .failed(1, "job 'j' has no task 'x'; ./signalbox status lists the jobs");
  }

  @Test
  void jobOfSeveralPoolsIsWrongUsage() {
    answers.put(
        "/v1/jobs/j/tasks/a",
        new Answer(400, "{\"error\": \"job 'j' is in 2 pools\", \"hint\": \"add ?pool=p\"}"));
    ask("explain", "j", "a").failed(2, "job 'j' is in 2 pools");
  }

  @Test
  void poolThatIsBusyIsAFailure() {
    answers.put(
        "/v1/jobs/j/tasks/a",
        new Answer(503, "{\"error\": \"pool 'p' hasn't answered\", \"hint\": \"ask again\"}"));
    ask("explain", "j", "a").failed(1, "pool 'p' hasn't answered", "ask again");
  }

  @Test
  void somethingElseThatAnswersIsNoEngine() {
    answers.put("/v1/jobs/j/tasks/a", new Answer(404, "<html>not here</html>"));
    ask("explain", "j", "a").failed(1, "is it a Signalbox engine?");
    answers.put("/v1/jobs/j/tasks/a", new Answer(200, "<html>hello</html>"));
    ask("explain", "j", "a").failed(1, "with status 200");
  }

  @Test
  void hotOperationsComeFirstThenThoseThatTakeMost() {
    answers.put(
        "/v1/hotspots",
        new Answer(
            200,
            """
            {"operations": [
              {"operation": "small", "class": "gpu", "hot": false, "share": 0.1, "count": 3},
              {"operation": "large", "class": "gpu", "hot": false, "share": 0.7, "count": 4},
              {"operation": "burst", "class": "cpu", "pool": "p", "hot": true, "share": 0.2,
               "count": 5}]}
            """));
    answers.put(
        "/v1/pools",
        new Answer(
            200,
            """
            {"pools": [{"pool": "p", "hotOperations": [
              {"operation": "burst", "weight": 1.25, "keptSlots": {"gpu": 3},
               "splitFiner": true}]}]}
            """));
    List<String> lines = ask("hotspots").out().lines().toList();
    assertTrue(lines.get(1).startsWith("burst") && lines.get(1).contains("hot"), lines::toString);
    assertTrue(lines.get(1).contains("+1.25, gpu 3, finer"), lines::toString);
    assertTrue(lines.get(2).startsWith("large"), lines::toString);
    assertTrue(
        lines.get(3).startsWith("small") && lines.get(3).contains("10.0 %"), lines::toString);
    assertEquals(2, ask("hotspots", "--hot").out().lines().count());
  }

  @Test
  void devicesShowWhatTheyMeasured() {
    answers.put(
        "/v1/devices",
        new Answer(
            200,
            """
            {"devices": [
              {"device": "a", "load": 0.5, "memoryTotalBytes": 80000000000,
               "memoryFreeBytes": 56200000000, "ioLatencyMillis": 0.55, "powerWatts": 227.5},
              {"device": "b", "memoryTotalBytes": null, "memoryFreeBytes": null,
               "ioLatencyMillis": null, "powerWatts": null}]}
            """));
    List<String> lines = ask("devices").out().lines().toList();
    assertTrue(lines.getFirst().contains("LOAD"), lines::toString);
    assertTrue(lines.getFirst().contains("FREE MEMORY  IO LATENCY  POWER"), lines::toString);
    assertTrue(
        lines.get(1).replaceAll(" +", " ").contains("50 % 56.2 of 80.0 GB 0.6 ms 228 W"),
        lines::toString);
    assertTrue(lines.get(2).replaceAll(" +", " ").contains(" - - - - "), lines::toString);
  }

  @Test
  void poolThatIsNotThereIsNamedWithThoseThatAre() {
    answers.put(
        "/v1/pools", new Answer(200, "{\"pools\": [{\"pool\": \"a\"}, {\"pool\": \"b\"}]}"));
    for (String pool : List.of("nope", "a")) {
      answers.put("/v1/devices?pool=" + pool, new Answer(200, "{\"devices\": []}"));
      answers.put("/v1/hotspots?pool=" + pool, new Answer(200, "{\"operations\": []}"));
      answers.put("/v1/jobs?limit=20&pool=" + pool, new Answer(200, "{\"jobs\": []}"));
    }
    for (String command : List.of("devices", "hotspots", "status")) {
      ask(command, "--pool", "nope").failed(1, "there is no pool 'nope'; there are a, b");
      assertEquals(0, ask(command, "--pool", "a").exitCode(), command);
    }
  }

  @Test
  void statusSaysWhatWaits() {
    answers.put("/v1/jobs?limit=20", new Answer(200, "{\"jobs\": []}"));
    answers.put(
        "/v1/pools",
        new Answer(
            200,
            """
            {"pools": [
              {"pool": "busy", "readyTasks": 1200, "runningTasks": 3, "devices": 2},
              {"pool": "idle", "readyTasks": 0, "runningTasks": 1, "devices": 1}]}
            """));
    answers.put(
        "/health",
        new Answer(
            200,
            "{\"state\": \"RUNNING\", \"inputLag\": {\"x.task-submitted\": 40, \"x.control\": 0}}"));
    assertEquals(
        List.of(
            "pool busy: 1,200 tasks wait for a device, 3 run, 2 devices",
            "40 records of x.task-submitted aren't read yet"),
        ask("status").err().lines().toList());
  }

  @Test
  void policyShowsEachOptionAndWhatWasChanged() throws IOException {
    answers.put(
        "/v1/pools/my%20pool/placement",
        new Answer(
            200,
            "{\"pool\": \"my pool\", \"policy\": \"late\", \"options\": {\"policy\": \"late\","
                + " \"stealRatio\": \"0.6\"}, \"changed\": {\"policy\": \"late\"}}"));
    List<String> lines = ask("policy", "--pool", "my pool").out().lines().toList();
    assertEquals("policy late at run time", lines.get(lines.size() - 2).replaceAll(" +", " "));
    assertTrue(lines.getLast().startsWith("stealRatio"), lines::toString);
    JsonNode json =
        new ObjectMapper().readTree(ask("policy", "--pool", "my pool", "--format", "json").out());
    assertEquals("0.6", json.at("/options/stealRatio").asText());
    ask("policy", "--pool", "other").failed(1, "nothing here; ./signalbox status lists");
  }

  @Test
  void optionThatCantBeIsNamedBeforeAnythingIsSent() {
    ask("policy", "--set", "stealRatio=2").failed(2, "stealRatio must be a number from 0 to 1");
    ask("policy", "--set", "steal=1").failed(2, "no placement option 'steal'", "stealRatio");
    ask("policy", "--set", "steal=").failed(2, "no placement option 'steal'", "stealRatio");
  }

  @Test
  void statusShowsTheCriticalPathAndTheBottlenecks() throws IOException {
    String tasks = "{\"total\": 3, \"ready\": 0, \"running\": 1, \"succeeded\": 0, \"failed\": 0}";
    answers.put(
        "/v1/jobs/j",
        new Answer(
            200,
            "{\"pool\": \"p\", \"tenant\": \"t\", \"state\": \"RUNNING\", \"endedAt\": null,"
                + " \"remainingSeconds\": 4.5, \"tasks\": "
                + tasks
                + "}"));
    answers.put(
        "/v1/jobs/j/paths",
        new Answer(
            200,
            "{\"remainingSeconds\": 4.5, \"criticalPath\": {\"length\": 3, \"tasks\": [\"a\", \"b\"]},"
                + " \"bottlenecks\": [{\"task\": \"b\", \"pairs\": 6}]}"));
    List<String> lines = ask("status", "j").out().lines().toList();
    assertEquals("critical path: 4.5 s, 3 tasks: a -> b -> …", lines.get(lines.size() - 2));
    assertEquals(
        "bottlenecks (pairs of tasks with their longest path through it): b (6)", lines.getLast());
    JsonNode json = new ObjectMapper().readTree(ask("status", "j", "--format", "json").out());
    assertEquals("a", json.at("/criticalPath/tasks/0").asText());
    assertEquals(6, json.at("/bottlenecks/0/pairs").asInt());
  }
}
