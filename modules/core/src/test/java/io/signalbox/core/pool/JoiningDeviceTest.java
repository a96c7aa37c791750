package io.signalbox.core.pool;

import static io.signalbox.core.pool.Story.A100;
import static io.signalbox.core.pool.Story.CPU;
import static io.signalbox.core.pool.Story.SETTINGS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.signalbox.core.placement.Placements;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A device gets work with its first heartbeat, not with a later one. Policies that bind tasks when
 * they become ready have nothing for it, and aren't among these.
 */
class JoiningDeviceTest {
  @ParameterizedTest
  @ValueSource(strings = {"plb", "late", "fifo", "random"})
  void deviceIsOfferedWhatWaitsAtItsFirstHeartbeat(String policy) {
    Story story = new Story(SETTINGS, Placements.named(policy));
    story.device("cpu-1", CPU).submit("j", "a", "b", "c").tick();
    Effect.Offer first = story.takeOffers().getFirst();
    story.start(first);
    double before = story.now;
    // Of a class that wasn't there, and of one that was.
    story.device("gpu-1", A100).tick();
    assertEquals("gpu-1", story.takeOffers().getFirst().device());
    story.device("gpu-2", A100).tick();
    assertEquals("gpu-2", story.takeOffers().getFirst().device());
    assertEquals(before, story.now, "no time has passed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plb", "late", "fifo", "random"})
  void deviceThatComesBackIsUsedAtItsFirstHeartbeat(String policy) {
    Story story = new Story(SETTINGS, Placements.named(policy));
    story.device("cpu-1", CPU).submit("j", "a").tick();
    story.start(story.takeOffers().getFirst());
    // It falls silent, and its attempt is lost.
    story.after(SETTINGS.leaseSeconds() + 1).after(60);
    assertEquals(0, story.takeOffers().size());
    story.heartbeat("cpu-1").tick();
    assertEquals("cpu-1", story.takeOffers().getFirst().device());
  }
}
