package io.signalbox.cli.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.cli.output.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The engine's HTTP API, as the program asks it. */
public final class EngineApi {
  private static final int CONNECT_MILLIS = 3_000;
  private static final int READ_MILLIS = 15_000;

  private final String url;

  /** The API at a base URL. */
  public EngineApi(String url) {
    this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  private record Reply(int status, @Nullable JsonNode body) {}

  /**
   * What the engine answers.
   *
   * @param path as in {@link #get}
   * @throws CommandFailure when no engine answers, or it answers with an error, in its own words
   */
  public JsonNode required(String path) {
    return required(path, "");
  }

  /**
   * The same, with advice for who asked for what isn't there; the engine's own is for who asks it
   * directly.
   */
  public JsonNode required(String path, String advice) {
    Reply reply = ask(path);
    JsonNode body = reply.body();
    if (body != null && reply.status() < 300) {
      return body;
    }
    throw body == null || !body.hasNonNull("error")
        ? CommandFailure.failed(url + " knows no " + path + ": is it a Signalbox engine?")
        : CommandFailure.failed(body.get("error").asText() + advice);
  }

  /**
   * What the engine answers, or null when it knows no such thing (404).
   *
   * @param path from the root of its API, with a leading slash, its parts escaped
   * @throws CommandFailure when no engine answers, or it answers with an error
   */
  public @Nullable JsonNode get(String path) {
    Reply reply = ask(path);
    return reply.status() == HttpURLConnection.HTTP_NOT_FOUND ? null : reply.body();
  }

  /** The engine's answer: what was asked for, or that there is no such thing. */
  private Reply ask(String path) {
    // The JDK's older client: it is there in a third of the other one's time.
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(url + path).toURL().openConnection();
      connection.setConnectTimeout(CONNECT_MILLIS);
      connection.setReadTimeout(READ_MILLIS);
      connection.setRequestProperty("Accept", "application/json");
      Reply reply = reply(connection);
      if (reply.status() == HttpURLConnection.HTTP_NOT_FOUND
          || (reply.status() < 300 && reply.body() != null)) {
        return reply;
      }
      String said = "the engine at " + url + " answers " + said(reply);
      throw reply.status() == HttpURLConnection.HTTP_BAD_REQUEST
          ? CommandFailure.usage(said)
          : CommandFailure.failed(said);
    } catch (IllegalArgumentException | ClassCastException | MalformedURLException e) {
      throw CommandFailure.usage("--engine '" + url + "' is no URL such as http://host:8090", e);
    } catch (IOException e) {
      throw CommandFailure.failed(
          "no engine answers at "
              + url
              + " ("
              + e.getMessage()
              + "): start one with ./signalbox up, or name yours with --engine",
          e);
    }
  }

  /** Whatever isn't JSON is an answer without a body. */
  private static Reply reply(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    try (InputStream body =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      return new Reply(status, body == null ? null : new ObjectMapper().readTree(body));
    } catch (JsonProcessingException e) {
      return new Reply(status, null);
    }
  }

  /** A part of a path, escaped. */
  public static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String said(Reply reply) {
    JsonNode body = reply.body();
    return body == null || !body.hasNonNull("error")
        ? "with status " + reply.status()
        : reply.status() + ": " + said(body);
  }

  private static String said(JsonNode error) {
    String hint = error.path("hint").asText("");
    return error.get("error").asText() + (hint.isEmpty() ? "" : "; " + hint);
  }
}
