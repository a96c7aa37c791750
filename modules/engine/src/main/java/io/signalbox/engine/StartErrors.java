package io.signalbox.engine;

import io.signalbox.engine.identity.InvalidKeysException;
import io.signalbox.engine.settings.EngineSettings;
import io.signalbox.engine.topics.TopicProblemException;
import io.signalbox.events.registry.RegistryException;
import io.signalbox.events.registry.RegistryUnavailableException;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.StreamsException;
import reactor.netty.ChannelBindException;

/** Says in a sentence why an engine can't start, and what to do. */
final class StartErrors {
  private static final int MAX_DEPTH = 20;

  private StartErrors() {}

  static EngineException explain(EngineSettings settings, RuntimeException e) {
    return e instanceof EngineException explained
        ? explained
        : new EngineException(message(settings, e), e);
  }

  private static String message(EngineSettings settings, RuntimeException e) {
    String servers = settings.connection().bootstrapServers();
    String registry = settings.connection().schemaRegistryUrl();
    Throwable root = root(e);
    if (isBind(e)) {
      return String.format(
          Locale.ROOT,
          "%s:%d is in use or no address of this machine: stop what listens there, or set http.port"
              + " (0 takes a free one) and http.host",
          settings.http().host(),
          settings.http().port());
    }
    return switch (e) {
      case InvalidKeysException keys -> "workers.tokenKeys: " + keys.getMessage();
      case TopicProblemException problem -> String.valueOf(problem.getMessage());
      case RegistryUnavailableException unavailable ->
          "no schema registry answers at "
              + registry
              + ": check schemaRegistryUrl and that it runs ("
              + root.getMessage()
              + ")";
      case RegistryException refused ->
          "the schema registry at " + registry + " refuses: " + refused.getMessage();
      case AuthenticationException refused ->
          "Kafka at " + servers + " refuses the credentials: " + refused.getMessage();
      case AuthorizationException refused ->
          "Kafka at " + servers + " doesn't permit it: " + refused.getMessage();
      case RetriableException timeout ->
          "no Kafka broker answers at "
              + servers
              + ": check bootstrapServers and that it runs ("
              + timeout.getMessage()
              + ")";
      case ConfigException wrong -> "a Kafka setting is wrong: " + wrong.getMessage();
      case ApiException refused -> "Kafka at " + servers + " refuses: " + refused.getMessage();
      case StreamsException locked when locked(locked) ->
          "the state folder "
              + settings.stateFolder()
              + " is in use by another engine: stop it, or set stateFolder";
      default ->
          root instanceof ConfigException
              ? "no address of bootstrapServers can be resolved: " + servers
              : "the engine can't start: " + root;
    };
  }

  private static boolean locked(StreamsException e) {
    return String.valueOf(e.getMessage()).contains("same state directory");
  }

  private static boolean isBind(Throwable e) {
    Throwable cause = e;
    for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
      if (cause instanceof ChannelBindException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /** What is at the bottom of a failure. */
  static Throwable root(Throwable failure) {
    Throwable root = failure;
    for (int depth = 0; root.getCause() != null && depth < MAX_DEPTH; depth++) {
      root = root.getCause();
    }
    return root;
  }
}
