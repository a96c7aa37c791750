package io.signalbox.engine.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** Asks the other instances of this engine what they know. */
final class Peers {
  private static final Logger LOG = LoggerFactory.getLogger(Peers.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final int AT_ONCE = 8;
  private static final int MAX_PEERS = 256;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Supplier<Collection<String>> addresses;
  private final HttpClient client =
      HttpClient.create()
          .responseTimeout(TIMEOUT)
          .httpResponseDecoder(spec -> spec.maxHeaderSize(16_384));

  /**
   * @param addresses {@code host:port} of each other instance, now
   */
  Peers(Supplier<Collection<String>> addresses) {
    this.addresses = addresses;
  }

  /**
   * The other instances' answers to a question. One that doesn't answer is left out: it is starting
   * or gone, and its pools move elsewhere.
   */
  Flux<JsonNode> ask(String uri) {
    String local = uri + (uri.contains("?") ? "&" : "?") + "scope=local";
    return Flux.defer(() -> Flux.fromIterable(addresses.get()))
        .take(MAX_PEERS)
        .flatMap(address -> ask(address, local), AT_ONCE);
  }

  private Mono<JsonNode> ask(String address, String uri) {
    return client
        .get()
        .uri("http://" + address + uri)
        .responseSingle((response, body) -> body.asString().map(Peers::parsed))
        .timeout(TIMEOUT)
        .onErrorResume(e -> {
          LOG.warn("The engine at {} doesn't answer: {}", address, e.toString());
          return Mono.empty();
        });
  }

  private static JsonNode parsed(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
