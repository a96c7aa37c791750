package io.signalbox.core.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlacementOptionsTest {
  private static final PlacementSettings STANDARD = PlacementSettings.DEFAULT;

  private static String error(String option, String value) {
    return assertThrows(IllegalArgumentException.class, () -> STANDARD.with(Map.of(option, value)))
        .getMessage();
  }

  @Test
  void defaultsAreTheOnesOfTheSettings() {
    Map<String, String> values = PlacementOptions.of(STANDARD);
    assertEquals("plb", values.get("policy"));
    assertEquals("300", values.get("priority.agingSeconds"));
    assertEquals("0.05", values.get("priority.weights.depth"));
    assertEquals("2000", values.get("plan.mostTasks"));
    assertEquals("0.6", values.get("stealRatio"));
    assertEquals(STANDARD, PlacementSettings.of("late").with(values));
  }

  @Test
  void eachOptionChangesItselfAloneAndIsReadAsItWasWritten() {
    for (PlacementOption option : PlacementOptions.all()) {
      String other =
          switch (option.name()) {
            case "policy" -> "late";
            case "priority.model" -> "weighted";
            case "plan.mostTasks", "plan.mostSlots", "quotas.each.liveTasks", "tilt.operations" ->
                "17";
            case "plan.replanShare", "preferRatio" -> "0.5";
            default -> "0.25";
          };
      PlacementSettings changed = STANDARD.with(Map.of(option.name(), other));
      assertNotEquals(STANDARD, changed, option.name());
      Map<String, String> expected = new TreeMap<>(PlacementOptions.of(STANDARD));
      expected.put(option.name(), other);
      assertEquals(expected, new TreeMap<>(PlacementOptions.of(changed)));
      assertEquals(STANDARD, changed.with(Map.of(option.name(), option.of(STANDARD))));
    }
  }

  @Test
  void tenantsHaveWeightsByTheirNames() {
    PlacementSettings weighed =
        STANDARD.with(Map.of("fairness.weights.a", "3", "fairness.weights.my.team", "0.5"));
    assertEquals(3, weighed.fairness().weightOf("a"));
    assertEquals(0.5, weighed.fairness().weightOf("my.team"));
    assertEquals(1, weighed.fairness().weightOf("other"));
    assertEquals("3", PlacementOptions.of(weighed).get("fairness.weights.a"));
  }

  @Test
  void wrongValueNamesTheOptionAndWhatIsAllowed() {
    Map<String, String> wrong = new TreeMap<>();
    for (PlacementOption option : PlacementOptions.all()) {
      wrong.put(option.name(), option.name().equals("policy") ? "best" : "-1");
    }
    wrong.put("fairness.weights.a", "0");
    wrong.forEach((option, value) -> {
      String error = error(option, value);
      String allowed = PlacementOptions.named(option).allowed();
      assertEquals("%s must be %s, is '%s'".formatted(option, allowed, value), error);
    });
    assertTrue(error("stealRatio", "NaN").contains("a number from 0 to 1"));
    assertTrue(error("plan.drift", "much").contains("a number greater than 0"));
    assertTrue(error("policy", "best").contains("plb, late,"));
  }

  @Test
  void unknownOptionIsAnErrorThatListsTheKnownOnes() {
    String error = error("priority.weight.rank", "1");
    assertTrue(error.contains("'priority.weight.rank'"), error);
    PlacementOptions.all().forEach(option -> assertTrue(error.contains(option.name()), error));
    assertTrue(error.contains("fairness.weights.TENANT"), error);
    assertTrue(error("fairness.weights.", "1").contains("there is no placement option"));
  }
}
