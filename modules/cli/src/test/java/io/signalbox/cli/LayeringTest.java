package io.signalbox.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The modules know each other in one direction only, and the core knows nothing but Java. */
class LayeringTest {
  private static final String ROOT = "io.signalbox.";
  private static final JavaClasses PROJECT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.signalbox");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "core",
        "events",
        "reactive",
        "client",
        "worker",
        "engine",
        "simulator",
        "devkit",
        "bench",
        "cli"
      })
  void everyModuleIsChecked(String module) {
    // A rule about a module that isn't on the class path would hold without saying anything.
    assertTrue(
        PROJECT.stream().anyMatch(type -> type.getPackageName().startsWith(ROOT + module)),
        "no class of the module " + module + " is on the class path");
  }

  @Test
  void coreKnowsNothingButJava() {
    classes()
        .that()
        .resideInAPackage("io.signalbox.core..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    "io.signalbox.core..", "org.jspecify..", "java.lang..", "java.util..")
                .or(resideInAnyPackage("java.math..", "java.time..")))
        .because("the core is pure: no I/O, no network, no library")
        .check(PROJECT);
  }

  @Test
  void coreAsksNobodyForTheTimeOrForChance() {
    noClasses()
        .that()
        .resideInAPackage("io.signalbox.core..")
        .should()
        .dependOnClassesThat(
            belongToAnyOf(
                Clock.class,
                Random.class,
                SplittableRandom.class,
                ThreadLocalRandom.class,
                UUID.class))
        .orShould()
        .dependOnClassesThat(
            resideInAnyPackage("java.util.random..", "java.util.concurrent..", "java.util.logging"))
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Math.class, "random")
        .because("the same inputs must give the same decisions; time is a parameter")
        .check(PROJECT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "core: ",
        "events: ",
        "reactive: events",
        "client: events reactive",
        "worker: events reactive",
        "devkit: events",
        "simulator: core",
        "engine: core events",
        "bench: core events reactive client worker engine devkit"
      })
  void aModuleKnowsOnlyThoseBelowIt(String rule) {
    String[] parts = rule.split(": *", 2);
    String own = ROOT + parts[0] + "..";
    String[] allowed =
        (parts[0] + " " + parts[1])
            .trim()
            .lines()
            .flatMap(line -> java.util.Arrays.stream(line.split(" +")))
            .map(module -> ROOT + module + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(own)
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.signalbox..").and(resideOutsideOfPackages(allowed)))
        .because("dependencies between modules point one way")
        .check(PROJECT);
  }

  @Test
  void theSimulatorKnowsNoKafka() {
    noClasses()
        .that()
        .resideInAPackage("io.signalbox.simulator..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("org.apache.kafka..", "org.apache.avro..", "reactor.."))
        .check(PROJECT);
  }

  @Test
  void avroStopsAtTheEdgeOfTheEngine() {
    noClasses()
        .that()
        .resideInAPackage("io.signalbox.core..")
        .should()
        .dependOnClassesThat(resideInAnyPackage("org.apache.avro..", "io.signalbox.events.."))
        .check(PROJECT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "core",
        "events",
        "reactive",
        "client",
        "worker",
        "engine",
        "simulator",
        "devkit",
        "bench",
        "cli"
      })
  void packagesOfAModuleFormNoCycle(String module) {
    slices()
        .matching(ROOT + module + ".(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(PROJECT);
  }
}
