package io.signalbox.devkit;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;

/**
 * Who may enter an embedded broker: TLS on every listener, users with secrets of their own, and
 * Kafka's ACLs, of which there are none at first. Users are told apart by a password (SCRAM) or by
 * their certificate (mutual TLS); either way a user {@code name} is the principal {@code
 * User:name}. {@link #ADMINISTRATOR} is a user as well and may do everything.
 *
 * <p>Passwords are random, and new with each object; a data folder keeps the users that it was
 * formatted with, so a broker that is started again over its folder needs the same object.
 */
public final class BrokerSecurity {
  /** The user that needs no ACLs, and the broker itself. */
  public static final String ADMINISTRATOR = "admin";

  private static final String MECHANISM = "SCRAM-SHA-512";
  private static final String LOGIN = "org.apache.kafka.common.security.scram.ScramLoginModule";
  private static final String BROKER_LISTENER = "listener.name.broker.";
  private static final String CONTROLLER_LISTENER = "listener.name.controller.";

  private final KeyStores stores;
  private final Map<String, String> passwords = new LinkedHashMap<>();
  private final boolean byCertificate;

  private BrokerSecurity(Path folder, Collection<String> users, boolean byCertificate) {
    this.stores = new KeyStores(folder);
    this.byCertificate = byCertificate;
    stores.issue(ADMINISTRATOR);
    passwords.put(ADMINISTRATOR, KeyStores.random());
    for (String user : users) {
      passwords.put(user, KeyStores.random());
      if (byCertificate) {
        stores.issue(user);
      }
    }
  }

  /**
   * Users with passwords: {@code SASL_SSL} and SCRAM-SHA-512.
   *
   * @param folder where certificates are kept; it must exist
   * @param users their names, besides the administrator: letters, digits and hyphens
   */
  public static BrokerSecurity scram(Path folder, Collection<String> users) {
    return new BrokerSecurity(folder, users, false);
  }

  /** Users with certificates: {@code SSL} with client authentication. */
  public static BrokerSecurity mutualTls(Path folder, Collection<String> users) {
    return new BrokerSecurity(folder, users, true);
  }

  /**
   * A user's secret: the password, or that of the store with the key.
   *
   * @throws IllegalArgumentException when there is no such user
   */
  public String secret(String user) {
    String password = passwords.get(user);
    if (password == null) {
      throw new IllegalArgumentException("no user " + user + " among " + passwords.keySet());
    }
    return byCertificate ? stores.password() : password;
  }

  /** What a client must know to trust the broker, and nothing about a user. */
  public Map<String, String> trust() {
    return Map.of(
        "security.protocol",
        byCertificate ? "SSL" : "SASL_SSL",
        "ssl.truststore.type",
        "PEM",
        "ssl.truststore.location",
        stores.trusted().toString());
  }

  /** How a user says who it is with SCRAM, {@code sasl.jaas.config}. */
  public String login(String user) {
    return "%s required username=\"%s\" password=\"%s\";".formatted(LOGIN, user, secret(user));
  }

  /** Properties of a user's Kafka clients. */
  public Map<String, String> clientProperties(String user) {
    Map<String, String> properties = new HashMap<>(trust());
    if (byCertificate) {
      properties.putAll(keys(user));
    } else {
      properties.put("sasl.mechanism", MECHANISM);
      properties.put("sasl.jaas.config", login(user));
    }
    return properties;
  }

  Map<String, String> brokerProperties() {
    Map<String, String> properties = new HashMap<>(keys(ADMINISTRATOR));
    properties.put("ssl.truststore.type", "PEM");
    properties.put("ssl.truststore.location", stores.trusted().toString());
    properties.put("ssl.principal.mapping.rules", "RULE:^CN=([^,]+).*$/$1/");
    // Broker and controller know each other by the broker's certificate.
    properties.put(CONTROLLER_LISTENER + "ssl.client.auth", "required");
    properties.put("authorizer.class.name", StandardAuthorizer.class.getName());
    properties.put("super.users", "User:" + ADMINISTRATOR);
    String protocol = Objects.requireNonNull(trust().get("security.protocol"));
    properties.put(
        "listener.security.protocol.map",
        BoundListeners.BROKER + ":" + protocol + "," + BoundListeners.CONTROLLER + ":SSL");
    if (byCertificate) {
      properties.put(BROKER_LISTENER + "ssl.client.auth", "required");
    } else {
      properties.put("sasl.enabled.mechanisms", MECHANISM);
      properties.put("sasl.mechanism.inter.broker.protocol", MECHANISM);
      properties.put(BROKER_LISTENER + "scram-sha-512.sasl.jaas.config", login(ADMINISTRATOR));
    }
    return properties;
  }

  /** The users as a new log is formatted with them. */
  List<String> formatterUsers() {
    return byCertificate
        ? List.of()
        : passwords.entrySet().stream()
            .map(user ->
                MECHANISM + "=[name=" + user.getKey() + ",password=" + user.getValue() + "]")
            .toList();
  }

  private Map<String, String> keys(String holder) {
    return Map.of(
        "ssl.keystore.type",
        "PKCS12",
        "ssl.keystore.location",
        stores.store(holder).toString(),
        "ssl.keystore.password",
        stores.password(),
        "ssl.key.password",
        stores.password());
  }
}
