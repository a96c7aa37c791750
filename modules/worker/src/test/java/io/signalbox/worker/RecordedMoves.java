package io.signalbox.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;

/** Notes what {@link Offers} asks for. */
final class RecordedMoves implements Moves {
  private final List<String> all = new ArrayList<>();

  /** These moves and no others were made, in this order. */
  void expect(String... moves) {
    assertEquals(List.of(moves), all);
  }

  /** The last so many moves. */
  List<String> last(int count) {
    return List.copyOf(all.subList(all.size() - count, all.size()));
  }

  @Override
  public void start(Offer offer) {
    note("start", offer, "");
  }

  @Override
  public void follow(Offer offer) {
    note("follow", offer, "");
  }

  @Override
  public void release(Offer offer, String reason) {
    note("release", offer, "");
  }

  @Override
  public void drop(Offer offer, DropReason reason) {
    note("drop", offer, " " + reason);
  }

  @Override
  public void stop(Offer offer, String reason) {
    note("stop", offer, "");
  }

  private void note(String move, Offer offer, String reason) {
    all.add(move + " " + offer.attempt().taskId() + reason);
  }
}
