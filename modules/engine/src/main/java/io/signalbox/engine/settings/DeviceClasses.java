package io.signalbox.engine.settings;

import io.signalbox.core.device.DeviceClass;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads config/device-classes.yaml: {@code classes: [{name, fp16Tflops, memoryGb, …}]}. */
public final class DeviceClasses {
  private static final List<String> FIELDS =
      List.of("name", "fp16Tflops", "memoryGb", "busyWatts", "idleWatts", "description");
  private static final double BYTES_PER_GB = 1_000_000_000;

  private DeviceClasses() {}

  /**
   * Reads the file.
   *
   * @throws SettingsException when it is missing, has an unknown field, a wrong value, a class
   *     twice or no class at all
   */
  public static List<DeviceClass> read(Path file) {
    List<DeviceClass> classes = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Map<String, Setting> fields : entries(file)) {
      Setting first = fields.values().iterator().next();
      DeviceClass deviceClass = deviceClass(fields, first.place());
      if (!names.add(deviceClass.name())) {
        throw new SettingsException(
            first.place() + ": device class '" + deviceClass.name() + "' is listed twice");
      }
      classes.add(deviceClass);
    }
    if (classes.isEmpty()) {
      throw new SettingsException(file + ": lists no device class below 'classes:'");
    }
    return List.copyOf(classes);
  }

  private static Iterable<Map<String, Setting>> entries(Path file) {
    Map<String, Map<String, Setting>> entries = new LinkedHashMap<>();
    YamlSettings.read(file)
        .forEach((key, setting) -> {
          String[] parts = key.split("\\.", 3);
          if (parts.length != 3 || !parts[0].equals("classes") || !FIELDS.contains(parts[2])) {
            throw new SettingsException(
                setting.place()
                    + ": unknown setting '"
                    + key
                    + "': expected a list 'classes' of "
                    + String.join(", ", FIELDS));
          }
          entries.computeIfAbsent(parts[1], index -> new LinkedHashMap<>()).put(parts[2], setting);
        });
    return entries.values();
  }

  private static DeviceClass deviceClass(Map<String, Setting> fields, String place) {
    Setting name = fields.get("name");
    if (name == null) {
      throw new SettingsException(place + ": a device class without a name");
    }
    try {
      return new DeviceClass(
          name.text(),
          number(fields, "fp16Tflops", place),
          Math.round(number(fields, "memoryGb", place) * BYTES_PER_GB),
          number(fields, "busyWatts", place),
          number(fields, "idleWatts", place));
    } catch (IllegalArgumentException e) {
      throw new SettingsException(place + ": " + e.getMessage());
    }
  }

  private static double number(Map<String, Setting> fields, String field, String place) {
    Setting setting = fields.get(field);
    if (setting == null) {
      if (field.equals("fp16Tflops")) {
        throw new SettingsException(place + ": a device class needs " + field);
      }
      return 0;
    }
    try {
      double value = Double.parseDouble(setting.text());
      if (value >= 0 && Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one error for all wrong numbers.
    }
    throw new SettingsException(
        setting.place() + ": " + field + " must be a number >= 0, is '" + setting.text() + "'");
  }
}
