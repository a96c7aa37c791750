package io.signalbox.core.job;

import java.util.Map;

/**
 * What a task asks of a device's labels. A device's zone counts as its label {@value #ZONE}.
 *
 * @param required labels without which a device can't run it
 * @param preferred labels for which it may take a little longer
 */
public record LabelRules(Map<String, String> required, Map<String, String> preferred) {
  /** Name of the label that says where a device stands. */
  public static final String ZONE = "zone";

  /** Any device will do. */
  public static final LabelRules NONE = new LabelRules(Map.of(), Map.of());

  public LabelRules {
    required = Map.copyOf(required);
    preferred = Map.copyOf(preferred);
  }

  /** The same, as the one object {@link #NONE} when nothing is asked. */
  public static LabelRules of(Map<String, String> required, Map<String, String> preferred) {
    return required.isEmpty() && preferred.isEmpty() ? NONE : new LabelRules(required, preferred);
  }

  /** True when any device will do, and none is better than another. */
  public boolean areNone() {
    return required.isEmpty() && preferred.isEmpty();
  }
}
