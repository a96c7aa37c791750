package io.signalbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys and tokens from the command line. */
class TokensTest {
  @TempDir private Path folder = Path.of("");

  private String key = "";
  private String keys = "";

  @BeforeEach
  void makeKey() {
    key = folder.resolve("workers.key").toString();
    keys = folder.resolve("workers.jwks").toString();
    Said made = Said.by("tokens", "key", key, "--public", keys);
    assertEquals(0, made.exitCode(), made::err);
  }

  private String issued(String... options) throws IOException {
    String[] args = new String[4 + options.length];
    System.arraycopy(new String[] {"tokens", "issue", "--key", key}, 0, args, 0, 4);
    System.arraycopy(options, 0, args, 4, options.length);
    Said said = Said.by(args);
    assertEquals(0, said.exitCode(), said::err);
    assertEquals(1, said.out().lines().count(), "the token and nothing else: " + said.out());
    return Files.writeString(folder.resolve("token"), said.out()).toString();
  }

  @Test
  void whatIsIssuedIsValid() throws IOException {
    String token = issued("--device", "rack1-*", "--device", "gpu-7", "--pool", "a", "--pool", "b");
    Said checked = Said.by("tokens", "check", token, "--public", keys);
    assertEquals(0, checked.exitCode(), checked::err);
    assertTrue(
        checked.out().contains("for devices rack1-*, gpu-7 of classes * in pools a, b"),
        checked::out);
    Said json = Said.by("tokens", "check", token, "--public", keys, "--format", "json");
    assertTrue(json.out().contains("\"devices\":[\"rack1-*\",\"gpu-7\"]"), json::out);
  }

  @Test
  void aKeyIsItsOwnersAndNeverOverwritten() throws IOException {
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(key))));
    assertFalse(Files.readString(Path.of(keys)).contains("\"d\""), "the private half");
    Said.by("tokens", "key", key, "--public", keys).failed(2, "workers.key", "exists");
  }

  @Test
  void aSecondKeyGoesBesideTheFirst() throws IOException {
    String old = issued("--device", "gpu-7");
    key = folder.resolve("second.key").toString();
    assertEquals(0, Said.by("tokens", "key", key, "--public", keys).exitCode());
    assertEquals(0, Said.by("tokens", "check", old, "--public", keys).exitCode());
    String young = issued("--device", "gpu-7");
    assertEquals(0, Said.by("tokens", "check", young, "--public", keys).exitCode());
  }

  @Test
  void aTokenOfAnotherKeyIsInvalid() throws IOException {
    String token = issued("--device", "gpu-7");
    String others = folder.resolve("others.jwks").toString();
    assertEquals(
        0,
        Said.by("tokens", "key", folder.resolve("o.key").toString(), "--public", others)
            .exitCode());
    Said.by("tokens", "check", token, "--public", others).failed(1, "isn't valid", "signed");
  }

  @ParameterizedTest
  @CsvSource({
    "--device, '', isn't a name",
    "--device, a b, isn't a name",
    "--device, *x, isn't a name",
    "--class, §, isn't a name",
    "--pool, a/b, isn't a name",
    "--days, 0, greater than 0",
    "--days, NaN, greater than 0",
    "--days, 1e9, at most 36500"
  })
  void whatCantBeIssuedIsNamed(String option, String value, String reason) {
    Said.by("tokens", "issue", "--key", key, "--device", "x", option, value)
        .failed(2, option, reason);
  }

  @Test
  void filesThatArentThereOrNoKeysAreNamed() throws IOException {
    String missing = folder.resolve("missing").toString();
    String nonsense = Files.writeString(folder.resolve("nonsense"), "{}").toString();
    String token = issued("--device", "x");
    Said.by("tokens", "issue", "--key", missing, "--device", "x").failed(2, missing);
    Said.by("tokens", "issue", "--key", nonsense, "--device", "x").failed(2, nonsense);
    Said.by("tokens", "issue", "--key", keys, "--device", "x").failed(2, keys);
    Said.by("tokens", "check", missing, "--public", keys).failed(2, missing);
    Said.by("tokens", "check", token, "--public", missing).failed(2, missing);
    Said.by("tokens", "check", token, "--public", nonsense).failed(2, nonsense);
    Said.by("tokens", "check", token, "--public", key).failed(2, key);
    Said.by("tokens", "check", nonsense, "--public", keys).failed(1, "isn't valid");
    Said.by("tokens", "key", folder.resolve("k").toString(), "--public", nonsense)
        .failed(2, nonsense);
    Said.by("tokens").failed(2, "key, issue and check");
  }

  @Test
  void anEngineSaysWhichKeysItCantUse() {
    Said.by("up", "--set", "workers.tokenKeys=" + key, "--set", "http.port=0")
        .failed(1, "workers.tokenKeys", "workers.key", "JWK set of public keys");
  }
}
