package io.signalbox.cli.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.cli.output.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of commands that ask the engine. */
public final class EngineOptions {
  private static final int CONNECT_MILLIS = 3_000;
  private static final int READ_MILLIS = 15_000;

  @Option(
      names = "--engine",
      paramLabel = "URL",
      defaultValue = "${env:SIGNALBOX_ENGINE:-http://127.0.0.1:8090}",
      description = "The engine's HTTP API. Default: SIGNALBOX_ENGINE, else ${DEFAULT-VALUE}.")
  private String engine = "http://127.0.0.1:8090";

  /** The engine's base URL without a slash at its end. */
  public String url() {
    return engine.endsWith("/") ? engine.substring(0, engine.length() - 1) : engine;
  }

  /**
   * What the engine answers, or null when it knows no such thing (404).
   *
   * @param path from the root of its API, with a leading slash, its parts escaped
   * @throws CommandFailure when no engine answers, or it answers with an error
   */
  public @Nullable JsonNode get(String path) {
    // The JDK's older client: it is there in a third of the other one's time.
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(url() + path).toURL().openConnection();
      connection.setConnectTimeout(CONNECT_MILLIS);
      connection.setReadTimeout(READ_MILLIS);
      connection.setRequestProperty("Accept", "application/json");
      int status = connection.getResponseCode();
      if (status == HttpURLConnection.HTTP_NOT_FOUND) {
        return null;
      }
      try (InputStream body =
          status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
        JsonNode answer = body == null ? null : new ObjectMapper().readTree(body);
        if (status < 300 && answer != null) {
          return answer;
        }
        throw CommandFailure.failed("the engine at " + url() + " answers " + said(status, answer));
      }
    } catch (IllegalArgumentException | java.net.MalformedURLException e) {
      throw CommandFailure.usage("--engine '" + engine + "' is no URL such as http://host:8090", e);
    } catch (IOException e) {
      throw CommandFailure.failed(
          "no engine answers at "
              + url()
              + " ("
              + e.getMessage()
              + "): start one with ./signalbox up, or name yours with --engine",
          e);
    }
  }

  /** A part of a path, escaped. */
  public static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String said(int status, @Nullable JsonNode answer) {
    JsonNode error = answer == null ? null : answer.get("error");
    return error == null ? "with status " + status : status + ": " + error.asText();
  }
}
