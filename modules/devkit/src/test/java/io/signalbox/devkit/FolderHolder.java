package io.signalbox.devkit;

import java.io.IOException;
import java.nio.file.Path;

/** A process that holds a data folder until it is killed. */
final class FolderHolder {
  private FolderHolder() {}

  public static void main(String[] args) throws IOException {
    try (DataFolder folder = DataFolder.at(Path.of(args[0]))) {
      System.out.println("held " + folder.path());
      while (System.in.read() >= 0) {
        // Waits to be killed, holding the folder.
      }
    }
  }
}
