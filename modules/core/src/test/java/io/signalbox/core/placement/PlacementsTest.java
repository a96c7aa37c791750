package io.signalbox.core.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.device.DeviceClass;
import io.signalbox.core.device.Fleet;
import io.signalbox.core.estimate.RunTimeEstimator;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacementsTest {
  private static final List<DeviceClass> CLASSES = List.of(new DeviceClass("cpu", 1, 0, 0, 0));

  @Test
  void everyPolicyCallsItselfAsItIsFound() {
    for (String name : Placements.names()) {
      Placement placement =
          Placements.named(name)
              .create(
                  new Fleet(CLASSES), new RunTimeEstimator(CLASSES), PlacementSettings.of(name));
      assertEquals(name, placement.name());
    }
    assertTrue(Placements.names().contains(Placements.DEFAULT));
  }

  @Test
  void unknownNameIsAnErrorThatListsTheKnownOnes() {
    String error =
        assertThrows(IllegalArgumentException.class, () -> Placements.named("lifo")).getMessage();
    assertTrue(error.contains("'lifo'"), error);
    Placements.names().forEach(name -> assertTrue(error.contains(name), error));
  }
}
