package io.signalbox.cli.settings;

import io.signalbox.cli.output.CommandFailure;
import io.signalbox.core.placement.PlacementOption;
import io.signalbox.core.placement.PlacementOptions;
import io.signalbox.core.placement.PlacementSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options of placement that shall have other values. */
public final class PlacementChanges {
  @Option(
      names = "--set",
      paramLabel = "OPTION=VALUE",
      description =
          "Another value for an option of placement, such as stealRatio=0.5; all are listed by"
              + " signalbox policy and explained in config/engine.yaml. May be repeated.")
  private Map<String, String> changes = new LinkedHashMap<>();

  /**
   * Values by option, each possible; an empty one stands for what the settings say.
   *
   * @throws CommandFailure naming the first one that isn't, with what is
   */
  public Map<String, String> checked() {
    Map<String, String> checked = new LinkedHashMap<>();
    try {
      changes.forEach((name, value) -> {
        PlacementOption option = PlacementOptions.named(name);
        if (!value.isBlank()) {
          option.set(PlacementSettings.DEFAULT, value);
        }
        checked.put(name, value.strip());
      });
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--set: " + e.getMessage(), e);
    }
    return checked;
  }

  /** The default settings with these changes, for a policy that is named elsewhere. */
  public PlacementSettings settings() {
    Map<String, String> values = checked();
    if (values.containsKey("policy")) {
      throw CommandFailure.usage("--set policy=...: here --policy names the policies");
    }
    values.values().removeIf(String::isEmpty);
    return PlacementSettings.DEFAULT.with(values);
  }
}
