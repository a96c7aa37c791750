package io.signalbox.events.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  private static final String PASSWORD = "changeit";

  @TempDir static Path folder;

  @BeforeAll
  static void makeCertificate() throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "registry",
                "-keyalg",
                "EC",
                "-dname",
                "CN=registry",
                "-ext",
                "SAN=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store().toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes());
    assertEquals(0, keytool.waitFor(), said);
  }

  @Test
  void aTrustStoreInPkcs12() throws Exception {
    assertEquals(
        List.of("a"),
        subjects(
            Map.of(
                "schema.registry.ssl.truststore.location",
                store().toString(),
                "schema.registry.ssl.truststore.type",
                "PKCS12",
                "schema.registry.ssl.truststore.password",
                PASSWORD)));
  }

  @Test
  void certificatesInPem() throws Exception {
    Path pem = folder.resolve("registry.pem");
    byte[] certificate = keyStore().getCertificate("registry").getEncoded();
    Files.writeString(
        pem,
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(certificate)
            + "\n-----END CERTIFICATE-----\n");
    assertEquals(
        List.of("a"),
        subjects(
            Map.of(
                "schema.registry.ssl.truststore.location",
                pem.toString(),
                "schema.registry.ssl.truststore.type",
                "PEM")));
  }

  @Test
  void aKeyOfOnesOwnIsShown() throws Exception {
    Map<String, Object> both = new HashMap<>();
    for (String kind : List.of("truststore", "keystore")) {
      both.put("schema.registry.ssl." + kind + ".location", store().toString());
      both.put("schema.registry.ssl." + kind + ".type", "PKCS12");
      both.put("schema.registry.ssl." + kind + ".password", PASSWORD);
    }
    assertEquals(List.of("a"), subjects(both));
  }

  @Test
  void aRegistryThatIsntTrustedGetsNoRequest() {
    var error =
        assertThrows(RegistryUnavailableException.class, () -> subjects(Map.of("max.retries", 0)));
    assertTrue(error.getMessage().contains("PKIX"), error.getMessage());
  }

  @Test
  void storesThatCantBeReadAreNamed() {
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> subjects(Map.of("schema.registry.ssl.truststore.location", "/no/such.jks")));
    assertTrue(error.getMessage().contains("/no/such.jks"), error.getMessage());
  }

  @Test
  void theNameInTheCertificateIsAlwaysChecked() {
    assertThrows(
        IllegalArgumentException.class,
        () -> subjects(Map.of("schema.registry.ssl.endpoint.identification.algorithm", "")));
  }

  private static List<String> subjects(Map<String, ?> settings) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(keyStore(), PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    try (ScriptedServer server = ScriptedServer.secure(context)) {
      server.then(200, "[\"a\"]");
      Map<String, Object> config = new HashMap<>(settings);
      config.put("schema.registry.url", server.url());
      return new RestSchemaRegistry(RegistrySettings.of(config)).subjects();
    }
  }

  private static KeyStore keyStore() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store())) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private static Path store() {
    return folder.resolve("registry.p12");
  }
}
