package io.signalbox.engine.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AcquaintancesTest {
  private final Acquaintances acquaintances = new Acquaintances("self");
  private final Map<String, String> answering = new HashMap<>();
  private final Set<String> refusing = new HashSet<>();

  private List<String> look(String... addresses) {
    return acquaintances.look(
        List.of(addresses),
        address -> Optional.ofNullable(answering.get(address)),
        refusing::contains);
  }

  private void dies(String address) {
    answering.remove(address);
    refusing.add(address);
  }

  @Test
  void engineThatRefusesTwiceIsDeadOnce() {
    answering.put("b:1", "b");
    answering.put("c:1", "c");
    assertEquals(List.of(), look("b:1", "c:1"));
    dies("b:1");
    assertEquals(List.of(), look("b:1", "c:1"));
    assertEquals(List.of("b"), look("b:1", "c:1"));
    assertEquals(List.of(), look("b:1", "c:1"));
  }

  @Test
  void oneThatWasNeverReachedIsNotJudged() {
    refusing.add("b:1");
    assertEquals(List.of(), look("b:1"));
    assertEquals(List.of(), look("b:1"));
    assertEquals(List.of(), look("b:1"));
  }

  @Test
  void silenceIsNoDeath() {
    answering.put("b:1", "b");
    look("b:1");
    answering.clear();
    assertEquals(List.of(), look("b:1"));
    assertEquals(List.of(), look("b:1"));
    assertEquals(List.of(), look("b:1"));
  }

  @Test
  void oneThatAnswersBetweenTwoRefusalsLives() {
    answering.put("b:1", "b");
    look("b:1");
    for (int i = 0; i < 3; i++) {
      dies("b:1");
      assertEquals(List.of(), look("b:1"));
      answering.put("b:1", "b");
      assertEquals(List.of(), look("b:1"));
    }
  }

  @Test
  void addressThatGivesSeveralNamesStandsForNoEngine() {
    answering.put("b:1", "b");
    look("b:1");
    answering.put("b:1", "c");
    look("b:1");
    dies("b:1");
    assertEquals(List.of(), look("b:1"));
    assertEquals(List.of(), look("b:1"));
  }

  @Test
  void ownNameUnderAnotherAddressIsNotJudged() {
    answering.put("b:1", "self");
    look("b:1");
    dies("b:1");
    assertEquals(List.of(), look("b:1"));
    assertEquals(List.of(), look("b:1"));
  }

  @Test
  void oneThatHasLeftTheGroupIsForgotten() {
    answering.put("b:1", "b");
    look("b:1");
    dies("b:1");
    assertEquals(List.of(), look("b:1"));
    assertEquals(List.of(), look());
    assertEquals(List.of(), look("b:1"));
    assertEquals(List.of(), look("b:1"));
  }
}
