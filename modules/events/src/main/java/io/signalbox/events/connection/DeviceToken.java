package io.signalbox.events.connection;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The proof that a worker may speak for its device, which it sends along with each of its records
 * where the engine asks for it: the value of the property {@value #PROPERTY} of its connection. A
 * token that stands elsewhere is looked up there again and again, so it can be replaced while the
 * worker runs.
 */
public final class DeviceToken {
  /** Property of a connection that holds the token, or refers to it. */
  public static final String PROPERTY = "device.token";

  /** Header in which it travels. */
  public static final String HEADER = "signalbox-device-token";

  private static final long LOOK_MILLIS = TimeUnit.SECONDS.toMillis(10);
  private static final Logger LOG = LoggerFactory.getLogger(DeviceToken.class);

  private final Connection connection;
  private final InstantSource clock;
  private byte @Nullable [] token;
  private long lookAtMillis;

  private DeviceToken(Connection connection, InstantSource clock) {
    this.connection = connection;
    this.clock = clock;
    this.token = bytes(connection.deviceToken());
    this.lookAtMillis = clock.millis() + LOOK_MILLIS;
  }

  /**
   * The token of a connection, which need not have one.
   *
   * @throws ConfigException when it refers to what isn't there
   */
  public static DeviceToken of(Connection connection, InstantSource clock) {
    return new DeviceToken(connection, clock);
  }

  /** Adds the token, if there is one, to the headers of a record. */
  public void stamp(Headers headers) {
    byte[] now = current();
    if (now != null) {
      headers.add(HEADER, now);
    }
  }

  private synchronized byte @Nullable [] current() {
    if (token != null && clock.millis() >= lookAtMillis) {
      lookAtMillis = clock.millis() + LOOK_MILLIS;
      try {
        token = bytes(connection.deviceToken());
      } catch (ConfigException e) {
        LOG.warn("The device token stays as it was: {}", e.getMessage());
      }
    }
    return token;
  }

  private static byte @Nullable [] bytes(@Nullable String token) {
    return token == null ? null : token.strip().getBytes(StandardCharsets.ISO_8859_1);
  }
}
