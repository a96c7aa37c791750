package io.signalbox.cli.settings;

import io.signalbox.cli.cluster.EngineApi;
import io.signalbox.cli.output.CommandFailure;
import java.util.ArrayList;
import java.util.List;
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
   * Makes sure that there is such a pool, if one is named: to be asked when nothing was found.
   *
   * @throws CommandFailure naming those that there are
   */
  public void check(EngineApi api) {
    String named = pool;
    if (named == null) {
      return;
    }
    List<String> known = new ArrayList<>();
    api.required("/v1/pools").path("pools").forEach(each -> known.add(each.path("pool").asText()));
    if (!known.contains(named)) {
      throw CommandFailure.failed(
          "there is no pool '%s'; %s. A pool begins with the first record that names it"
              .formatted(
                  named,
                  known.isEmpty() ? "there is none yet" : "there are " + String.join(", ", known)));
    }
  }

  /** True when the pool is looked into. */
  public boolean admits(String name) {
    return pool == null || pool.equals(name);
  }

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
