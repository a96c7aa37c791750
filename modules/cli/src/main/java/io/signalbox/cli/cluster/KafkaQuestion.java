package io.signalbox.cli.cluster;

import io.signalbox.cli.output.CommandFailure;
import io.signalbox.events.connection.Connection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SecurityDisabledException;

/** Something that is asked of the brokers, and what people read when they don't answer. */
public final class KafkaQuestion {
  private static final int LIMIT_MILLIS = 5_000;

  private KafkaQuestion() {}

  /** What is asked. */
  @FunctionalInterface
  public interface Question<T> {
    /**
     * Asks.
     *
     * @throws Exception what Kafka throws
     */
    T ask(Admin admin) throws Exception;
  }

  /**
   * Asks the brokers, for five seconds at most.
   *
   * @throws CommandFailure when there is no answer
   */
  public static <T> T ask(Connection connection, Question<T> question) {
    Map<String, Object> config = new HashMap<>(connection.adminConfig());
    config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, LIMIT_MILLIS);
    config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, LIMIT_MILLIS);
    try (Admin admin = Admin.create(config)) {
      return question.ask(admin);
    } catch (ExecutionException e) {
      throw failure(connection, e.getCause() == null ? e : e.getCause());
    } catch (KafkaException e) {
      throw failure(connection, e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.failed("interrupted", e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw failure(connection, e);
    }
  }

  private static CommandFailure failure(Connection connection, Throwable cause) {
    if (cause instanceof AuthorizationException || cause instanceof SecurityDisabledException) {
      return CommandFailure.failed(
          "the broker at " + connection.bootstrapServers() + " refuses: " + cause.getMessage(),
          cause);
    }
    return CommandFailure.failed(
        "the broker at "
            + connection.bootstrapServers()
            + " gives no answer: "
            + cause.getMessage()
            + "; is it Kafka, and are its security settings in --config?",
        cause);
  }
}
