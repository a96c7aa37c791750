package io.signalbox.e2e.chaos;

import io.signalbox.devkit.EmbeddedRegistry;

/**
 * The development registry as a process of its own: {@code BOOTSTRAP_SERVERS PORT}. It says {@code
 * ready} when it serves, and runs until it is told to end.
 */
final class RegistryNode {
  private RegistryNode() {}

  public static void main(String[] args) throws InterruptedException {
    EmbeddedRegistry registry = EmbeddedRegistry.start(args[0], Integer.parseInt(args[1]));
    Runtime.getRuntime().addShutdownHook(new Thread(registry::close));
    System.out.println("ready");
    Thread.currentThread().join();
  }
}
