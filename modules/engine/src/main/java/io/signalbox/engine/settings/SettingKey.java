package io.signalbox.engine.settings;

/**
 * A key the engine knows.
 *
 * @param name its dotted name
 * @param standard its default as it would be written in the file; empty when it has none
 */
public record SettingKey(String name, String standard) {}
