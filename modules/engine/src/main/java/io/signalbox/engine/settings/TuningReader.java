package io.signalbox.engine.settings;

import io.signalbox.core.device.DeviceClass;
import io.signalbox.core.tuning.Thresholds;
import io.signalbox.core.tuning.TuningSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads when tasks are placed anew; each class may have thresholds of its own. */
final class TuningReader {
  private static final String TUNING = "tuning.";
  private static final List<String> THRESHOLDS =
      List.of("failedChecks", "responseSeconds", "responseRatio", "occupancy", "sustainedSeconds");

  private final SettingValues values;
  private final List<String> deviceClasses;

  TuningReader(SettingValues values, List<DeviceClass> deviceClasses) {
    this.values = values;
    this.deviceClasses = deviceClasses.stream().map(DeviceClass::name).toList();
  }

  TuningSettings read() {
    try {
      return new TuningSettings(
          values.positive(TUNING + "windowSeconds"),
          values.integer(TUNING + "leastCount", 1, Integer.MAX_VALUE),
          values.notNegative(TUNING + "coolDownSeconds"),
          values.integer(TUNING + "budgetPerMinute", 0, Integer.MAX_VALUE),
          thresholds(""),
          ofClasses());
    } catch (IllegalArgumentException e) {
      throw new SettingsException("tuning: " + e.getMessage());
    }
  }

  private Map<String, Thresholds> ofClasses() {
    Map<String, Thresholds> all = new HashMap<>();
    for (String key : values.below(SettingKeys.TUNING_CLASSES).keySet()) {
      String name = key.substring(0, Math.max(0, key.lastIndexOf('.')));
      String threshold = key.substring(key.lastIndexOf('.') + 1);
      if (!deviceClasses.contains(name) || !THRESHOLDS.contains(threshold)) {
        throw new SettingsException(
            "unknown setting '%s%s': classes are %s, thresholds %s"
                .formatted(SettingKeys.TUNING_CLASSES, key, deviceClasses, THRESHOLDS));
      }
      all.computeIfAbsent(name, this::thresholds);
    }
    return all;
  }

  /** The thresholds of a class, or of all others when its name is empty. */
  private Thresholds thresholds(String deviceClass) {
    return new Thresholds(
        values.integer(key(deviceClass, "failedChecks"), 1, Integer.MAX_VALUE),
        values.notNegative(key(deviceClass, "responseSeconds")),
        values.positive(key(deviceClass, "responseRatio")),
        values.share(key(deviceClass, "occupancy")),
        values.notNegative(key(deviceClass, "sustainedSeconds")));
  }

  private String key(String deviceClass, String threshold) {
    String own = SettingKeys.TUNING_CLASSES + deviceClass + "." + threshold;
    return values.isSet(own) ? own : TUNING + threshold;
  }
}
