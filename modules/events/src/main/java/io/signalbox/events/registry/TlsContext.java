package io.signalbox.events.registry;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.jspecify.annotations.Nullable;

/** TLS from the settings that Kafka's own clients have: stores in PEM, PKCS12 or JKS. */
final class TlsContext {
  private TlsContext() {}

  /**
   * A context from settings such as {@code ssl.truststore.location}.
   *
   * @throws IllegalArgumentException when a setting can't be used
   */
  static SSLContext of(Map<String, ?> settings) {
    Object identification = settings.get(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG);
    if (identification != null && !identification.toString().equalsIgnoreCase("https")) {
      throw new IllegalArgumentException(
          "schema.registry.ssl.endpoint.identification.algorithm can't be switched off:"
              + " the registry's certificate must name its host");
    }
    ConfigDef definition = new ConfigDef().withClientSslSupport();
    try (DefaultSslEngineFactory stores = new DefaultSslEngineFactory()) {
      Map<String, ?> values = new AbstractConfig(definition, settings, false).values();
      stores.configure(values);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(stores.keystore(), values), trust(stores.truststore()), null);
      return context;
    } catch (KafkaException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "schema.registry.ssl.* can't be used: " + e.getMessage(), e);
    }
  }

  private static KeyManager @Nullable [] keys(@Nullable KeyStore store, Map<String, ?> values)
      throws GeneralSecurityException {
    if (store == null) {
      return null;
    }
    Object password = values.get(SslConfigs.SSL_KEY_PASSWORD_CONFIG);
    if (password == null) {
      password = values.get(SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password instanceof Password it ? it.value().toCharArray() : null);
    return keys.getKeyManagers();
  }

  // Without a store of one's own the JDK's authorities are trusted.
  private static javax.net.ssl.TrustManager[] trust(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    return trust.getTrustManagers();
  }
}
