package io.signalbox.engine.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Settings by dotted key, read with their type; an error names key, place and what would do. */
final class SettingValues {
  private final Map<String, Setting> settings;

  /**
   * @throws SettingsException naming the first key that isn't known
   */
  SettingValues(Map<String, Setting> settings) {
    this.settings = new LinkedHashMap<>(settings);
    settings.forEach((key, setting) -> {
      if (!SettingKeys.known(key)) {
        throw new SettingsException(
            setting.place() + ": unknown setting '" + key + "': " + SettingKeys.hint(key));
      }
    });
  }

  String text(String key) {
    Setting setting = settings.get(key);
    return setting == null ? SettingKeys.find(key).orElseThrow().standard() : setting.text().trim();
  }

  boolean isSet(String key) {
    return settings.containsKey(key);
  }

  int integer(String key, int least, int most) {
    return (int) whole(key, least, most);
  }

  long whole(String key, long least, long most) {
    long value = parsed(key, Long::parseLong, "a whole number");
    if (value < least || value > most) {
      throw wrong(key, "must be " + least + " to " + most);
    }
    return value;
  }

  double positive(String key) {
    double value = notNegative(key);
    if (value == 0) {
      throw wrong(key, "must be greater than 0");
    }
    return value;
  }

  double notNegative(String key) {
    double value = parsed(key, Double::parseDouble, "a number");
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw wrong(key, "must be 0 or more");
    }
    return value;
  }

  double share(String key) {
    double value = parsed(key, Double::parseDouble, "a number");
    if (!(value >= 0 && value <= 1)) {
      throw wrong(key, "must be 0 to 1");
    }
    return value;
  }

  boolean flag(String key) {
    return Boolean.parseBoolean(oneOf(key, List.of("true", "false")));
  }

  String oneOf(String key, List<String> values) {
    String value = text(key);
    if (!values.contains(value)) {
      throw wrong(key, "must be one of " + String.join(", ", values));
    }
    return value;
  }

  String matching(String key, String pattern, String words) {
    String value = text(key);
    if (!value.matches(pattern)) {
      throw wrong(key, words);
    }
    return value;
  }

  /** Everything below an open prefix, without the prefix. */
  Map<String, String> below(String prefix) {
    Map<String, String> found = new TreeMap<>();
    settings.forEach((key, setting) -> {
      if (key.startsWith(prefix)) {
        found.put(key.substring(prefix.length()), setting.text());
      }
    });
    return found;
  }

  SettingsException wrong(String key, String words) {
    Setting setting = settings.get(key);
    String place = setting == null ? "default" : setting.place();
    return new SettingsException(place + ": " + key + " " + words + ", is '" + text(key) + "'");
  }

  private <T> T parsed(String key, Function<String, T> parse, String words) {
    try {
      return parse.apply(text(key).replace("_", ""));
    } catch (NumberFormatException e) {
      throw wrong(key, "must be " + words);
    }
  }
}
