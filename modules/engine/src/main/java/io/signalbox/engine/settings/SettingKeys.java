package io.signalbox.engine.settings;

import io.signalbox.core.placement.PlacementOptions;
import io.signalbox.core.placement.PlacementSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Every key of config/engine.yaml with its default; the file says what each means. */
public final class SettingKeys {
  private static final Map<String, SettingKey> KEYS = new LinkedHashMap<>();

  /** Keys of what governs a pool. */
  static final String POOL = "pool.";

  /** Below it stand device classes with thresholds of their own. */
  static final String TUNING_CLASSES = "tuning.classes.";

  /**
   * Below these stand names that aren't ours: properties of the Kafka clients and of the registry's
   * client, handed on as they are, tenants, and device classes.
   */
  static final List<String> OPEN =
      Stream.concat(
              Stream.of("kafka.", "registry.", TUNING_CLASSES),
              PlacementOptions.TENANTS.stream().map(POOL::concat))
          .toList();

  private SettingKeys() {}

  static {
    key("bootstrapServers", "127.0.0.1:9092");
    key("schemaRegistryUrl", "http://127.0.0.1:8081");
    key("applicationId", "signalbox-engine");
    key("stateFolder", "./state");
    key("topicPrefix", "signalbox.");
    key("startTimeoutSeconds", "60");
    key("http.host", "127.0.0.1");
    key("http.port", "8090");
    key("http.advertised", "");
    key("http.maxRequestBytes", "65536");
    key("workers.tokenKeys", "");
    key("topics.create", "true");
    key("topics.poolPartitions", "8");
    key("topics.lanesPerClass", "8");
    key("topics.maxLanesPerClass", "256");
    key("topics.replicationFactor", "-1");
    key("streams.threads", "1");
    key("streams.guarantee", "exactly_once_v2");
    key("streams.groupProtocol", "classic");
    key("streams.standbyReplicas", "0");
    key("streams.commitIntervalMillis", "100");
    key("streams.pollMillis", "10");
    key("streams.commitRestMillis", "0");
    key("streams.idleTickMillis", "20");
    key("streams.cacheBytes", "67108864");
    key("streams.threadRestartSeconds", "1");
    key("streams.maxPools", "1000");
    key("streams.maxAssignmentBytes", "921600");
    PlacementOptions.all()
        .forEach(option -> key(POOL + option.name(), option.of(PlacementSettings.DEFAULT)));
    key("pool.offerSeconds", "5");
    key("pool.clockSkewSeconds", "1");
    key("pool.leaseSeconds", "3");
    key("pool.maxAttempts", "3");
    key("pool.backoffSeconds", "1");
    key("pool.maxBackoffSeconds", "60");
    key("pool.endedJobSeconds", "86400");
    key("pool.linkedOffers", "16");
    key("pool.speculation.enabled", "true");
    key("pool.speculation.share", "0.05");
    key("pool.limits.tasksPerJob", "1000000");
    key("pool.limits.tasksPerRecord", "1000");
    key("pool.limits.dependenciesPerTask", "10000");
    key("pool.limits.inlineBytes", "65536");
    key("pool.limits.nameCharacters", "200");
    key("pool.limits.liveTasks", "2000000");
    key("pool.limits.attempts", "10");
    key("pool.limits.devices", "20000");
    key("adaptation.enabled", "true");
    key("adaptation.threads", "1");
    key("adaptation.commitIntervalMillis", "500");
    key("hotspots.windowSeconds", "60");
    key("hotspots.advanceSeconds", "10");
    key("hotspots.graceSeconds", "5");
    key("hotspots.mostOperations", "1000");
    key("hotspots.historyWindows", "90");
    key("hotspots.leastHistory", "12");
    key("hotspots.leastCount", "20");
    key("hotspots.frequency.absolute", "0");
    key("hotspots.frequency.deviations", "6");
    key("hotspots.latency.absolute", "0");
    key("hotspots.latency.deviations", "6");
    key("hotspots.calmRatio", "0.8");
    key("hotspots.calmWindows", "3");
    key("tuning.windowSeconds", "60");
    key("tuning.leastCount", "5");
    key("tuning.coolDownSeconds", "60");
    key("tuning.budgetPerMinute", "10");
    key("tuning.failedChecks", "3");
    key("tuning.responseSeconds", "0.2");
    key("tuning.responseRatio", "2");
    key("tuning.occupancy", "0.9");
    key("tuning.sustainedSeconds", "30");
  }

  private static void key(String name, String standard) {
    KEYS.put(name, new SettingKey(name, standard));
  }

  /** All keys in the order of the documented file, without the open ones. */
  public static List<SettingKey> all() {
    return List.copyOf(KEYS.values());
  }

  static Optional<SettingKey> find(String name) {
    return Optional.ofNullable(KEYS.get(name));
  }

  static boolean known(String name) {
    return KEYS.containsKey(name)
        || OPEN.stream().anyMatch(open -> name.startsWith(open) && name.length() > open.length());
  }

  /** The key that an environment variable's name (without SIGNALBOX_) spells, if there is one. */
  static Optional<String> spelt(String variable) {
    String lower = variable.toLowerCase(Locale.ROOT);
    for (String open : OPEN) {
      String variables =
          open.replaceAll("([A-Z])", "_$1").replace('.', '_').toLowerCase(Locale.ROOT);
      if (lower.startsWith(variables)) {
        return Optional.of(open + lower.substring(variables.length()).replace('_', '.'));
      }
    }
    String bare = lower.replace("_", "");
    return KEYS.keySet().stream()
        .filter(name -> name.replace(".", "").toLowerCase(Locale.ROOT).equals(bare))
        .findFirst();
  }

  /** " Did you mean …?" for a key that is nearly one of ours, otherwise where to look. */
  static String hint(String unknown) {
    String lower = unknown.toLowerCase(Locale.ROOT);
    String last = lower.substring(lower.lastIndexOf('.') + 1);
    return KEYS.keySet().stream()
        .min((left, right) ->
            Integer.compare(distance(lower, last, left), distance(lower, last, right)))
        .filter(name -> distance(lower, last, name) <= 3)
        .map(name -> "did you mean '" + name + "'?")
        .orElse("config/engine.yaml lists every key");
  }

  /** Edits to the whole key, or to its last part when that alone was written. */
  private static int distance(String whole, String last, String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    int edits = edits(whole, lower);
    return Math.min(edits, edits(last, lower.substring(lower.lastIndexOf('.') + 1)));
  }

  /** Levenshtein's distance. */
  private static int edits(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int change = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[right.length()];
  }
}
