package io.signalbox.devkit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema registry for Avro that speaks Confluent's REST API, version 1, and keeps its state in
 * the compacted topic {@code _schemas} of the broker, in Confluent's format.
 *
 * <p>It is reachable from this machine only. One registry at a time may run over a broker.
 */
public final class EmbeddedRegistry implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedRegistry.class);
  private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

  private final ObjectMapper json = new ObjectMapper();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final HttpServer server;
  private final Schemas schemas;
  private final RegistryRoutes routes;

  private EmbeddedRegistry(HttpServer server, Schemas schemas) {
    this.server = server;
    this.schemas = schemas;
    this.routes = new RegistryRoutes(schemas);
  }

  /**
   * Starts a registry over a broker and returns when it serves.
   *
   * @param port on 127.0.0.1, 0 for any free one
   * @throws DevkitException if the port is taken or the broker doesn't answer
   */
  public static EmbeddedRegistry start(String bootstrapServers, int port) {
    return start(bootstrapServers, Map.of(), port);
  }

  /**
   * The same over a broker that asks who is there.
   *
   * @param properties of the registry's own Kafka clients
   */
  public static EmbeddedRegistry start(
      String bootstrapServers, Map<String, String> properties, int port) {
    HttpServer server = bind(port);
    try {
      Map<String, Object> clients = new HashMap<>(properties);
      clients.put("bootstrap.servers", bootstrapServers);
      EmbeddedRegistry registry = new EmbeddedRegistry(server, new Schemas(clients));
      server.setExecutor(registry.threads);
      server.createContext("/", registry::serve);
      server.start();
      return registry;
    } catch (RuntimeException e) {
      server.stop(0);
      throw e instanceof DevkitException own
          ? own
          : new DevkitException(
              "The schema registry could not read its topic from %s: %s"
                  .formatted(bootstrapServers, e.getMessage()),
              e);
    }
  }

  private static HttpServer bind(int port) {
    if (port < 0 || port > 65_535) {
      throw new DevkitException("The registry's port must be 0 to 65535, not " + port + ".");
    }
    try {
      return HttpServer.create(Loopback.address(port), 0);
    } catch (BindException e) {
      throw Loopback.portInUse("schema registry", port, e);
    } catch (IOException e) {
      throw new DevkitException("Cannot listen on " + Loopback.HOST + ": " + e.getMessage(), e);
    }
  }

  /** The port on 127.0.0.1. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** What clients take as {@code schema.registry.url}. */
  public String url() {
    return "http://" + Loopback.HOST + ":" + port();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        send(exchange, 200, routes.answer(RegistryRequest.of(exchange)));
      } catch (RegistryError e) {
        send(exchange, e.status(), Map.of("error_code", e.code(), "message", e.getMessage()));
      } catch (RuntimeException e) {
        log.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
        send(exchange, 500, Map.of("error_code", 500, "message", "Internal Server Error"));
      }
    }
  }

  private void send(HttpExchange exchange, int status, Object body) throws IOException {
    byte[] bytes = json.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** Stops serving and lets the broker go. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      server.stop(0);
      threads.close();
      schemas.close();
    }
  }
}
