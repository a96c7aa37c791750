package io.signalbox.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.devkit.Devkit;
import io.signalbox.engine.scheduling.Records;
import io.signalbox.events.Assignment;
import io.signalbox.events.JobEventType;
import io.signalbox.events.connection.Connection;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine on a real broker, with a worker of plain Kafka clients. */
class EngineIT {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Devkit devkit;

  @BeforeAll
  static void startBroker() {
    devkit = Devkit.start();
  }

  @AfterAll
  static void stopBroker() {
    devkit.close();
  }

  private static Connection connection(String prefix) {
    return devkit.connection().withTopics(new io.signalbox.events.topic.Topics(prefix + "."));
  }

  private static HttpResponse<String> http(Engine engine, String method, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + engine.httpAddress().getPort() + path);
    return HTTP.send(
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode get(Engine engine, String path) throws Exception {
    HttpResponse<String> response = http(engine, "GET", path);
    assertEquals(200, response.statusCode(), response.body());
    return JSON.readTree(response.body());
  }

  @Test
  void jobGoesOnWhereItWasAfterEachRestart(@TempDir Path first, @TempDir Path second) {
    Connection connection = connection("restart");
    Assignment a;
    Assignment b;
    Engine engine = Engine.start(TestSettings.of(connection, first, "applicationId", "restart"));
    try (StandInWorker worker = new StandInWorker(connection, "p")) {
      worker.submit("j", "a", "b->a", "c->b");
      a = worker.offerOf("a");
      worker.start(a);
      worker.event(event -> event.getType() == JobEventType.TASK_STARTED);
      engine.close();
      assertEquals(KafkaStreams.State.NOT_RUNNING, engine.state());
      worker.complete(a, "from a");

      // The same state folder, then an empty one: the changelog alone must do.
      engine = Engine.start(TestSettings.of(connection, first, "applicationId", "restart"));
      b = worker.offerOf("b");
      assertEquals("from a", Records.text(b.getInputs().getFirst().getResult()));
      worker.start(b);
      worker.event(
          event -> event.getType() == JobEventType.TASK_STARTED && event.getTaskId().equals("b"));
      engine.close();

      engine = Engine.start(TestSettings.of(connection, second, "applicationId", "restart"));
      worker.complete(b, "from b");
      Assignment c = worker.offerOf("c");
      assertEquals("from b", Records.text(c.getInputs().getFirst().getResult()));
      worker.start(c);
      worker.complete(c, "from c");
      var end = worker.event(event -> event.getType() == JobEventType.JOB_SUCCEEDED);
      assertEquals(3, end.getCounts().getSucceeded());
      assertEquals(3, worker.offers().size());
    } finally {
      engine.close();
    }
    assertTrue(engine.terminated().isDone() && !engine.terminated().isCompletedExceptionally());
  }

  @Test
  void garbageBecomesADeadLetterAndTheEngineGoesOn(@TempDir Path folder) {
    Connection connection = connection("garbage");
    try (Engine engine =
            Engine.start(TestSettings.of(connection, folder, "applicationId", "garbage"));
        StandInWorker worker = new StandInWorker(connection, "p")) {
      byte[] garbage = {7, 7, 7};
      worker.sendBytes(connection.topics().taskSubmitted(), garbage);
      worker.submit("j", "a");
      worker.offerOf("a");
      var letter = worker.deadLetter();
      assertArrayEquals(garbage, letter.value());
      assertTrue(letter.headers().lastHeader("signalbox-reason").value().length > 0);
      assertEquals(KafkaStreams.State.RUNNING, engine.state());
    }
  }

  @Test
  void httpTellsOfJobsDevicesPoolsAndTopics(@TempDir Path folder) throws Exception {
    Connection connection = connection("http");
    try (Engine engine =
            Engine.start(TestSettings.of(connection, folder, "applicationId", "http"));
        StandInWorker worker = new StandInWorker(connection, "p")) {
      worker.submit("j", "a", "b->a");
      Assignment a = worker.offerOf("a");
      worker.start(a);
      worker.complete(a, "");
      worker.offerOf("b");

      assertEquals("RUNNING", get(engine, "/health").path("state").asText());
      JsonNode job = get(engine, "/v1/jobs/j");
      assertEquals("p", job.path("pool").asText());
      assertEquals("RUNNING", job.path("state").asText());
      assertEquals(2, job.path("tasks").path("total").asInt());
      assertEquals(1, get(engine, "/v1/jobs?pool=p&state=running").path("jobs").size());
      assertEquals(0, get(engine, "/v1/jobs?state=FAILED").path("jobs").size());
      assertEquals("gpu-1", firstDevice(engine));
      assertEquals("p", get(engine, "/v1/pools").at("/pools/0/pool").asText());
      assertEquals(2, get(engine, "/v1/topics").at("/topics/0/partitions").asInt());
      String metrics = http(engine, "GET", "/metrics").body();
      assertTrue(metrics.contains("signalbox_jobs{pool=\"p\"} 1"), metrics);
      assertTrue(
          metrics.contains("signalbox_input_lag_records{topic=\"http.task-submitted\"} 0"),
          metrics);
      assertTrue(get(engine, "/health").at("/inputLag/http.task-events").isNumber());
    }
  }

  @Test
  void everyInstanceSaysWhereATaskStandsAndWhatHoldsTheJobUp(
      @TempDir Path first, @TempDir Path second) throws Exception {
    Connection connection = connection("explain");
    try (Engine one = Engine.start(TestSettings.of(connection, first, "applicationId", "explain"));
        Engine other =
            Engine.start(TestSettings.of(connection, second, "applicationId", "explain"));
        StandInWorker worker = new StandInWorker(connection, "p")) {
      worker.submit("j", "a", "b->a");
      Assignment a = worker.offerOf("a");
      worker.start(a);
      worker.event(event -> event.getType() == JobEventType.TASK_STARTED);
      for (Engine engine : List.of(one, other)) {
        JsonNode waits = get(engine, "/v1/jobs/j/tasks/b");
        assertEquals("WAITING", waits.path("state").asText(), waits::toString);
        assertEquals("a", waits.at("/parents/0/task").asText());
        JsonNode runs = get(engine, "/v1/jobs/j/tasks/a?pool=p");
        assertEquals("RUNNING", runs.path("state").asText(), runs::toString);
        assertEquals("gpu-1", runs.at("/live/0/decision/candidates/0/device").asText());
        assertTrue(runs.at("/text/0").asText().contains("'j/a'"), runs::toString);
        JsonNode paths = get(engine, "/v1/jobs/j/paths");
        assertEquals("a", paths.at("/criticalPath/tasks/0").asText(), paths::toString);
        assertEquals(2, paths.at("/criticalPath/length").asInt());
        assertError(404, engine, "GET", "/v1/jobs/j/tasks/nope");
        assertError(404, engine, "GET", "/v1/jobs/none/tasks/a");
        assertError(404, engine, "GET", "/v1/jobs/none/paths");
        assertError(404, engine, "GET", "/v1/jobs/j/tasks");
        assertError(400, engine, "GET", "/v1/jobs/j/tasks/a?pol=p");
      }
    }
  }

  /** Listings of devices are brought up to date four times a second. */
  private static String firstDevice(Engine engine) throws Exception {
    long giveUp = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    JsonNode devices = get(engine, "/v1/devices").path("devices");
    while (devices.isEmpty() && System.nanoTime() < giveUp) {
      devices = get(engine, "/v1/devices").path("devices");
    }
    return devices.at("/0/device").asText();
  }

  @Test
  void httpAnswersWrongQuestionsWithWhatWouldBeRight(@TempDir Path folder) throws Exception {
    Connection connection = connection("wrong");
    try (Engine engine =
        Engine.start(TestSettings.of(connection, folder, "applicationId", "wrong"))) {
      assertError(404, engine, "GET", "/v1/jobs/none");
      assertError(404, engine, "GET", "/v1/nothing");
      assertError(404, engine, "GET", "/");
      assertError(405, engine, "POST", "/v1/jobs");
      assertError(400, engine, "GET", "/v1/jobs?limit=0");
      assertError(400, engine, "GET", "/v1/jobs?state=odd");
      assertError(400, engine, "GET", "/v1/jobs?pol=p");
      assertTrue(http(engine, "GET", "/v1/jobs?x=" + "x".repeat(100_000)).statusCode() >= 400);
    }
  }

  private static void assertError(int status, Engine engine, String method, String path)
      throws Exception {
    HttpResponse<String> response = http(engine, method, path);
    assertEquals(status, response.statusCode(), path);
    JsonNode body = JSON.readTree(response.body());
    assertTrue(body.hasNonNull("error") && body.hasNonNull("hint"), response.body());
  }
}
