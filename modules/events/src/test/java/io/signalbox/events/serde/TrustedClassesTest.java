package io.signalbox.events.serde;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.signalbox.events.Dependency;
import io.signalbox.events.TaskSpec;
import org.apache.avro.util.ClassSecurityValidator;
import org.junit.jupiter.api.Test;

class TrustedClassesTest {
  @Test
  void aBuilderWithNestedDefaultsWorksWithoutAnySetting() {
    assertDoesNotThrow(() -> TaskSpec.newBuilder().setTaskId("a").setOperation("o").build());
    assertDoesNotThrow(() -> ClassSecurityValidator.validate(Dependency.class));
  }

  @Test
  void otherClassesAreTrustedNoMoreThanBefore() {
    assertThrows(
        SecurityException.class, () -> ClassSecurityValidator.validate(ProcessBuilder.class));
    assertThrows(
        SecurityException.class, () -> ClassSecurityValidator.validate(TrustedClasses.class));
  }
}
