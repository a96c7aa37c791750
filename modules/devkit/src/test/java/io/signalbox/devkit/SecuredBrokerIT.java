package io.signalbox.devkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker with TLS, users and ACLs; about 6 seconds. */
class SecuredBrokerIT {
  private static final String OAUTH =
      "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required"
          + " unsecuredLoginStringClaim_sub=\"%s\";";

  @TempDir private Path folder = Path.of("");

  @Test
  void passwordsAndTokensSayWhoSomebodyIsAndAclsWhatTheyMay() throws Exception {
    BrokerSecurity security = BrokerSecurity.scram(folder, List.of("reader"));
    try (EmbeddedBroker broker =
        EmbeddedBroker.builder()
            .security(security)
            // Tokens that nobody signed are for tests like this one.
            .property("sasl.enabled.mechanisms", "SCRAM-SHA-512,OAUTHBEARER")
            .property(
                "listener.name.broker.oauthbearer.sasl.jaas.config", OAUTH.formatted("broker"))
            .start()) {
      aclsDecide(broker, security);

      Map<String, String> token = new HashMap<>(security.trust());
      token.put("sasl.mechanism", "OAUTHBEARER");
      token.put("sasl.jaas.config", OAUTH.formatted("reader"));
      assertEquals(List.of("read"), topics(broker, token));
      token.put("sasl.jaas.config", OAUTH.formatted("stranger"));
      assertEquals(List.of(), topics(broker, token));

      Map<String, String> wrong = new HashMap<>(security.clientProperties("reader"));
      wrong.computeIfPresent(
          "sasl.jaas.config", (name, login) -> login.replace(security.secret("reader"), "guess"));
      assertInstanceOf(SaslAuthenticationException.class, refusal(broker, wrong));
      assertInstanceOf(TimeoutException.class, refusal(broker, Map.of()));
      assertInstanceOf(
          SslAuthenticationException.class, refusal(broker, Map.of("security.protocol", "SSL")));
    }
  }

  @Test
  void certificatesSayWhoSomebodyIs() throws Exception {
    BrokerSecurity security = BrokerSecurity.mutualTls(folder, List.of("reader"));
    try (EmbeddedBroker broker = EmbeddedBroker.builder().security(security).start()) {
      aclsDecide(broker, security);
      assertInstanceOf(SslAuthenticationException.class, refusal(broker, security.trust()));
    }
  }

  /** The reader sees the one topic of two that an ACL shows it, and can't make a third. */
  private static void aclsDecide(EmbeddedBroker broker, BrokerSecurity security) throws Exception {
    try (Admin admin =
        admin(broker, security.clientProperties(BrokerSecurity.ADMINISTRATOR), 10_000)) {
      admin
          .createTopics(
              List.of(new NewTopic("read", 1, (short) 1), new NewTopic("other", 1, (short) 1)))
          .all()
          .get();
      admin
          .createAcls(
              List.of(
                  new AclBinding(
                      new ResourcePattern(ResourceType.TOPIC, "read", PatternType.LITERAL),
                      new AccessControlEntry(
                          "User:reader", "*", AclOperation.READ, AclPermissionType.ALLOW))))
          .all()
          .get();
    }
    Map<String, String> reader = security.clientProperties("reader");
    assertEquals(List.of("read"), topics(broker, reader));
    try (Admin admin = admin(broker, reader, 10_000)) {
      var error =
          assertThrows(
              ExecutionException.class,
              () -> admin.createTopics(List.of(new NewTopic("third", 1, (short) 1))).all().get());
      assertInstanceOf(TopicAuthorizationException.class, error.getCause());
    }
    assertTrue(broker.bootstrapServers().startsWith("127.0.0.1:"));
  }

  private static List<String> topics(EmbeddedBroker broker, Map<String, String> properties)
      throws Exception {
    try (Admin admin = admin(broker, properties, 10_000)) {
      return List.copyOf(admin.listTopics().names().get());
    }
  }

  private static Throwable refusal(EmbeddedBroker broker, Map<String, String> properties) {
    try (Admin admin = admin(broker, properties, 1_500)) {
      return assertThrows(ExecutionException.class, () -> admin.listTopics().names().get())
          .getCause();
    }
  }

  private static Admin admin(EmbeddedBroker broker, Map<String, String> properties, int millis) {
    Map<String, Object> config = new HashMap<>(properties);
    config.put("bootstrap.servers", broker.bootstrapServers());
    config.put("default.api.timeout.ms", millis);
    config.put("request.timeout.ms", millis);
    return Admin.create(config);
  }
}
