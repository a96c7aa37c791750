package io.signalbox.engine.settings;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.JacksonYAMLParseException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A YAML file as a flat map of dotted keys, each value with its line; {@code a: {b: [x, y]}} gives
 * a.b.0 and a.b.1.
 */
final class YamlSettings {
  private static final YAMLFactory YAML = new YAMLFactory();

  private final Path file;
  private final JsonParser parser;
  private final Map<String, Setting> settings = new LinkedHashMap<>();

  private YamlSettings(Path file, JsonParser parser) {
    this.file = file;
    this.parser = parser;
  }

  /**
   * Reads a file.
   *
   * @throws SettingsException when it can't be read, is no YAML or sets a key twice
   */
  static Map<String, Setting> read(Path file) {
    if (!Files.isReadable(file)) {
      throw new SettingsException(file + ": there is no such file, or it can't be read");
    }
    try (JsonParser parser = YAML.createParser(file.toFile())) {
      YamlSettings reading = new YamlSettings(file, parser);
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_OBJECT) {
        reading.object("");
      } else if (first != null) {
        throw new SettingsException(reading.place() + ": expected 'key: value' pairs");
      }
      return reading.settings;
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      throw new SettingsException(
          at == null
              ? file + ": " + problem(e)
              : file + ":" + at.getLineNr() + ":" + at.getColumnNr() + ": " + problem(e));
    } catch (IOException e) {
      throw new SettingsException(file + ": can't be read: " + e.getMessage());
    }
  }

  /** What is wrong, in one line; the YAML parser's own message is a drawing of several. */
  private static String problem(JsonProcessingException e) {
    return e instanceof JacksonYAMLParseException
        ? "not valid YAML: check indentation, brackets and quotes there"
        : e.getOriginalMessage();
  }

  private void object(String prefix) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = prefix + parser.currentName();
      parser.nextToken();
      value(key);
    }
  }

  private void array(String prefix) throws IOException {
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      value(prefix + i);
    }
  }

  private void value(String key) throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT -> object(key + ".");
      case START_ARRAY -> array(key + ".");
      // A key without a value, or "key: null", leaves the default in place.
      case VALUE_NULL -> {}
      default -> {
        Setting twice = settings.put(key, new Setting(parser.getText(), place()));
        if (twice != null) {
          throw new SettingsException(
              place() + ": " + key + " is set twice, first in " + twice.place());
        }
      }
    }
  }

  private String place() {
    return file + ":" + parser.currentTokenLocation().getLineNr();
  }
}
