package io.signalbox.cli.settings;

import io.signalbox.cli.cluster.EngineApi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The pool that an engine is asked about; all of them when none is named. */
public final class PoolFilter {
  @Option(
      names = "--pool",
      paramLabel = "POOL",
      description = "Look into this pool only. Default: all pools.")
  private @Nullable String pool;

  /**
   * A path of the engine's API with the pool as a parameter, if one is named.
   *
   * @param path may have parameters already
   */
  public String on(String path) {
    String named = pool;
    return named == null
        ? path
        : path + (path.contains("?") ? "&" : "?") + "pool=" + EngineApi.segment(named);
  }
}
