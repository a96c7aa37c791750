package io.signalbox.simulator.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.job.TaskSpec;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The files in config/ that the program runs with when it is given none. */
class ShippedFilesTest {
  private static final Path CONFIG = Path.of(System.getProperty("signalbox.root"), "config");
  private static final Set<String> CLASSES =
      Set.of("nvidia-h100", "nvidia-a100", "ascend-910", "cpu");

  @Test
  void theDefaultFleetHasElevenDevicesOfFourClasses() throws InvalidFileException {
    Fleet fleet = fleet();
    assertEquals(11, fleet.devices().size());
    assertEquals(CLASSES, fleet.classes());
    assertEquals(new Network(3e9, 0.001), fleet.network());
  }

  @Test
  void theSampleJobsAndTheirSpeedsNameTheSameOperations() throws InvalidFileException {
    Workload workload = jobs();
    assertEquals(20, workload.jobs().size());
    assertEquals(270, workload.taskCount());
    Set<String> operations =
        workload.jobs().stream()
            .flatMap(plan -> plan.tasks().stream())
            .map(TaskSpec::operation)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(operations, new TreeSet<>(speeds().operations().keySet()));
  }

  @Test
  void theSampleJobsKeepTheDefaultFleetBusyForAboutTwelveSeconds() throws InvalidFileException {
    StaticProblem problem = StaticProblem.of(jobs(), fleet(), speeds());
    double seconds = ListSchedule.seconds(problem);
    assertTrue(seconds > 10 && seconds < 15, "takes " + seconds + " s");
  }

  private static Workload jobs() throws InvalidFileException {
    return Workloads.read(CONFIG.resolve("jobs/multimodal-qa.yaml"), Optional.of(CLASSES));
  }

  private static Fleet fleet() throws InvalidFileException {
    return Fleet.read(CONFIG.resolve("fleets/default.yaml"), Optional.of(CLASSES));
  }

  private static Speeds speeds() throws InvalidFileException {
    return Speeds.read(CONFIG.resolve("speeds/default.yaml"), CLASSES);
  }
}
