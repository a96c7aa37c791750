package io.signalbox.engine.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Looks whether another engine is there, by its HTTP API. */
final class PeerProbe implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final int MAX_BYTES = 4_096;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

  /**
   * The name under which the engine is a member of its group; empty when it says none or doesn't
   * answer.
   *
   * @param address {@code host:port}
   */
  Optional<String> instance(String address) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://" + address + "/health"))
              .timeout(TIMEOUT)
              .build();
      String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return body.length() > MAX_BYTES
          ? Optional.empty()
          : Optional.of(JSON.readTree(body).path("instance").asText()).filter(id -> !id.isEmpty());
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /**
   * True when the engine's machine answers that nobody listens there, which it does at once when
   * the process is gone. No answer at all says nothing about the process.
   */
  static boolean isRefused(String address) {
    int colon = address.lastIndexOf(':');
    try (Socket socket = new Socket()) {
      InetSocketAddress target =
          new InetSocketAddress(
              address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
      socket.connect(target, (int) TIMEOUT.toMillis());
      return false;
    } catch (ConnectException e) {
      return String.valueOf(e.getMessage()).contains("refused");
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
