package io.signalbox.events.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets that stand in files or in the environment. */
class ReferencesTest {
  private static final String PROVIDERS = "org.apache.kafka.common.config.provider.";
  private static final Connection BASE = Connection.of("kafka:9092", "mock://references");

  @TempDir Path folder;

  private Path secrets = Path.of("");

  @BeforeEach
  void writeSecrets() throws IOException {
    secrets = folder.resolve("secrets.properties");
    Files.writeString(secrets, "store=s3cret\nregistry=me:pass${word\n");
  }

  private Connection withFiles() {
    return BASE.with("config.providers", "file")
        .with("config.providers.file.class", PROVIDERS + "FileConfigProvider")
        .with("config.providers.file.param.allowed.paths", folder.toString());
  }

  private String reference(String key) {
    return "${file:" + secrets + ":" + key + "}";
  }

  @Test
  void everyClientAndTheRegistrysGetTheValueFromTheFile() {
    Connection connection =
        withFiles()
            .with("ssl.keystore.password", reference("store"))
            .with("basic.auth.user.info", reference("registry"));
    Map<String, Object> expected =
        Map.of("bootstrap.servers", "kafka:9092", "ssl.keystore.password", "s3cret");
    assertEquals(expected, connection.adminConfig());
    assertEquals(expected, connection.producerConfig());
    assertEquals(expected, connection.streamsConfig());
    assertEquals("s3cret", connection.consumerConfig().get("ssl.keystore.password"));
    assertEquals("me:pass${word", connection.serdeConfig().get("basic.auth.user.info"));
    assertFalse(connection.toString().contains("s3cret"), connection::toString);
  }

  @Test
  void aSecretThatChangesIsSeenByTheNextClient() throws IOException {
    Connection connection = withFiles().with("ssl.keystore.password", reference("store"));
    Files.writeString(secrets, "store=renewed\n");
    assertEquals("renewed", connection.adminConfig().get("ssl.keystore.password"));
  }

  @Test
  void theEnvironmentIsReadWhereItIsAllowed() {
    Connection connection =
        BASE.with("config.providers", "env")
            .with("config.providers.env.class", PROVIDERS + "EnvVarConfigProvider")
            .with("config.providers.env.param.allowlist.pattern", "PATH")
            .with("client.id", "${env:PATH}");
    assertEquals(System.getenv("PATH"), connection.adminConfig().get("client.id"));
    Connection other = connection.with("client.id", "${env:HOME}");
    var error = assertThrows(ConfigException.class, other::adminConfig);
    assertTrue(error.getMessage().contains("client.id refers to ${env:HOME}"), error.getMessage());
  }

  @Test
  void withoutAProviderAReferenceIsAText() {
    Connection connection = BASE.with("client.id", reference("store"));
    assertEquals(reference("store"), connection.adminConfig().get("client.id"));
  }

  @Test
  void whatIsntThereIsNamedByItsPropertyBeforeAnybodySendsIt() {
    Connection connection = withFiles().with("ssl.keystore.password", reference("nothing"));
    var error = assertThrows(ConfigException.class, connection::check);
    assertTrue(error.getMessage().contains("ssl.keystore.password"), error.getMessage());
    assertTrue(error.getMessage().contains("nothing"), error.getMessage());
  }

  @Test
  void aFileOutsideTheAllowedPathsIsntRead() {
    Connection connection =
        withFiles()
            .with("config.providers.file.param.allowed.paths", folder.resolve("other").toString())
            .with("ssl.keystore.password", reference("store"));
    assertThrows(ConfigException.class, connection::check);
  }
}
