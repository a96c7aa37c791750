package io.signalbox.engine.settings;

/**
 * Where the engine answers HTTP.
 *
 * @param host address it binds
 * @param port port it binds; 0 takes a free one
 * @param advertised {@code host:port} under which the other instances reach it; empty means the
 *     address that it bound
 * @param maxRequestBytes longest request line with its headers, in bytes
 */
public record HttpSettings(String host, int port, String advertised, int maxRequestBytes) {}
