package io.signalbox.engine;

import io.signalbox.engine.settings.HttpSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Under which address other engines reach this one. */
final class Address {
  private Address() {}

  static String advertised(HttpSettings settings, InetSocketAddress bound) {
    if (!settings.advertised().isEmpty()) {
      return settings.advertised();
    }
    InetAddress address = bound.getAddress();
    return (address.isAnyLocalAddress() ? ownAddress() : address.getHostAddress())
        + ":"
        + bound.getPort();
  }

  private static String ownAddress() {
    try {
      return InetAddress.getLocalHost().getHostAddress();
    } catch (UnknownHostException e) {
      return "127.0.0.1";
    }
  }
}
