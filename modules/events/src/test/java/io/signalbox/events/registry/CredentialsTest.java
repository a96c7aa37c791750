package io.signalbox.events.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CredentialsTest {
  private static final String BASIC = "Basic bWU6cHc="; // me:pw

  @Test
  void nobodyIsNobody() throws IOException {
    assertEquals(Optional.empty(), sent("", Map.of()));
  }

  @Test
  void userAndPasswordComeFromTheSetting() throws IOException {
    Map<String, String> given = Map.of("basic.auth.user.info", "me:pw");
    assertEquals(Optional.of(BASIC), sent("", given));
    assertEquals(
        Optional.of(BASIC), sent("", Map.of("schema.registry.basic.auth.user.info", "me:pw")));
    Map<String, String> said = new HashMap<>(given);
    said.put("basic.auth.credentials.source", "USER_INFO");
    assertEquals(Optional.of(BASIC), sent("other:one@", said));
  }

  @Test
  void userAndPasswordComeFromTheUrl() throws IOException {
    assertEquals(Optional.of(BASIC), sent("me:pw@", Map.of()));
    assertEquals(
        Optional.of(BASIC), sent("me:pw@", Map.of("basic.auth.credentials.source", "URL")));
  }

  @Test
  void aBearerTokenIsSent() throws IOException {
    assertEquals(
        Optional.of("Bearer abc"),
        sent(
            "",
            Map.of("bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", "abc")));
  }

  @Test
  void aSourceThatIsntKnownIsNamed() {
    assertThrows(
        IllegalArgumentException.class,
        () -> settings("http://r", Map.of("basic.auth.credentials.source", "SASL_INHERIT")));
    assertThrows(
        IllegalArgumentException.class,
        () -> settings("http://r", Map.of("bearer.auth.credentials.source", "OAUTHBEARER")));
    assertThrows(
        IllegalArgumentException.class,
        () -> settings("http://r", Map.of("basic.auth.credentials.source", "USER_INFO")));
  }

  @Test
  void noSecretIsShown() {
    Map<String, String> config = Map.of("basic.auth.user.info", "me:hidden");
    RegistrySettings settings = settings("http://me:hidden@r:1", config);
    assertFalse(settings.toString().contains("hidden"), settings.toString());
    assertFalse(settings.credentials().toString().contains("hidden"));
  }

  @Test
  void badSettingsAreNamed() {
    for (String url : new String[] {"", "r:8081", "ftp://r", "http://", "http://a b"}) {
      assertThrows(IllegalArgumentException.class, () -> settings(url, Map.of()), url);
    }
    assertThrows(
        IllegalArgumentException.class, () -> settings("http://r", Map.of("max.retries", "-1")));
    assertThrows(
        IllegalArgumentException.class, () -> settings("http://r", Map.of("max.retries", "x")));
  }

  private static Optional<String> sent(String userInfo, Map<String, String> config)
      throws IOException {
    try (ScriptedServer server = new ScriptedServer()) {
      server.then(200, "[]");
      String url = "http://" + userInfo + server.authority();
      new RestSchemaRegistry(settings(url, config)).subjects();
      return server.requests.get(0).authorization();
    }
  }

  private static RegistrySettings settings(String url, Map<String, String> more) {
    Map<String, Object> config = new HashMap<>(more);
    config.put("schema.registry.url", url);
    return RegistrySettings.of(config);
  }
}
