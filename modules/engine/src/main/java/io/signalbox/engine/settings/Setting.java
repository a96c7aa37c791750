package io.signalbox.engine.settings;

/**
 * One value as somebody wrote it.
 *
 * @param text the value
 * @param place where it stands, for errors: a file and line, "--set", an environment variable
 */
record Setting(String text, String place) {}
