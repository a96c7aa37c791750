package io.signalbox.events.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a worker sends along to prove which device it is. */
class DeviceTokenTest {
  private static final Connection BASE = Connection.of("kafka:9092", "mock://token");

  @TempDir Path folder;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

  private Connection inFile() {
    return BASE.with("config.providers", "file")
        .with(
            "config.providers.file.class",
            "org.apache.kafka.common.config.provider.FileConfigProvider")
        .with("device.token", "${file:" + folder.resolve("secrets.properties") + ":token}");
  }

  private void write(String token) throws IOException {
    Files.writeString(folder.resolve("secrets.properties"), "token=" + token + "\n");
  }

  private static @Nullable String stamped(DeviceToken token) {
    Headers headers = new RecordHeaders();
    token.stamp(headers);
    Header header = headers.lastHeader(DeviceToken.HEADER);
    return header == null ? null : new String(header.value(), StandardCharsets.ISO_8859_1);
  }

  @Test
  void whoHasNoneSendsNone() {
    assertNull(stamped(DeviceToken.of(BASE, now::get)));
  }

  @Test
  void itIsReplacedWhileTheWorkerRuns() throws IOException {
    write("one");
    DeviceToken token = DeviceToken.of(inFile(), now::get);
    assertEquals("one", stamped(token));
    write("two");
    assertEquals("one", stamped(token), "it isn't read for each record");
    now.set(now.get().plusSeconds(10));
    assertEquals("two", stamped(token));
  }

  @Test
  void whatIsGoneLeavesTheOldOne() throws IOException {
    write("one");
    DeviceToken token = DeviceToken.of(inFile(), now::get);
    Files.delete(folder.resolve("secrets.properties"));
    now.set(now.get().plusSeconds(10));
    assertEquals("one", stamped(token));
  }

  @Test
  void aReferenceThatLeadsNowhereIsNamed() throws IOException {
    Files.writeString(folder.resolve("secrets.properties"), "another=x\n");
    ConfigException refused =
        assertThrows(ConfigException.class, () -> DeviceToken.of(inFile(), now::get));
    assertTrue(String.valueOf(refused.getMessage()).contains("device.token"));
  }

  @Test
  void noClientIsToldOfIt() {
    Connection connection = BASE.with("device.token", "s3cret");
    assertFalse(connection.producerConfig().containsValue("s3cret"));
    assertFalse(connection.streamsConfig().containsValue("s3cret"));
    assertFalse(connection.serdeConfig().containsValue("s3cret"));
    assertFalse(connection.toString().contains("s3cret"));
  }
}
