package io.signalbox.engine.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.device.DeviceClass;
import io.signalbox.core.fairness.FairnessSettings;
import io.signalbox.core.fairness.Quotas;
import io.signalbox.core.hotspot.HotspotSettings;
import io.signalbox.core.hotspot.Threshold;
import io.signalbox.core.placement.PlacementSettings;
import io.signalbox.core.plan.PlanSettings;
import io.signalbox.core.pool.PoolSettings;
import io.signalbox.core.priority.PrioritySettings;
import io.signalbox.core.priority.PriorityWeights;
import io.signalbox.core.tuning.Thresholds;
import io.signalbox.core.tuning.TuningSettings;
import io.signalbox.events.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineSettingsTest {
  private static final Path CONFIG =
      Path.of(System.getProperty("signalbox.root", "../.."), "config");
  private static final Path CLASSES = CONFIG.resolve("device-classes.yaml");

  @TempDir Path folder;

  private EngineSettings load(String yaml, Map<String, String> overrides) throws IOException {
    return EngineSettings.load(
        Files.writeString(folder.resolve("engine.yaml"), yaml), CLASSES, overrides);
  }

  private String error(String yaml, Map<String, String> overrides) {
    return assertThrows(SettingsException.class, () -> load(yaml, overrides)).getMessage();
  }

  @Test
  void everyDefaultIsPinned() throws IOException {
    EngineSettings settings = load("", Map.of());
    assertEquals("127.0.0.1:9092", settings.connection().bootstrapServers());
    assertEquals("http://127.0.0.1:8081", settings.connection().schemaRegistryUrl());
    assertEquals(Topics.DEFAULT, settings.connection().topics());
    assertEquals(Map.of(), settings.connection().properties());
    assertEquals("signalbox-engine", settings.applicationId());
    assertEquals(Path.of("./state"), settings.stateFolder());
    assertEquals(60, settings.startTimeoutSeconds());
    assertEquals(new HttpSettings("127.0.0.1", 8090, "", 65_536), settings.http());
    assertEquals(new TopicSettings(true, 8, 8, 256, (short) -1), settings.topics());
    assertEquals(
        new StreamSettings(
            1, "exactly_once_v2", "classic", 0, 100, 10, 0, 20, 67_108_864, 1, 1_000, 921_600),
        settings.streams());
    assertEquals(
        new PoolSettings(
            DeviceClasses.read(CLASSES),
            5,
            1,
            3,
            3,
            1,
            60,
            86_400,
            16,
            PoolSettings.Limits.DEFAULT,
            new PlacementSettings(
                "plb",
                new PrioritySettings("rank", new PriorityWeights(1, 1, 0.05, 0.1, 0.5, 0.05), 300),
                new FairnessSettings(3, Map.of(), new Quotas(0, 0, 60, Map.of(), Map.of())),
                new PlanSettings(2_000, 256, 0.15, 0.25),
                0.6,
                0,
                0),
            new PoolSettings.Speculation(true, 0.05)),
        settings.pool());
    assertEquals(new AdaptationSettings(true, 1, 500), settings.adaptation());
    assertEquals(HotspotSettings.DEFAULT, settings.hotspots());
    assertEquals(
        new HotspotSettings(
            60, 10, 5, 1_000, 90, 12, 20, new Threshold(0, 6), new Threshold(0, 6), 0.8, 3),
        settings.hotspots());
    assertEquals(
        new TuningSettings(60, 5, 60, 10, new Thresholds(3, 0.2, 2, 0.9, 30), Map.of()),
        settings.tuning());
  }

  @Test
  void classesMayHaveThresholdsOfTheirOwn() throws IOException {
    TuningSettings tuning =
        load(
                """
                tuning:
                  failedChecks: 4
                  classes:
                    edge: {responseSeconds: 2, occupancy: 1}
                """,
                Map.of())
            .tuning();
    assertEquals(new Thresholds(4, 2, 2, 1, 30), tuning.of("edge"));
    assertEquals(new Thresholds(4, 0.2, 2, 0.9, 30), tuning.of("cpu"));
    String error = error("tuning.classes.egde.occupancy: 1\n", Map.of());
    assertTrue(error.contains("'tuning.classes.egde.occupancy'"), error);
    assertTrue(error("tuning.classes.edge.occupied: 1\n", Map.of()).contains("thresholds"));
    assertTrue(error("tuning.responseRatio: 0.5\n", Map.of()).contains("responseRatio"));
  }

  @Test
  void documentedFileHoldsEveryKeyWithItsDefault() {
    Map<String, String> written = new TreeMap<>();
    YamlSettings.read(CONFIG.resolve("engine.yaml"))
        .forEach((key, setting) -> written.put(key, setting.text()));
    Map<String, String> known = new TreeMap<>();
    EngineSettings.keys().forEach(key -> known.put(key.name(), key.standard()));
    assertEquals(known, written);
  }

  @Test
  void everyKeyCanBeOverriddenByItsEnvironmentVariable() {
    for (SettingKey key : EngineSettings.keys()) {
      String variable =
          "SIGNALBOX_"
              + key.name()
                  .replaceAll("([A-Z])", "_$1")
                  .replace('.', '_')
                  .toUpperCase(java.util.Locale.ROOT);
      assertEquals(
          Map.of(key.name(), "x"), EngineSettings.fromEnvironment(Map.of(variable, "x")), variable);
    }
    assertEquals(
        Map.of("kafka.security.protocol", "SSL"),
        EngineSettings.fromEnvironment(
            Map.of(
                "SIGNALBOX_KAFKA_SECURITY_PROTOCOL", "SSL", "SIGNALBOX_JAVA", "x", "HOME", "/")));
  }

  @Test
  void overridesWinOverTheFile() throws IOException {
    EngineSettings settings =
        load("pool:\n  leaseSeconds: 7\n  offerSeconds: 6\n", Map.of("pool.leaseSeconds", "8"));
    assertEquals(8, settings.pool().leaseSeconds());
    assertEquals(6, settings.pool().offerSeconds());
  }

  @Test
  void kafkasAndTheRegistrysPropertiesPassThrough() throws IOException {
    EngineSettings settings =
        load(
            """
            kafka:
              security.protocol: SSL
              consumer: {max.poll.records: 10}
            registry:
              basic.auth.user.info: me:secret
            """,
            Map.of());
    assertEquals(
        Map.of(
            "security.protocol", "SSL",
            "consumer.max.poll.records", "10",
            "basic.auth.user.info", "me:secret"),
        settings.connection().properties());
  }

  @Test
  void placementIsSetOptionByOption() throws IOException {
    PlacementSettings placement =
        load(
                """
                pool:
                  policy: late
                  priority: {model: weighted, agingSeconds: 60}
                  fairness:
                    weights: {research: 3, my.team: 0.5}
                  quotas:
                    each: {liveTasks: 1_000}
                    liveTasks: {research: 0}
                    tasksPerSecond: {my.team: 2.5}
                """,
                Map.of("pool.plan.mostTasks", "1_000"))
            .pool()
            .placement();
    assertEquals(
        new Quotas(1_000, 0, 60, Map.of("research", 0), Map.of("my.team", 2.5)),
        placement.fairness().quotas());
    assertEquals("late", placement.policy());
    assertEquals("weighted", placement.priority().model());
    assertEquals(60, placement.priority().agingSeconds());
    assertEquals(Map.of("research", 3.0, "my.team", 0.5), placement.fairness().weights());
    assertEquals(1_000, placement.plan().mostTasks());
    assertEquals(
        Map.of("pool.fairness.weights.team", "2", "pool.quotas.liveTasks.team", "9"),
        EngineSettings.fromEnvironment(
            Map.of(
                "SIGNALBOX_POOL_FAIRNESS_WEIGHTS_TEAM",
                "2",
                "SIGNALBOX_POOL_QUOTAS_LIVE_TASKS_TEAM",
                "9")));
  }

  @Test
  void unknownKeyNamesItsLineAndWhatWasMeant() {
    String error = error("http:\n  port: 1\n  hots: x\n", Map.of());
    assertTrue(error.contains("engine.yaml:3"), error);
    assertTrue(error.contains("'http.hots'") && error.contains("'http.host'"), error);
    String override = error("", Map.of("leaseSecond", "1"));
    assertTrue(override.contains("override") && override.contains("pool.leaseSeconds"), override);
    assertTrue(error("", Map.of("kafka", "x")).contains("unknown setting 'kafka'"));
  }

  @Test
  void wrongValueNamesItsLineAndWhatWouldBeRight() {
    Map<String, String> wrong =
        new TreeMap<>(
            Map.of(
                "http.port: 70000", "must be 0 to 65535",
                "streams.guarantee: twice", "must be one of exactly_once_v2, at_least_once",
                "pool.leaseSeconds: 0", "must be greater than 0",
                "pool.offerSeconds: NaN", "must be 0 or more",
                "pool.policy: best", "must be one of plb, late,",
                "pool.speculation.share: 2", "must be 0 to 1",
                "topics.poolPartitions: many", "must be a whole number",
                "applicationId: a b", "must be 1 to 200 characters",
                "pool.maxAttempts: 11", "must be 1 to 10",
                "topics.maxLanesPerClass: 4", "must be 8 to 10000"));
    wrong.put("pool.stealRatio: 2", "must be a number from 0 to 1, is '2'");
    wrong.put("pool.quotas.burstSeconds: 0", "must be a number greater than 0, is '0'");
    wrong.put("pool.quotas.liveTasks.team: 1.5", "must be a whole number from 0");
    wrong.put("pool.fairness.weights.team: 0", "must be a number greater than 0, is '0'");
    wrong.forEach((line, words) -> {
      String error = error("# one\n" + line + "\n", Map.of());
      assertTrue(error.contains("engine.yaml:2"), error);
      assertTrue(error.contains(words), error);
    });
  }

  @Test
  void windowsThatDontFitTogetherAreRefused() {
    String error = error("hotspots: {windowSeconds: 45, advanceSeconds: 10}\n", Map.of());
    assertTrue(error.contains("windowSeconds must be 1 to 1000 times advanceSeconds"), error);
    assertTrue(error("hotspots.calmRatio: 0\n", Map.of()).contains("calmRatio"));
  }

  @Test
  void fileThatIsNoneOrNoYamlIsNamed() throws IOException {
    String drawn = error("a: [1\nb: 2\n", Map.of());
    assertTrue(drawn.matches(".*engine.yaml:2:2: not valid YAML: [^\n]*"), drawn);
    assertTrue(error("- a\n", Map.of()).contains("key: value"));
    assertTrue(error("http.port: 1\nhttp: {port: 2}\n", Map.of()).contains("set twice"));
    Path missing = folder.resolve("missing.yaml");
    assertTrue(
        assertThrows(SettingsException.class, () -> EngineSettings.load(missing, CLASSES, Map.of()))
            .getMessage()
            .contains("missing.yaml: there is no such file"));
  }

  @Test
  void deviceClassesOfTheDistributionArePinned() {
    List<DeviceClass> classes = DeviceClasses.read(CLASSES);
    assertEquals(
        List.of("nvidia-h100", "nvidia-a100", "ascend-910", "cpu", "edge"),
        classes.stream().map(DeviceClass::name).toList());
    assertEquals(
        List.of(989.0, 312.0, 256.0, 1.5, 0.5),
        classes.stream().map(DeviceClass::fp16Tflops).toList());
  }

  @Test
  void wrongDeviceClassNamesItsLine() throws IOException {
    Map<String, String> wrong =
        Map.of(
            "classes:\n  - name: a\n    fp16Tflops: 0\n", "fp16Tflops must be > 0",
            "classes:\n  - name: a\n    tflops: 0\n", "unknown setting 'classes.0.tflops'",
            "classes:\n  - name: a b\n    fp16Tflops: 1\n", "device class 'a b'",
            "classes:\n  - fp16Tflops: 1\n", "without a name",
            "classes:\n  - {name: a, fp16Tflops: 1}\n  - {name: a, fp16Tflops: 1}\n", "twice");
    Path file = folder.resolve("classes.yaml");
    for (Map.Entry<String, String> entry : wrong.entrySet()) {
      Files.writeString(file, entry.getKey());
      String error =
          assertThrows(SettingsException.class, () -> DeviceClasses.read(file)).getMessage();
      assertTrue(error.contains("classes.yaml:"), error);
      assertTrue(error.contains(entry.getValue()), error);
    }
    Files.writeString(file, "");
    assertThrows(SettingsException.class, () -> DeviceClasses.read(file));
  }
}
