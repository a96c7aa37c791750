package io.signalbox.engine.http;

import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.signalbox.engine.board.HotspotBoard;
import io.signalbox.engine.board.PoolBoard;
import io.signalbox.engine.board.PoolBusyException;
import io.signalbox.engine.board.PoolQuestions;
import io.signalbox.engine.settings.HttpSettings;
import io.signalbox.events.topic.Topic;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** The engine's HTTP API: read-only, JSON. */
public final class HttpApi implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);
  private static final Duration IDLE = Duration.ofSeconds(60);
  private static final Duration CLOSING = Duration.ofSeconds(3);

  private final Api api;
  private final DisposableServer server;

  /**
   * What the API tells of.
   *
   * @param board the pools of this instance
   * @param questions asks the pools of this instance
   * @param hotspots the operations that this instance watches
   * @param instance the engine's name in its group, empty when it has none
   * @param state what Kafka Streams is doing
   * @param lag records of each input topic that are in the log and not read yet
   * @param peers {@code host:port} of each other instance
   * @param admin to describe topics with
   * @param topics the topics that are listed
   */
  public record Sources(
      PoolBoard board,
      PoolQuestions questions,
      HotspotBoard hotspots,
      String instance,
      Supplier<KafkaStreams.State> state,
      Supplier<Map<String, Long>> lag,
      Supplier<Collection<String>> peers,
      Admin admin,
      Collection<Topic<?>> topics) {}

  /**
   * Binds the address and answers from then on.
   *
   * @throws reactor.netty.ChannelBindException when the address is taken
   */
  public HttpApi(HttpSettings settings, Sources sources) {
    api =
        new Api(
            sources.board(),
            sources.questions(),
            sources.hotspots(),
            new Peers(sources.peers()),
            new TopicListing(sources.admin(), sources.topics()),
            new EngineHealth(
                sources.instance(),
                sources.state(),
                sources.lag(),
                sources.board(),
                sources.hotspots()));
    server =
        HttpServer.create()
            .host(settings.host())
            .port(settings.port())
            .option(ChannelOption.SO_REUSEADDR, true)
            .idleTimeout(IDLE)
            .httpRequestDecoder(spec ->
                spec.maxInitialLineLength(settings.maxRequestBytes())
                    .maxHeaderSize(settings.maxRequestBytes()))
            .handle(this::handle)
            .bindNow();
  }

  /** Where it answers. */
  public InetSocketAddress address() {
    return (InetSocketAddress) server.address();
  }

  private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
    return Mono.defer(() -> answer(request))
        .onErrorResume(BadRequestException.class, HttpApi::bad)
        .onErrorResume(PoolBusyException.class, HttpApi::busy)
        .onErrorResume(HttpApi::failed)
        .flatMap(answer -> write(response, answer));
  }

  private Mono<Answer> answer(HttpServerRequest request) {
    if (!request.method().equals(HttpMethod.GET)) {
      return Mono.just(
          Answer.error(
              405, request.method() + " isn't possible here", "the API is read-only: use GET"));
    }
    return api.answer(Question.of(request.uri()));
  }

  private static Mono<Void> write(HttpServerResponse response, Answer answer) {
    response.status(answer.status()).header(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
    if (answer.status() == 405) {
      response.header(HttpHeaderNames.ALLOW, "GET");
    }
    return response.sendString(Mono.just(answer.body())).then();
  }

  private static Mono<Answer> bad(BadRequestException e) {
    return Mono.just(Answer.error(400, String.valueOf(e.getMessage()), e.hint()));
  }

  private static Mono<Answer> busy(PoolBusyException e) {
    return Mono.just(Answer.error(503, String.valueOf(e.getMessage()), "ask again in a moment"));
  }

  private static Mono<Answer> failed(Throwable e) {
    LOG.error("A request failed", e);
    return Mono.just(Answer.error(500, e.toString(), "the engine's log has the details"));
  }

  @Override
  public void close() {
    server.disposeNow(CLOSING);
  }
}
