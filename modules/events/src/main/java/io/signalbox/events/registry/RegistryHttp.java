package io.signalbox.events.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a registry over HTTP: one URL after the other until one answers, all of them again after a
 * growing pause, and an end to it after a bounded number of rounds.
 */
final class RegistryHttp {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryHttp.class);
  private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int ERRORS_OF_THE_SERVER = 500;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RegistrySettings settings;
  private final HttpClient client;
  private final Pause pause;
  // The URL that answered last, so that a dead one isn't asked first again and again.
  private volatile int preferred;

  RegistryHttp(RegistrySettings settings, Pause pause) {
    this.settings = settings;
    this.pause = pause;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.connectTimeout());
    if (settings.urls().stream().anyMatch(url -> url.getScheme().equals("https"))) {
      builder.sslContext(TlsContext.of(settings.tls()));
    }
    client = builder.build();
  }

  /** How the client waits between its rounds. */
  interface Pause {
    /** Waits this long, in milliseconds. */
    void millis(long millis) throws InterruptedException;
  }

  JsonNode get(String path) {
    return call("GET", path, Optional.empty());
  }

  JsonNode send(String method, String path, JsonNode body) {
    return call(method, path, Optional.of(body.toString()));
  }

  private JsonNode call(String method, String path, Optional<String> body) {
    try {
      for (int round = 0; ; round++) {
        Attempt attempt = askEach(method, path, body);
        if (attempt.answer.isPresent()) {
          return read(method, path, attempt.answer.get());
        }
        if (round == settings.maxRetries()) {
          throw attempt.unavailable(round + 1);
        }
        pause.millis(waitMillis(round));
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private Attempt askEach(String method, String path, Optional<String> body)
      throws InterruptedException {
    Attempt attempt = new Attempt();
    int first = preferred;
    int count = settings.urls().size();
    for (int i = 0; i < count && attempt.answer.isEmpty(); i++) {
      int index = (first + i) % count;
      attempt.ask(request(settings.urls().get(index), method, path, body));
      if (attempt.answer.isPresent()) {
        preferred = index;
      }
    }
    return attempt;
  }

  private HttpRequest request(URI url, String method, String path, Optional<String> body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(RegistrySettings.shown(url) + path))
            .timeout(settings.requestTimeout())
            .header("Accept", CONTENT_TYPE + ", application/json")
            .method(
                method,
                body.map(HttpRequest.BodyPublishers::ofString)
                    .orElseGet(HttpRequest.BodyPublishers::noBody));
    body.ifPresent(any -> request.header("Content-Type", CONTENT_TYPE));
    settings.credentials().authorization().ifPresent(it -> request.header("Authorization", it));
    return request.build();
  }

  // Doubles with each round, without growing past the limit or overflowing.
  private long waitMillis(int round) {
    long wait = settings.retryWait().toMillis() << Math.min(round, 20);
    return Math.min(wait, settings.maxRetryWait().toMillis());
  }

  private static JsonNode read(String method, String path, HttpResponse<String> answer) {
    JsonNode json = parse(answer.body());
    if (answer.statusCode() / 100 == 2) {
      if (json.isMissingNode()) {
        throw new RegistryException(
            answer.statusCode(),
            answer.uri() + " doesn't answer like a schema registry: check " + RegistrySettings.URL);
      }
      return json;
    }
    int code = json.path("error_code").asInt(answer.statusCode());
    String said = json.path("message").asText("HTTP status " + answer.statusCode());
    throw new RegistryException(
        code,
        String.format(
            Locale.ROOT, "%s %s: %s (error %d)%s", method, path, said, code, advice(code)));
  }

  private static String advice(int code) {
    return switch (code) {
      case RegistryException.UNAUTHORIZED, RegistryException.FORBIDDEN ->
          "; check basic.auth.user.info or bearer.auth.token";
      case 404 -> "; check the path in " + RegistrySettings.URL;
      default -> "";
    };
  }

  private static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      // Some proxy's page; the caller says what it makes of it.
      return JSON.missingNode();
    }
  }

  /** One round over all URLs: an answer, or why there is none. */
  private final class Attempt {
    private Optional<HttpResponse<String>> answer = Optional.empty();
    private String failure = "";
    private Optional<IOException> cause = Optional.empty();

    void ask(HttpRequest request) throws InterruptedException {
      try {
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        int status = response.statusCode();
        if (status < ERRORS_OF_THE_SERVER && status != TOO_MANY_REQUESTS) {
          answer = Optional.of(response);
          return;
        }
        failure = "HTTP status " + status;
      } catch (IOException e) {
        cause = Optional.of(e);
        failure = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      }
      LOG.debug("The schema registry at {} doesn't answer: {}", request.uri(), failure);
    }

    RegistryUnavailableException unavailable(int rounds) {
      String message =
          String.format(
              Locale.ROOT,
              "The schema registry at %s doesn't answer (%s; tried %d times): is it running?",
              settings.urls().stream().map(RegistrySettings::shown).toList(),
              failure,
              rounds);
      return cause
          .map(e -> new RegistryUnavailableException(message, e))
          .orElseGet(() -> new RegistryUnavailableException(message));
    }
  }
}
