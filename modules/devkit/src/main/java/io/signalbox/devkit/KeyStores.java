package io.signalbox.devkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Self-signed certificates with their keys, made by the JDK's keytool: a PKCS12 store each, and one
 * PEM file of all certificates, which is what everybody trusts.
 */
final class KeyStores {
  private static final String PASSWORD = "STORE_PASSWORD";

  private final Path folder;
  private final String password = random();

  /** Keeps them in a folder that exists. */
  KeyStores(Path folder) {
    this.folder = folder;
  }

  /** A secret of 144 bits, in characters that need no quoting anywhere. */
  static String random() {
    byte[] bytes = new byte[18];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Password of every store and of the key in it. */
  String password() {
    return password;
  }

  /** The certificates that are trusted, in PEM. */
  Path trusted() {
    return folder.resolve("trusted.pem");
  }

  /** The store of a holder. */
  Path store(String holder) {
    return folder.resolve(holder + ".p12");
  }

  /**
   * Makes a key and a certificate of {@code CN=holder} for this machine's loopback address.
   *
   * @throws DevkitException when keytool can't
   */
  void issue(String holder) {
    keytool(
        "-genkeypair",
        "-alias",
        "key",
        "-keyalg",
        "EC",
        "-validity",
        "3650",
        "-dname",
        "CN=" + holder,
        "-ext",
        "SAN=ip:" + Loopback.HOST + ",dns:localhost",
        "-storetype",
        "PKCS12",
        "-keystore",
        store(holder).toString());
    String certificate =
        keytool("-exportcert", "-rfc", "-alias", "key", "-keystore", store(holder).toString());
    try {
      String before = Files.exists(trusted()) ? Files.readString(trusted()) : "";
      Files.writeString(trusted(), before + certificate);
    } catch (IOException e) {
      throw new DevkitException("Cannot write " + trusted() + ": " + e.getMessage(), e);
    }
  }

  private String keytool(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    // In the environment, since everybody may read the arguments of a process.
    command.addAll(List.of("-storepass:env", PASSWORD));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put(PASSWORD, password);
    try {
      Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      if (process.waitFor() != 0) {
        throw new DevkitException("keytool " + arguments[0] + " failed: " + said.strip());
      }
      return said;
    } catch (IOException e) {
      throw new DevkitException("keytool, a part of the JDK, can't be run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DevkitException("Interrupted while keytool made a certificate", e);
    }
  }
}
