package io.signalbox.events.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/** An HTTP server that gives prepared answers and remembers what it was asked. */
final class ScriptedServer implements AutoCloseable {
  /** What was asked. */
  record Request(
      String line, String body, Optional<String> authorization, Optional<String> contentType) {}

  private record Answer(int status, String body) {}

  final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final HttpServer server;
  private final String scheme;

  ScriptedServer() throws IOException {
    this(HttpServer.create(address(), 0), "http");
  }

  /** A server with TLS. */
  static ScriptedServer secure(SSLContext context) throws IOException {
    HttpsServer server = HttpsServer.create(address(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return new ScriptedServer(server, "https");
  }

  private ScriptedServer(HttpServer server, String scheme) {
    this.server = server;
    this.scheme = scheme;
    server.createContext("/", this::answer);
    server.start();
  }

  private static InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** The next answer; without one left the server answers 500. */
  ScriptedServer then(int status, String body) {
    answers.add(new Answer(status, body));
    return this;
  }

  String url() {
    return scheme + "://" + authority();
  }

  String authority() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(
          new Request(
              exchange.getRequestMethod() + " " + exchange.getRequestURI(),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
              Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
              Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"))));
      Answer next = answers.poll();
      Answer answer = next == null ? new Answer(500, "no answer is prepared") : next;
      byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
