package io.signalbox.events.registry;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the registry's client, under the names that Confluent gave them.
 *
 * @param urls where the registry is; the next one is asked when one doesn't answer
 * @param credentials who asks
 * @param tls settings of TLS by the names that Kafka gives them ({@code ssl.truststore.location}…)
 * @param connectTimeout how long a connection may take
 * @param requestTimeout how long an answer may take
 * @param maxRetries how often all URLs are tried again
 * @param retryWait pause before the first retry; it doubles with each one
 * @param maxRetryWait longest pause
 */
public record RegistrySettings(
    List<URI> urls,
    Credentials credentials,
    Map<String, Object> tls,
    Duration connectTimeout,
    Duration requestTimeout,
    int maxRetries,
    Duration retryWait,
    Duration maxRetryWait) {
  /** URLs of the registry, separated by commas. */
  public static final String URL = "schema.registry.url";

  private static final String CONNECT_TIMEOUT = "http.connect.timeout.ms";
  private static final String REQUEST_TIMEOUT = "http.read.timeout.ms";
  private static final String MAX_RETRIES = "max.retries";
  private static final String RETRY_WAIT = "retries.wait.ms";
  private static final String MAX_RETRY_WAIT = "retries.max.wait.ms";
  private static final String PREFIX = "schema.registry.";
  private static final Set<String> NAMES =
      Set.of(CONNECT_TIMEOUT, REQUEST_TIMEOUT, MAX_RETRIES, RETRY_WAIT, MAX_RETRY_WAIT);

  /** Whether a property of this name is meant for the registry's client. */
  public static boolean isRegistryProperty(String name) {
    return name.startsWith(PREFIX)
        || name.startsWith("basic.auth.")
        || name.startsWith("bearer.auth.")
        || NAMES.contains(name);
  }

  /**
   * Reads the settings; names that aren't the registry's are left alone.
   *
   * @throws IllegalArgumentException when a setting is missing or can't be read
   */
  public static RegistrySettings of(Map<String, ?> config) {
    List<URI> urls = urls(config.get(URL));
    return new RegistrySettings(
        urls,
        Credentials.of(config, urls.get(0)),
        tls(config),
        millis(config, CONNECT_TIMEOUT, 10_000),
        millis(config, REQUEST_TIMEOUT, 30_000),
        (int) number(config, MAX_RETRIES, 3),
        millis(config, RETRY_WAIT, 200),
        millis(config, MAX_RETRY_WAIT, 5_000));
  }

  /** The URLs alone, since the rest may hold secrets. */
  @Override
  public String toString() {
    return "RegistrySettings[urls=" + urls.stream().map(RegistrySettings::shown).toList() + "]";
  }

  /** A URL as it may be shown: without user and password. */
  static String shown(URI url) {
    return url.getRawUserInfo() == null
        ? url.toString()
        : url.toString().replace(url.getRawUserInfo() + "@", "");
  }

  private static List<URI> urls(@Nullable Object value) {
    String text = value instanceof List<?> list ? join(list) : value == null ? "" : "" + value;
    List<URI> urls =
        Arrays.stream(text.split(","))
            .map(String::trim)
            .filter(url -> !url.isEmpty())
            .map(RegistrySettings::url)
            .toList();
    if (urls.isEmpty()) {
      throw new IllegalArgumentException(URL + " is missing: give the schema registry's address");
    }
    return urls;
  }

  private static String join(List<?> urls) {
    return String.join(",", urls.stream().map(Object::toString).toList());
  }

  private static URI url(String text) {
    try {
      URI url = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      if (url.getScheme() != null
          && Set.of("http", "https", "mock").contains(url.getScheme())
          && url.getRawAuthority() != null) {
        return url;
      }
    } catch (URISyntaxException e) {
      // Falls through to the one message; the text itself may hold a password.
    }
    throw new IllegalArgumentException(
        URL + " needs addresses like http://host:8081, separated by commas");
  }

  private static Map<String, Object> tls(Map<String, ?> config) {
    Map<String, Object> tls = new TreeMap<>();
    config.forEach((name, value) -> {
      if (name.startsWith(PREFIX + "ssl.")) {
        tls.put(name.substring(PREFIX.length()), value);
      }
    });
    return tls;
  }

  private static Duration millis(Map<String, ?> config, String name, long otherwise) {
    return Duration.ofMillis(number(config, name, otherwise));
  }

  private static long number(Map<String, ?> config, String name, long otherwise) {
    Object value = config.get(name);
    if (value == null) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(value.toString().trim());
      if (number >= 0 && number <= Integer.MAX_VALUE) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message.
    }
    throw new IllegalArgumentException(name + " is a whole number of 0 or more, not " + value);
  }
}
